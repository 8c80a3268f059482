"""Shorter pauses for tests: changes a policy of `bot.retries` for one test."""

from dataclasses import replace
from datetime import timedelta

from bot import retries


def hurry(monkeypatch, *names, **seconds):
    """The policies of these names with a `pause`, `longest` or `within` of so many seconds."""
    changes = {name: timedelta(seconds=number) for name, number in seconds.items()}
    for name in names:
        monkeypatch.setattr(retries, name, replace(getattr(retries, name), **changes))
