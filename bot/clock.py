"""What time it is: the machine's own clock, or one that a demo or a test moves by hand.

`bot` reads it once for each received batch and each tick; below `bot` a moment is an argument.
"""

from datetime import UTC, datetime, tzinfo
from types import TracebackType
from typing import Protocol, Self

from aiohttp import ClientError, ClientSession, ClientTimeout

PATIENCE_SECONDS = 5.0


class ClockUnavailable(Exception):
    """The simulated clock gave no moment: nothing may be decided until it does."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        super().__init__(f"the clock at {url} is unavailable: {reason}")


def machine_now() -> datetime:
    """By the machine's own clock, whatever clock the office goes by: it says how long we were away."""
    return datetime.now(UTC)


class Clock(Protocol):
    async def now(self) -> datetime:
        """The present moment, aware of its zone."""


class SystemClock:
    """The machine's clock, told in the office's zone."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    async def now(self) -> datetime:
        return datetime.now(UTC).astimezone(self._zone)


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
