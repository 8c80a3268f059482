"""The clock of the house at its end (`tests/e2e/test_ticking.py` has it at work)."""

import asyncio
from datetime import UTC, datetime
from types import SimpleNamespace

from jobs.ticking import Ticking


async def test_a_tick_that_comes_to_its_turn_after_the_stop_asks_nothing_any_more():
    asked = []

    async def reset():
        asked.append(True)

    house = SimpleNamespace(
        watch=SimpleNamespace(now=lambda: datetime(2026, 11, 2, tzinfo=UTC), reset=reset),
        calendar=SimpleNamespace(zone=UTC),
    )
    ticking = Ticking(house, every=1, file=None, calendar=None, may_speak=None, wake=None)
    ticking._rhythm.start()
    async with ticking._turn:
        late = asyncio.create_task(ticking.tick())
        stopping = asyncio.create_task(ticking.stop())
        await asyncio.sleep(0)
    await asyncio.gather(late, stopping)
    assert asked == []


async def test_a_tick_that_the_stop_breaks_off_is_no_fault(caplog):
    begun = asyncio.Event()

    async def reset():
        begun.set()
        await asyncio.Event().wait()

    house = SimpleNamespace(
        watch=SimpleNamespace(now=lambda: datetime(2026, 11, 2, tzinfo=UTC), reset=reset),
        calendar=SimpleNamespace(zone=UTC),
    )
    ticking = Ticking(house, every=1, file=None, calendar=None, may_speak=None, wake=None)
    ticking._rhythm.start()
    ticking._rhythm.once(0, "tick", ticking.tick)
    await begun.wait()
    await ticking.stop()
    await asyncio.sleep(0.05)
    assert [item.getMessage() for item in caplog.records if item.levelname == "ERROR"] == []
