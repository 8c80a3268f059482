"""What time it is: the machine's own clock, or one that a demo or a test moves by hand.

`bot` reads it once for each received batch and each tick; below `bot` a moment is an argument.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from types import TracebackType
from typing import Protocol, Self

import structlog
from aiohttp import ClientError, ClientSession, ClientTimeout

PATIENCE_SECONDS = 5.0
STEP = timedelta(seconds=5)  # what the wall clock may gain or lose between two readings without being doubted
BELIEVED_AFTER = 30.0  # seconds for which a step must stand

log = structlog.get_logger()


class ClockUnavailable(Exception):
    """The simulated clock gave no moment: nothing may be decided until it does."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        super().__init__(f"the clock at {url} is unavailable: {reason}")


def steady() -> float:
    """Seconds of a clock that nobody sets; where the system has one, of one that goes on while the machine sleeps."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()


class Machine:
    """The machine's wall clock, held against a steady one: a step is believed once it has stood for half a minute.

    Hypervisors and NTP put a clock back or ahead by hours and right again some seconds later. Nothing may be dated by such
    a moment, and no reminder fired by it: until then time goes on as before. `wall` and `steady` are read in that order.
    """

    def __init__(
        self, wall: Callable[[], datetime] = lambda: datetime.now(UTC), steady: Callable[[], float] = steady
    ) -> None:
        self._wall, self._steady = wall, steady
        self._base = self._read()[1]  # the wall's moment at which the steady clock stood at zero
        self._doubted: tuple[datetime, float] | None = None  # another such base, and since when

    def now(self) -> datetime:
        wall, base, steady = self._read()
        if abs(base - self._base) <= STEP:
            self._believe(base)
            return wall
        if self._doubted is None or abs(base - self._doubted[0]) > STEP:
            self._doubted = (base, steady)
            log.warning("the machine's clock was moved: not believed yet", seconds=self._step(base))
        elif steady - self._doubted[1] >= BELIEVED_AFTER:
            log.warning("the machine's clock was moved, and stays so: believed", seconds=self._step(base))
            self._believe(base)
            return wall
        return self._base + timedelta(seconds=steady)

    def _read(self) -> tuple[datetime, datetime, float]:
        """The wall's moment, its base, and the steady seconds."""
        wall, steady = self._wall(), self._steady()
        return wall, wall - timedelta(seconds=steady), steady

    def _believe(self, base: datetime) -> None:
        self._base, self._doubted = base, None

    def _step(self, base: datetime) -> int:
        return round((base - self._base).total_seconds())


MACHINE = Machine()  # it reads once when the process begins: whoever leads only in a dip is not taken in by it


def machine_now() -> datetime:
    """By the machine's own clock, whatever clock the office goes by: it says how long we were away."""
    return MACHINE.now()


class Clock(Protocol):
    async def now(self) -> datetime:
        """The present moment, aware of its zone."""


class SystemClock:
    """The machine's clock, told in the office's zone."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    async def now(self) -> datetime:
        return machine_now().astimezone(self._zone)


class SimulatedClock:
    """A clock asked over HTTP (`ALUR_CLOCK_URL`): GET answers `{"now": "<ISO 8601 with offset>"}`.

    The moment keeps the offset that it came with. Whatever is no such answer, within 5 seconds, raises
    ClockUnavailable. Used as a context manager, since it keeps its connection open.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = ClientSession(timeout=ClientTimeout(total=PATIENCE_SECONDS))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def now(self) -> datetime:
        if self._session is None:
            raise RuntimeError("this SimulatedClock is not open")
        try:
            async with self._session.get(self._url) as response:
                response.raise_for_status()
                answer = await response.json(content_type=None)
            moment = datetime.fromisoformat(answer["now"])
        except (ClientError, OSError, ValueError, TypeError, KeyError) as error:
            raise ClockUnavailable(self._url, f"{type(error).__name__} {error}".rstrip()) from error
        if moment.tzinfo is None:
            raise ClockUnavailable(self._url, f"{moment.isoformat()} has no offset")
        return moment
