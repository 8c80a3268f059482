"""Receives updates by long polling: each batch is stored, committed, and only then acknowledged (DESIGN §5.1)."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from bot import retries
from bot.telegram.outcomes import Kind, outcome_of

log = structlog.get_logger()

ALLOWED = ["message", "edited_message", "callback_query", "my_chat_member"]
HELD = 25  # seconds for which Telegram holds an empty answer
LIMIT = 100  # updates of one batch; more wait where it is full

Stored = Callable[[Sequence[tuple[int, str, int | None]]], Awaitable[None]]


class Receiver:
    """`store` writes a batch of (update id, raw JSON, sender) durably before it returns; it is told of an empty one too,
    since we do receive.
    """

    def __init__(self, bot: Bot, store: Stored) -> None:
        self._bot, self._store = bot, store
        self._offset: int | None = None  # ids may jump after a quiet week: begin with none, never with a negative one
        self._growing = retries.Growing(retries.SLOWED)
        self._may_wait = False  # the first poll asks what waits already, and so does the one after a failure

    async def run(self) -> None:
        while True:
            try:
                await self._poll()
                self._growing.reset()
            except InvalidToken:
                log.error("the token was rejected")  # noqa: TRY400 - a traceback would quote it
                await asyncio.sleep(retries.TOKEN_REJECTED.seconds())
            except Conflict as error:
                await self._disputed(error)
            except TelegramError as error:
                outcome = outcome_of(error)
                log.warning("no updates", error=outcome.error)
                # A press lives 150 seconds: a 429 is not waited for blindly, however long it says.
                pause = retries.POLL.seconds()
                if outcome.kind is Kind.SLOW_DOWN:
                    pause = min(self._growing.take(), max(outcome.seconds, pause))
                await asyncio.sleep(pause)
            except Exception:  # the database is away: nothing was acknowledged, and the batch comes again
                log.exception("updates could not be stored")
                await asyncio.sleep(retries.POLL.seconds())

    async def _disputed(self, error: Conflict) -> None:
        """A webhook of an earlier setting is taken away; another program can only be waited for."""
        if "webhook" in error.message:
            log.warning("a webhook was set: taken away")
            with suppress(TelegramError):
                await self._bot.delete_webhook(drop_pending_updates=False)
        else:
            log.warning("another program asks for this bot's updates")
            await asyncio.sleep(retries.ANOTHER_POLLS.seconds())

    async def _poll(self) -> None:
        wish: dict[str, Any] = {"timeout": HELD if self._may_wait else 0, "limit": LIMIT, "allowed_updates": ALLOWED}
        if self._offset is not None:
            wish["offset"] = self._offset
        self._may_wait = False
        # Raw dictionaries: one update that no library understands must not block its batch for ever.
        updates = await self._bot.do_api_request("get_updates", api_kwargs=wish, read_timeout=HELD + 5)
        if not isinstance(updates, list):
            return
        await self._store([(item["update_id"], json.dumps(item), sender_of(item)) for item in updates])
        if updates:
            self._offset = max(item["update_id"] for item in updates) + 1
        self._may_wait = True


def sender_of(update: dict[str, Any]) -> int | None:
    """Who sent it: updates of one sender are taken in order."""
    for part in update.values():
        if isinstance(part, dict) and isinstance(part.get("from"), dict):
            number = part["from"].get("id")
            return number if isinstance(number, int) else None
    return None
