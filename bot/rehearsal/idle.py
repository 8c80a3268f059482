"""Whether the bot has come to rest: nothing left to receive, to work, to send or to remind of. Asked by scripts, so that
they wait for what must be over and for nothing else.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from alur.storage import agenda, inbox, outbox, timers
from alur.storage.database import Database
from bot.rehearsal import hours


class IdleCheck:
    """Looks into the bot's own database at `url`; `clock` tells the time of the rehearsal."""

    def __init__(self, url: str, clock: Callable[[], Awaitable[datetime]]) -> None:
        self._database = Database(url)
        self._clock = clock

    async def is_idle(self) -> bool:
        return await asyncio.to_thread(self._is_idle, await self._clock())

    def _is_idle(self, now: datetime) -> bool:
        with self._database.read() as session:
            if inbox.oldest_pending(session) or outbox.oldest_unsent(session):
                return False
            nearest, is_untold = timers.nearest(session), agenda.is_untold(session)
        return not hours.are_open(now) or not (is_untold or (nearest is not None and nearest <= now))

    def close(self) -> None:
        self._database.close()
