"""The simulator as a server: starts and stops its HTTP application on loopback; used by tests, the demo, `__main__`."""

import asyncio
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from simulator import control, page
from simulator.bot_api import BotApi
from simulator.control.asking import refuse
from simulator.delivery import Delivery
from simulator.world import Options, World


class Simulator:
    """One simulated Telegram with one bot. `async with Simulator() as telegram:` starts and stops it.

    Port 0 lets the system choose; `url` is known after the start. With `Options.data` its state survives a restart.
    """

    def __init__(self, options: Options | None = None, *, host: str = "127.0.0.1", port: int = 0) -> None:
        self._options = options or Options()
        self._host = host
        self._port = port
        self._world: World | None = None
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None
        self._delivery: asyncio.Task[None] | None = None

    @property
    def token(self) -> str:
        return self._options.token

    @property
    def url(self) -> str:
        """Root of the server, without a slash at the end."""
        return f"http://{self._host}:{self._port}"

    @property
    def is_at_rest(self) -> bool:
        """Whether the bot has confirmed all updates and waits for more: what `GET /control/updates` says, without a request."""
        world = self._world
        return world is not None and not world.updates.count() and world.polling > 0

    async def start(self) -> None:
        self._world = World(self._options)
        app = web.Application(middlewares=[refuse], client_max_size=2**40)  # sizes are checked per file
        app.add_routes([*page.routes(), *BotApi(self._world).routes(), *control.routes(self._world)])
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._host, self._port).start()
        self._port = self._runner.addresses[0][1]
        self._session = aiohttp.ClientSession()
        self._delivery = asyncio.create_task(Delivery(self._world, self._session).run())

    async def stop(self) -> None:
        """End every long poll, then the server; what was committed is kept."""
        if not (self._world and self._runner and self._session and self._delivery):
            return
        self._world.close_doors()
        self._delivery.cancel()
        await asyncio.gather(self._delivery, return_exceptions=True)
        await self._session.close()
        await self._runner.cleanup()
        self._world.store.close()
        self._world = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()
