"""How fast Telegram may be asked to send: 30 messages a second in all, one a second in a chat, where a short burst
passes, and 20 a minute in a group (Bot API FAQ, "My bot is hitting limits"). Edits count, answers to taps do not. Who waits
because Telegram said 429 is in `pauses`.
"""

import asyncio
import time

from limits import RateLimitItem, RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

OVERALL = RateLimitItemPerSecond(30)
PER_GROUP = RateLimitItemPerMinute(20)
PER_CHAT = RateLimitItemPerSecond(20, 20)  # twenty in any twenty seconds: a burst passes, the average is one a second


class Pacer:
    def __init__(self) -> None:
        self._window = MovingWindowRateLimiter(MemoryStorage())

    async def wait(self, chat_id: int) -> None:
        """Returns when a message to this chat may go out."""
        await self._take(PER_CHAT if chat_id > 0 else PER_GROUP, str(chat_id))  # a group's id is negative
        await self._take(OVERALL, "all")

    async def _take(self, limit: RateLimitItem, key: str) -> None:
        while not self._window.hit(limit, key):
            reset = self._window.get_window_stats(limit, key).reset_time
            await asyncio.sleep(max(0.02, reset - time.time()))


class Unpaced(Pacer):
    """For a simulator: only what it asks for itself is waited for."""

    async def _take(self, limit: RateLimitItem, key: str) -> None:
        del limit, key
