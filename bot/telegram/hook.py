"""Has Telegram bring the updates, and hears once a minute whether it can: a path that a proxy does not know, a port, a
certificate. Run by `bot.term` where there is a webhook; `bot.health` asks what is wrong.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog
from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, TelegramError

from bot import metrics, retries
from bot.telegram.receiver import ALLOWED

log = structlog.get_logger()

ASK_EVERY = 60.0  # seconds
LONGEST = 200  # characters of what Telegram says

Noted = Callable[..., Awaitable[None]]


class Hook:
    """`error` says why updates do not arrive, without what is to be kept `secret`; None where they do, as far as is known.

    No two clocks are compared: an error counts when it came after the one of a minute ago and updates still wait, and so
    does silence while updates wait. One that is older than what has arrived since is history.
    """

    def __init__(self, url: str, secret: str, *, secrets: Sequence[str] = ()) -> None:
        self._url, self._secret = url, secret
        self._secrets = [word for word in (*secrets, secret) if word]
        self._has_arrived = False  # an update, since Telegram was last asked
        self._before: WebhookInfo | None = None
        self.error: str | None = None

    def took(self) -> None:
        """An update has arrived, here or at another process."""
        self._has_arrived = True

    async def run(self, bot: Bot, noted: Noted) -> None:
        """Until it is cancelled. `noted` is told, with `more` where updates still wait, that we receive: silence is no
        outage here, but a webhook that Telegram cannot reach is one.
        """
        self._before, self._has_arrived = None, False
        try:
            await self._set(bot)
            while True:
                await self._ask(bot, noted)
                await asyncio.sleep(ASK_EVERY)
        finally:
            self._say(None)

    async def _set(self, bot: Bot) -> None:
        while True:
            pause = retries.TELEGRAM.seconds()
            try:
                await bot.set_webhook(self._url, secret_token=self._secret, allowed_updates=ALLOWED)
            except BadRequest as error:
                self._say(error.message)
                pause = ASK_EVERY
            except TelegramError as error:
                log.warning("Telegram does not answer", error=error.message)
            else:
                return
            await asyncio.sleep(pause)

    async def _ask(self, bot: Bot, noted: Noted) -> None:
        try:
            info = await bot.get_webhook_info()
            has_arrived, self._has_arrived = self._has_arrived, False
            before, self._before = self._before, info
            metrics.WAITING.set(info.pending_update_count)
            self._say(self._fault(info, before, has_arrived=has_arrived))
            if self.error is None or has_arrived:
                await noted(more=info.pending_update_count > 0)
        except TelegramError as error:
            log.warning("Telegram does not answer", error=error.message)
        except Exception:  # the database is away: it will be noted when it is back
            log.exception("that we receive could not be noted")

    def _fault(self, info: WebhookInfo, before: WebhookInfo | None, *, has_arrived: bool) -> str | None:
        if info.url != self._url:
            return "Telegram brings updates to another address" if info.url else "the webhook was taken away"
        waiting = info.pending_update_count
        if waiting == 0:
            return None
        words = info.last_error_message or f"{waiting} updates wait at Telegram, and none arrives"
        if before is not None and info.last_error_date not in (None, before.last_error_date):
            return words
        if has_arrived:
            return None
        is_stuck = before is not None and 0 < before.pending_update_count <= waiting
        return words if is_stuck else self.error

    def _say(self, error: str | None) -> None:
        """In the log when it begins, changes or ends."""
        for word in self._secrets if error else ():
            error = (error or "").replace(word, "…")
        error = error[:LONGEST] if error else None
        if error and error != self.error:
            log.error("Telegram cannot bring updates", error=error)
        elif self.error and not error:
            log.info("Telegram brings updates again")
        self.error = error
        metrics.WEBHOOK_ERROR.set(error is not None)
