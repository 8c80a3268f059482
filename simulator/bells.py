"""Who waits for what: long polls sleep on a topic, writers ring it; used by `world`, `control` and `methods`."""

import asyncio


class Bells:
    """Topics that can be waited for. Look, then wait without an `await` between: a ring is never missed."""

    def __init__(self) -> None:
        self._events: dict[str, asyncio.Event] = {}

    def ring(self, *topics: str) -> None:
        for topic in topics:
            if event := self._events.pop(topic, None):
                event.set()

    def ring_all(self) -> None:
        self.ring(*tuple(self._events))

    async def wait(self, topic: str, seconds: float) -> None:
        """Return when the topic is rung or the seconds are over, whichever comes first."""
        event = self._events.setdefault(topic, asyncio.Event())
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
