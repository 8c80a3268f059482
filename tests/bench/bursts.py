"""Many people press at once, in many chats, with 50 ms to Telegram and back: how long the last ones wait for their answer,
against a bot of aiogram that answers first and stores nothing.
"""

import asyncio
import math
from contextlib import AsyncExitStack
from pathlib import Path

from bench.bots import RunningBot, office, quick
from bench.presses import ROOT
from bench.processes import made
from bench.rivals import rivals_python
from bench.rows import Row, ratios

ROUND_TRIP = 0.05  # seconds
OFFICES = 30
BURSTS = {300: (1.2, 1), 30: (2.0, 3)}  # presses: the aim, and how often


def bursts(folder: Path) -> list[Row]:
    python = rivals_python()
    return [] if python is None else asyncio.run(_measured(folder, python))


async def _measured(folder: Path, python: Path) -> list[Row]:
    cases = 1 + sum(presses * times for presses, (_, times) in BURSTS.items()) // OFFICES
    async with AsyncExitStack() as stack:
        ours = await stack.enter_async_context(
            office("present", ROOT, made(folder / "ours"), offices=OFFICES, cases=cases)
        )
        reviewers = list(dict.fromkeys(phone.id for phone, _ in ours.waiting))
        calls = await ours.calls_of_a_press()
        assert calls[0]["method"] == "answerCallbackQuery", calls
        theirs = await stack.enter_async_context(quick(python, calls, reviewers, made(folder / "aiogram"), cases=cases))
        for bot in (ours, theirs):
            await bot.telegram.faults("late", times=None, seconds=ROUND_TRIP)
        return [
            await _row(ours, theirs, presses=presses, aim=aim, times=times)
            for presses, (aim, times) in sorted(BURSTS.items())
        ]


async def _row(ours: RunningBot, theirs: RunningBot, *, presses: int, aim: float, times: int) -> Row:
    own, other = [], []
    for _ in range(times):
        own.append(_p99(await ours.burst(presses)))
        other.append(_p99(await theirs.burst(presses)))
    what = f"a burst of {presses} presses: press to answer (p99), against aiogram"
    return Row(name=f"burst_{presses}", what=what, ratios=ratios(own, other), target=aim)


def _p99(seconds: list[float]) -> float:
    return sorted(seconds)[math.ceil(0.99 * len(seconds)) - 1]
