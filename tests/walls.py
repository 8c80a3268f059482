"""A wall clock that a test puts back and ahead; the monotonic clock goes on as it is.

It is what `datetime.now` says to the house and to APScheduler; used by the tests of the clock and by the chaos suite.
"""

import importlib
from datetime import datetime, timedelta

READERS = (
    "bot.clock",
    "bot.ticking",
    "apscheduler.schedulers.base",
    "apscheduler.triggers.date",
    "apscheduler.triggers.interval",
)


def moved_by(ahead):
    """A `datetime` whose `now` is ahead of the machine's by what `ahead()` says in hours."""

    class Moved(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(hours=ahead())

    return Moved


def readers():
    """The modules that ask for the present moment by the name `datetime`."""
    found = map(importlib.import_module, READERS)
    return [module for module in found if hasattr(module, "datetime")]


class Wall:
    """`ahead` may be set to hours, at any time."""

    def __init__(self, monkeypatch):
        self.ahead = 0.0
        kind = moved_by(lambda: self.ahead)
        for module in readers():
            monkeypatch.setattr(module, "datetime", kind)
