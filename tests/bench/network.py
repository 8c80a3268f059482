"""Calls of the Bot API against a small server in this process: our network class, and python-telegram-bot's own."""

import asyncio
import time
from contextlib import asynccontextmanager

from aiohttp import web
from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from bot.telegram.network import AiohttpRequest

AT_ONCE = 64
ANSWER = {"ok": True, "result": {"message_id": 7, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "x"}}


async def ours(seconds: float) -> float:
    return await _calls(AiohttpRequest(connection_pool_size=AT_ONCE, trust_env=False), seconds)


async def stock(seconds: float) -> float:
    return await _calls(HTTPXRequest(connection_pool_size=AT_ONCE), seconds)


async def _calls(request: BaseRequest, seconds: float) -> float:
    async with _serving() as root, Bot("42:token", base_url=f"{root}/bot", request=request) as bot:
        until, done = time.perf_counter() + seconds, 0

        async def caller() -> int:
            count = 0
            while time.perf_counter() < until:
                await bot.send_message(1, "x")
                count += 1
            return count

        done = sum(await asyncio.gather(*(caller() for _ in range(AT_ONCE))))
    return done / seconds


@asynccontextmanager
async def _serving():
    async def answer(_request):
        return web.json_response(ANSWER)

    async def me(_request):
        return web.json_response({"ok": True, "result": {"id": 42, "is_bot": True, "first_name": "A", "username": "a"}})

    app = web.Application()
    app.router.add_post("/bot42:token/getMe", me)
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield "http://{}:{}".format(*runner.addresses[0])
    finally:
        await runner.cleanup()
