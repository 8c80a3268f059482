"""The pace of sending: bursts pass, and averages hold."""

import asyncio
import time

from limits import RateLimitItemPerSecond

from bot.telegram import pacing
from bot.telegram.pacing import Pacer, Unpaced


async def spent(job):
    begun = time.monotonic()
    await job
    return time.monotonic() - begun


async def test_a_burst_into_one_chat_passes():
    pacer = Pacer()

    async def burst():
        for _ in range(15):
            await pacer.wait(1)

    assert await spent(burst()) < 0.5


async def test_beyond_its_burst_a_chat_waits_and_another_does_not(monkeypatch):
    monkeypatch.setattr(pacing, "PER_CHAT", RateLimitItemPerSecond(2, 1))
    pacer = Pacer()
    for _ in range(2):
        await pacer.wait(1)

    waiting = asyncio.create_task(spent(pacer.wait(1)))

    assert await spent(pacer.wait(2)) < 0.3
    assert await waiting > 0.3


async def test_a_group_has_a_pace_of_its_own(monkeypatch):
    assert pacing.PER_GROUP.amount == 20
    assert pacing.PER_GROUP.get_expiry() == 60
    monkeypatch.setattr(pacing, "PER_GROUP", RateLimitItemPerSecond(1, 1))
    pacer = Pacer()
    await pacer.wait(-5)

    waiting = asyncio.create_task(spent(pacer.wait(-5)))

    assert await spent(pacer.wait(5)) < 0.3
    assert await waiting > 0.3


async def test_all_chats_together_keep_the_overall_pace(monkeypatch):
    monkeypatch.setattr(pacing, "OVERALL", RateLimitItemPerSecond(5))
    pacer = Pacer()

    async def everybody():
        await asyncio.gather(*(pacer.wait(chat) for chat in range(8)))

    assert await spent(everybody()) > 0.4


async def test_a_simulator_is_not_paced():
    pacer = Unpaced()

    async def many():
        for _ in range(200):
            await pacer.wait(1)

    assert await spent(many()) < 0.5
