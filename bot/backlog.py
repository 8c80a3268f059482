"""What waited at Telegram while nobody received. Until it is worked nobody is reminded of what he may have done already,
and no card is posted anew. Told by whoever receives, asked by the tick.
"""

from datetime import datetime

from alur.storage import inbox
from bot.house import House


class Backlog:
    def __init__(self, house: House) -> None:
        self._house = house
        self._is_coming = True  # nothing has been received since the start
        self._until: datetime | None = None  # up to then the inbox holds what waited

    def arrived(self, at: datetime, *, more: bool, anew: bool = False) -> None:
        """A batch was stored at that moment, be it empty. With `more` further ones wait at Telegram; with `anew` an outage
        has ended with it.
        """
        if self._is_coming or anew:
            self._is_coming, self._until = more, at

    async def is_worked(self) -> bool:
        if self._is_coming or self._until is None:
            return False
        oldest = await self._house.read(lambda work: inbox.oldest_pending(work.session))
        return oldest is None or oldest > self._until
