"""The present moment for everybody in the process: the clock is asked at each batch and tick, and between them time
goes on by the machine's own seconds.
"""

import time
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock, ClockUnavailable

log = structlog.get_logger()


class Watch:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._set: tuple[datetime, float] | None = None

    async def refresh(self) -> datetime:
        """Asks the clock. Raises what the clock raises; the last setting then stays."""
        self._set = (await self._clock.now(), time.monotonic())
        return self._set[0]

    async def reset(self) -> datetime:
        """The same, but a clock that does not answer leaves the last setting."""
        try:
            return await self.refresh()
        except ClockUnavailable as error:
            log.warning("the clock does not answer", error=str(error))
            return self.now()

    def now(self) -> datetime:
        if self._set is None:
            raise RuntimeError("the watch has not been set")
        moment, since = self._set
        return moment + timedelta(seconds=time.monotonic() - since)
