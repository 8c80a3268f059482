"""What the bot costs before anybody has pressed, against a bot of python-telegram-bot alone; and whether its memory grows with
what is pressed.
"""

import asyncio
import os
import sys
from collections.abc import Iterable
from pathlib import Path

from bench.bots import COMMAND, RunningBot, office, settings_for
from bench.presses import HERE, ROOT, asked
from bench.processes import cpu_of, made, memory_of, running, telegram_running
from bench.rows import Row, ratios

from simulator import SimulatorClient
from simulator.world import DEFAULT_TOKEN

STARTS = 3  # after one that nobody counts
OFFICES = 30
PRESSES = int(os.environ.get("PRESSES") or 600)  # for the leak
GROWTH = 1.02  # of the memory after all presses, against that after the first half of them: nothing but noise


def starts(folder: Path) -> list[Row]:
    with asked("present", ROOT, folder) as ask:
        ask("standing 1 0")
    rounds = [asyncio.run(_both(folder, number)) for number in range(STARTS + 1)][1:]
    ours, bare = zip(*rounds, strict=True)
    against = "against python-telegram-bot alone"
    return [
        Row(
            name="start", what=f"CPU from the start to the first poll, {against}", ratios=_of(0, ours, bare), target=3.2
        ),
        Row(name="memory", what=f"memory after the start, {against}", ratios=_of(1, ours, bare), target=2.5),
    ]


def _of(place: int, ours: Iterable[tuple[float, float]], others: Iterable[tuple[float, float]]) -> tuple[float, ...]:
    return ratios([one[place] for one in ours], [one[place] for one in others])


async def _both(folder: Path, number: int) -> tuple[tuple[float, float], tuple[float, float]]:
    bare = (sys.executable, HERE / "bare.py")
    here = made(folder / f"start-{number}")
    return await _started(COMMAND, here, folder / "present-data"), await _started(bare, here, None)


async def _started(command: tuple[str | Path, ...], here: Path, data: Path | None) -> tuple[float, float]:
    """Seconds of CPU until the first poll, and MiB when it waits there."""
    async with telegram_running(ROOT) as url, SimulatorClient(url) as telegram:
        known = settings_for(url, data) if data else {}
        given = () if data else (url, DEFAULT_TOKEN, "[]", "0", "0")
        async with running(*command, *given, cwd=ROOT, log=here / "log", **known) as process:
            await RunningBot(pid=process.pid, telegram=telegram, is_settled=lambda _: telegram.is_polled()).settled()
            spent = cpu_of(process.pid)
            await asyncio.sleep(1)  # what is begun beside the first poll is there
            return spent, memory_of(process.pid)


def leaks(folder: Path) -> list[Row]:
    return [asyncio.run(_leak(folder))]


async def _leak(folder: Path) -> Row:
    half = -(-PRESSES // (2 * OFFICES))  # rounds, in each of which everybody presses once
    async with office("present", ROOT, folder, offices=OFFICES, cases=2 * half) as bot:
        held = []
        for _ in range(2):
            for _ in range(half):
                await bot.burst(OFFICES)
            held.append(memory_of(bot.pid))
    what = f"memory after {2 * half * OFFICES:,} presses, against half of them"
    return Row(name="leak", what=what, ratios=(held[1] / held[0],), target=GROWTH)
