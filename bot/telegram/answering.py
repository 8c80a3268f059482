"""Answers to presses: each press gets one. What Telegram did not take, or may not have taken, is said again while the press
lives; "query is too old" ends it. Called by `bot.telegram.application`.
"""

import asyncio

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot import retries
from bot.telegram.outcomes import Kind, outcome_of

log = structlog.get_logger()

MOST = 500  # presses that wait to be answered again; of more it is better to let the rest go


class Answering:
    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._again: set[asyncio.Task[None]] = set()

    async def answer(self, query_id: str, text: str, *, alert: bool) -> None:
        """The first try is awaited; what comes after it holds up nothing of its sender's."""
        wait = await self._try(query_id, text, alert=alert)
        if wait is None or len(self._again) >= MOST:
            return
        again = asyncio.create_task(self._insist(query_id, text, alert=alert, wait=wait))
        self._again.add(again)
        again.add_done_callback(self._again.discard)

    async def close(self) -> None:
        again = tuple(self._again)
        for task in again:
            task.cancel()
        await asyncio.gather(*again, return_exceptions=True)

    async def _insist(self, query_id: str, text: str, *, alert: bool, wait: float) -> None:
        loop = asyncio.get_running_loop()
        end, growing = loop.time() + retries.ANSWER.within.total_seconds(), retries.Growing(retries.ANSWER)
        while True:
            delay = max(growing.take(), wait)
            if loop.time() + delay >= end:
                break
            await asyncio.sleep(delay)
            found = await self._try(query_id, text, alert=alert)
            if found is None:
                return
            wait = found
        log.warning("a tap's answer was given up")

    async def _try(self, query_id: str, text: str, *, alert: bool) -> float | None:
        """None where it is settled; else for how many seconds Telegram asks at least to wait."""
        try:
            await self._bot.answer_callback_query(query_id, text=text or None, show_alert=alert and bool(text))
        except TelegramError as error:
            outcome = outcome_of(error)
            log.info("a tap's answer did not arrive", error=outcome.error)
            return outcome.seconds if outcome.kind in (Kind.AGAIN, Kind.SLOW_DOWN) else None
        return None
