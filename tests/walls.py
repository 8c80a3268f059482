"""A wall clock that a test puts back and ahead; the monotonic clock goes on as it is.

It is what `datetime.now` says to the house and to APScheduler; used by the tests of the clock and by the chaos suite.
"""

import importlib
import time
from datetime import datetime, timedelta

READERS = (
    "bot.clock",
    "jobs.ticking",
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


class WallFile:
    """The same across processes: one writes how many hours the clock is ahead and since when, the others read it. A process
    that began in a dip knows no other time, and goes by the right one.
    """

    def __init__(self, path):
        self.path, self._began = path, time.monotonic()

    def move(self, hours):
        """Zero puts it right."""
        draft = self.path.with_suffix(".new")
        draft.write_text(f"{hours} {time.monotonic()}")
        draft.replace(self.path)

    def ahead(self):
        try:
            hours, since = map(float, self.path.read_text().split())
        except FileNotFoundError:
            return 0.0
        return hours if self._began < since else 0.0

    def install(self):
        kind = moved_by(self.ahead)
        for module in readers():
            module.datetime = kind
