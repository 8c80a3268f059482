"""The clock of the house: it ticks in memory, and sooner where a timer is near. What is due lives in rows.

Ticks hang on the monotonic clock (`rhythm`), what is due on the wall clock, which the house's watch asks. A tick asks that
clock, looks whether the calendar's file has changed, posts anew what an outage may have cost, follows desks that have become vacant,
fires the timers that are due, and signs the trail's checkpoint. Started and stopped by `bot.term`.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog

from alur.services.clock import year
from alur.services.tell import tell_administrators
from alur.storage import timers
from alur.workflow.calendar import Calendar
from alur.workflow.errors import AlurError
from alur.workflow.notices import CalendarFaulty
from jobs.backup import NightlyBackup
from jobs.checkpoints import Checkpoints
from jobs.context import HouseWithClock
from jobs.due_timers import fire_due_timers
from jobs.followed import follow
from jobs.held import hand_on_held
from jobs.outage import post_anew
from jobs.recount import recount_where_changed
from jobs.rhythm import Rhythm
from jobs.tidy import clear_old_bodies
from jobs.vacancies import follow_vacancies

log = structlog.get_logger()

TICK = 15  # seconds
TICK_OF_A_DEMO = 0.25  # seconds: its clock is moved by hand, and whoever moves it waits
STOP_WITHIN = 2.0  # seconds for the tick in hand
BACKUP = 300  # seconds between two looks whether a night's backup is due
TIDY = 6 * 3600  # seconds


class Ticking:
    """`calendar` builds the calendar anew from its file; `wake` rings delivery after what a tick has queued; until
    `may_speak` nobody is reminded: what people did while we were away is worked before. Without `backup` there is none, and
    without `checkpoints` nothing is signed.
    """

    def __init__(
        self,
        house: HouseWithClock,
        *,
        every: float,
        file: Path | None,
        calendar: Callable[[datetime], Calendar],
        may_speak: Callable[[], Awaitable[bool]],
        wake: Callable[[], None],
        backup: NightlyBackup | None = None,
        checkpoints: Checkpoints | None = None,
    ) -> None:
        self._house, self._every, self._file = house, every, file
        self._calendar, self._may_speak, self._wake, self._backup = calendar, may_speak, wake, backup
        self._checkpoints = checkpoints
        self._is_stopped = False
        self._seen = self._stamp()
        self._year = house.watch.now().year
        self._turn = asyncio.Lock()
        self._rhythm = Rhythm(house.calendar.zone)

    async def start(self) -> None:
        """Counts open deadlines anew, if they were counted by another calendar than that of this start, and begins to tick."""
        await self._house.write(year.keep_in_step)
        await recount_where_changed(self._house)
        self._rhythm.start()
        self._rhythm.every(self._every, "tick", self.tick)
        self._rhythm.every(TIDY, "tidy", clear_old_bodies, self._house)
        if self._backup is not None:
            self._rhythm.every(BACKUP, "backup", self._back_up, self._backup)

    async def stop(self) -> None:
        """No tick begins any more; the one in hand is waited for, but not for ever."""
        self._is_stopped = True
        self._rhythm.stop()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOP_WITHIN), self._turn:
                pass

    async def tick(self) -> None:
        try:
            await self._tick()
        except asyncio.CancelledError:
            if not self._is_stopped:
                raise
            # The scheduler cancels what is in hand when it ends, and would log that as a fault.

    async def _tick(self) -> None:
        async with self._turn:
            if self._is_stopped:  # it was called before, and comes to its turn only now
                return
            await self._house.watch.reset()
            try:
                await self._look_at_calendar()
                if await self._may_speak():
                    handed_on = await hand_on_held(self._house)
                    moved = await follow(self._house)
                    posted = await post_anew(self._house)
                    followed = await follow_vacancies(self._house)
                    fired = await fire_due_timers(self._house)
                    if fired.timers or fired.messages or posted or moved or followed or handed_on:
                        self._wake()
                    if self._checkpoints and await self._checkpoints.run(self._house.watch.now()):
                        self._wake()
                await self._come_sooner()
            except Exception:  # the database is away, or one row cannot be fired: the next tick tries again
                log.exception("a tick failed")

    async def _back_up(self, backup: NightlyBackup) -> None:
        """Apart from the ticks, which would wait for it. Whoever stops or loses the lead leaves it to the next."""
        now = self._house.watch.now().astimezone(self._house.calendar.zone)
        if await backup.run(now, lambda: self._house.lead.is_sure and not self._is_stopped):
            self._wake()

    async def _look_at_calendar(self) -> None:
        """A file that was changed, or a new year: the calendar is built anew. A faulty file leaves the old one."""
        stamp, now = self._stamp(), self._house.watch.now()
        if stamp == self._seen and now.year == self._year:
            return
        try:
            self._house.calendar = self._calendar(now)
        except (AlurError, OSError) as error:
            self._seen, self._year = stamp, now.year
            log.error("the calendar stays as it was", error=str(error))  # noqa: TRY400 - the file is at fault, not we
            await self._house.write(tell_administrators, CalendarFaulty(error=str(error)[:500]))
            self._wake()
            return
        moved = await recount_where_changed(self._house)
        await self._house.write(year.keep_in_step)
        self._seen, self._year = stamp, now.year
        log.info("the calendar was read anew", deadlines_moved=moved)
        self._wake()

    async def _come_sooner(self) -> None:
        """One more tick at the next timer, where that comes before the next regular one."""
        nearest = await self._house.read(lambda work: timers.next_after(work.session, work.now))
        if nearest is None:
            return
        seconds = (nearest - self._house.watch.now()).total_seconds()
        if 0 < seconds < self._every:
            self._rhythm.once(seconds, "sooner", self.tick)

    def _stamp(self) -> tuple[int, int] | None:
        """Changes when the file does."""
        try:
            state = self._file.stat() if self._file else None
        except OSError:
            return None
        return (state.st_mtime_ns, state.st_size) if state else None
