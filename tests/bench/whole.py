"""A whole press in the running bot: from the update to the last card, against an earlier build, against a bot of
python-telegram-bot alone with the same calls, and with thirty offices in one database against one.
"""

import asyncio
from collections import defaultdict
from contextlib import AsyncExitStack
from pathlib import Path

from bench.bots import RunningBot, bare, office
from bench.presses import ROOT, NoBase, base_commit, checked_out
from bench.processes import made
from bench.rows import Row, ratios

ROUNDS = 5
PRESSES = 16  # of each bot in a round
OFFICES = 30  # with six people each

Bot = tuple[str, int]  # which one, and of how many offices


def whole_presses(folder: Path) -> list[Row]:
    return asyncio.run(_measured(folder))


async def _measured(folder: Path) -> list[Row]:
    cases = (ROUNDS + 1) * PRESSES + 1
    each = -(-cases // OFFICES)
    builds = {"present": ROOT, **_earlier(folder / "earlier")}
    async with AsyncExitStack() as stack:

        async def begun(adapter: str, offices: int) -> RunningBot:
            here, size = made(folder / f"{adapter}-{offices}"), each if offices > 1 else cases
            return await stack.enter_async_context(office(adapter, builds[adapter], here, offices=offices, cases=size))

        async with asyncio.TaskGroup() as group:  # to deliver the cards of all takes long
            beginning = {
                (adapter, offices): group.create_task(begun(adapter, offices))
                for adapter in builds
                for offices in (1, OFFICES)
            }
        bots = {name: task.result() for name, task in beginning.items()}
        calls = await bots["present", 1].calls_of_a_press()
        bots["bare", 1] = await stack.enter_async_context(bare(calls, made(folder / "bare"), cases=cases))
        spent = await _rounds(bots)
    old, many = f"build {base_commit()[:7]}", f"with {OFFICES} offices"
    rows = (  # name, what, what is divided by what, at most
        ("press", f"CPU of a whole press, against {old}", ("present", 1), ("base", 1), 0.33),
        ("press_bare", f"against a bare PTB, {len(calls)} calls in a row", ("present", 1), ("bare", 1), 1.6),
        ("press_many_offices", f"{many}, against {old}", ("present", OFFICES), ("base", OFFICES), 0.2),
        ("press_many_offices_one", f"{many}, against one", ("present", OFFICES), ("present", 1), 1.15),
    )
    return [
        Row(name=name, what=what, ratios=ratios(spent[own], spent[other]), target=target)
        for name, what, own, other, target in rows
        if other in spent
    ]


def _earlier(into: Path) -> dict[str, Path]:
    """The earlier build's sources; none where the history was cut short."""
    try:
        return {"base": checked_out(base_commit(), into)}
    except NoBase:
        return {}


async def _rounds(bots: dict[Bot, RunningBot]) -> dict[Bot, list[float]]:
    """Seconds for a press of each, of each round; in another order each time, after one round that nobody counts."""
    spent: dict[Bot, list[float]] = defaultdict(list)
    order = list(bots)
    for number in range(ROUNDS + 1):
        order = order[1:] + order[:1]
        for name in order:
            cost = await bots[name].turn(PRESSES)
            if number:
                spent[name].append(cost)
    return spent
