"""What waited at Telegram while nobody received. Until it is worked nobody is reminded of what he may have done already,
and no card is posted anew; and how fast its presses were made cannot be told. Told by whoever receives, asked by the tick
and by `bot.floods`.
"""

from datetime import datetime

from alur.storage import inbox
from alur.storage.inbox import InboxRow
from bot.house import House


class Backlog:
    def __init__(self, house: House) -> None:
        self._house = house
        self._is_coming = True  # nothing has been received since the start
        self._until: datetime | None = None  # up to then the inbox holds what waited

    def comes(self) -> None:
        """An outage has ended: what is received now may have waited."""
        self._is_coming = True

    def arrived(self, at: datetime, *, more: bool) -> None:
        """A batch was stored at that moment, be it empty. With `more` further ones wait at Telegram."""
        if self._is_coming:
            self._is_coming, self._until = more, at

    def held(self, row: InboxRow) -> bool:
        """Whether the update may have waited."""
        return self._is_coming or self._until is None or row.received_at <= self._until

    async def is_worked(self) -> bool:
        if self._is_coming or self._until is None:
            return False
        oldest = await self._house.read(lambda work: inbox.oldest_pending(work.session))
        return oldest is None or oldest > self._until
