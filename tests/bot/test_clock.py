"""Both clocks: the machine's own, and the one that a demo moves."""

import asyncio
import socket
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from bot import clock as clock_module
from bot.clock import ClockUnavailable, SimulatedClock, SystemClock


@asynccontextmanager
async def a_clock_server(answer):
    app = web.Application()
    app.router.add_get("/clock", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield "http://{}:{}/clock".format(*runner.addresses[0])
    finally:
        await runner.cleanup()


async def test_the_machines_clock_is_told_in_the_offices_zone():
    before = datetime.now(UTC)

    now = await SystemClock(ZoneInfo("Asia/Jayapura")).now()

    assert before <= now <= datetime.now(UTC)
    assert now.utcoffset() == timedelta(hours=9)


async def test_a_simulated_clock_tells_the_moment_it_was_moved_to():
    moments = iter(["2026-12-23T10:00:00+07:00", "2026-12-28T16:00:00.5+07:00"])

    async def answer(_):
        return web.json_response({"now": next(moments)})

    async with a_clock_server(answer) as url, SimulatedClock(url) as clock:
        assert (await clock.now()).isoformat() == "2026-12-23T10:00:00+07:00"
        assert (await clock.now()).isoformat() == "2026-12-28T16:00:00.500000+07:00"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, '{"now": "2026-12-23T10:00:00"}'),
        (200, '{"now": "noon"}'),
        (200, '{"now": 1766458800}'),
        (200, '{"time": "2026-12-23T10:00:00+07:00"}'),
        (200, '["2026-12-23T10:00:00+07:00"]'),
        (200, "null"),
        (200, "<html>"),
        (500, '{"now": "2026-12-23T10:00:00+07:00"}'),
    ],
)
async def test_an_answer_that_is_no_moment_is_refused(status, body):
    async def answer(_):
        return web.Response(status=status, text=body, content_type="application/json")

    async with a_clock_server(answer) as url, SimulatedClock(url) as clock:
        with pytest.raises(ClockUnavailable, match=r"is unavailable: .") as refused:
            await clock.now()

    assert refused.value.url == url


async def test_a_clock_that_is_not_there_is_unavailable():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    async with SimulatedClock(f"http://127.0.0.1:{port}/clock") as clock:
        with pytest.raises(ClockUnavailable):
            await clock.now()


async def test_a_clock_that_does_not_answer_is_unavailable(monkeypatch):
    monkeypatch.setattr(clock_module, "PATIENCE_SECONDS", 0.1)
    asked_and_done = asyncio.Event()

    async def answer(_):
        await asked_and_done.wait()
        return web.json_response({})

    async with a_clock_server(answer) as url, SimulatedClock(url) as clock:
        with pytest.raises(ClockUnavailable, match="TimeoutError"):
            await clock.now()
        asked_and_done.set()


async def test_a_clock_that_was_not_opened_says_so():
    with pytest.raises(RuntimeError, match="not open"):
        await SimulatedClock("http://127.0.0.1/clock").now()
