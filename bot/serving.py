"""The house's own server, on `ALUR_WEBHOOK_LISTEN`: webhooks where there are any, `/healthz` and `/metrics` always.

It serves in every process, also in one that stands by. Built and run by `bot.run`.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

from alur.workflow.errors import Fault
from bot import metrics
from bot.health import Health
from bot.settings import Settings
from bot.telegram.receiver import Stored
from bot.telegram.webhook import MOST_BYTES, webhook


class CannotListen(Fault):
    def __init__(self, address: str, reason: str) -> None:
        super().__init__(f"ALUR_WEBHOOK_LISTEN: cannot listen on {address}: {reason}")


@asynccontextmanager
async def serving(settings: Settings, store: Stored, examine: Callable[[], Awaitable[Health]]) -> AsyncIterator[None]:
    """Serves until it is left; nothing where no address is set. Raises `CannotListen`."""
    if not settings.webhook_listen:
        yield
        return

    async def healthz(_request: web.Request) -> web.Response:
        health = await examine()
        return web.json_response(health.view(), status=200 if health.is_good else 503)

    async def counted(_request: web.Request) -> web.Response:
        await examine()
        return web.Response(body=metrics.exposition(), content_type="text/plain", charset="utf-8")

    app = web.Application(client_max_size=MOST_BYTES)
    app.add_routes([web.get("/healthz", healthz), web.get("/metrics", counted)])
    if settings.webhook_url:
        secret = settings.webhook_secret.get_secret_value()
        app.router.add_post(urlsplit(settings.webhook_url).path or "/", webhook(secret, store))
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    host, _, port = settings.webhook_listen.rpartition(":")
    try:
        await web.TCPSite(runner, host.strip("[]"), int(port)).start()
    except OSError as error:
        await runner.cleanup()
        raise CannotListen(settings.webhook_listen, error.strerror or type(error).__name__) from None
    try:
        yield
    finally:
        await runner.cleanup()
