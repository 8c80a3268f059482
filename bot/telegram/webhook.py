"""Updates that Telegram brings itself: checked, stored, committed, and only then acknowledged (DESIGN §5.1).

Every process takes every update, whether it leads or stands by; `bot.serving` puts the handler on a server.
"""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiohttp import web

from bot.telegram.receiver import Stored, sender_of

log = structlog.get_logger()

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header
MOST_BYTES = 2**20  # of a body; an update is a few kilobytes

Handler = Callable[[web.Request], Awaitable[web.Response]]


def webhook(secret: str, store: Stored) -> Handler:
    """Answers 200 when the update is stored; 503 while the database is away, so that Telegram brings it again."""

    async def take(request: web.Request) -> web.Response:
        if not hmac.compare_digest(request.headers.get(SECRET, "").encode(), secret.encode()):
            log.warning("a webhook came without the secret")
            return web.Response(status=401)
        update = await _update(request)
        if update is None:
            # Not Telegram's, or nothing that it would ever send otherwise: to refuse it would bring it for a day.
            log.error("a webhook's body is no update")
            return web.Response()
        try:
            await store([(update["update_id"], json.dumps(update), sender_of(update))])
        except Exception:  # the database is away: nothing is acknowledged
            log.exception("an update could not be stored")
            return web.Response(status=503, headers={"Retry-After": "1"})
        return web.Response()

    return take


async def _update(request: web.Request) -> dict[str, Any] | None:
    """Raises aiohttp's 413 where the body is too large."""
    try:
        update = json.loads(await request.read())
    except ValueError:
        return None
    is_update = isinstance(update, dict) and type(update.get("update_id")) is int
    return update if is_update else None
