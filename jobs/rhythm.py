"""When the jobs of the clock run: APScheduler runs them, and timers of the event loop, which go by the monotonic clock,
say when.

APScheduler 3 by itself sleeps until a moment of the wall clock: one that dips for some seconds makes it sleep for the size of
the dip. Here a job is due at once when it is handed over, so that no difference of two wall-clock readings is ever slept on.
Used by `ticking`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import tzinfo
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

Job = Callable[..., Awaitable[object]]
ONCE: dict[str, Any] = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1, "replace_existing": True}


class Rhythm:
    """A job is known by its name: one that is handed over again while it still runs is left out, as APScheduler logs."""

    def __init__(self, zone: tzinfo) -> None:
        self._scheduler = AsyncIOScheduler(timezone=zone)
        self._timers: dict[str, asyncio.TimerHandle] = {}

    def start(self) -> None:
        self._scheduler.start()

    def stop(self) -> None:
        """Nothing begins any more."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
        self._scheduler.shutdown(wait=False)

    def every(self, seconds: float, name: str, job: Job, *args: object) -> None:
        """Runs the job after so many seconds, and again and again. What a loop that stood still has missed is one run."""

        def beat() -> None:
            self._wait(seconds, name, beat)
            self._run(name, job, *args)

        self._wait(seconds, name, beat)

    def once(self, seconds: float, name: str, job: Job, *args: object) -> None:
        """Runs the job after so many seconds, in the place of an earlier order of that name."""
        self._wait(seconds, name, lambda: self._run(name, job, *args))

    def _wait(self, seconds: float, name: str, then: Callable[[], None]) -> None:
        if earlier := self._timers.pop(name, None):
            earlier.cancel()
        self._timers[name] = asyncio.get_running_loop().call_later(seconds, then)

    def _run(self, name: str, job: Job, *args: object) -> None:
        # Without a trigger a job is due now, and gone when it was begun. Where the wall clock dips between its being added
        # and looked at, it waits; the next order of its name takes its place.
        self._scheduler.add_job(job, id=name, args=args, **ONCE)
