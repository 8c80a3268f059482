"""A whole press in the running bot: from the update to the last card, against an earlier build, against a bot of
python-telegram-bot alone with the same calls, and with thirty offices in one database against one.
"""

import asyncio
from collections import defaultdict
from contextlib import AsyncExitStack
from pathlib import Path

from bench.bots import RunningBot, bare, office
from bench.presses import ROOT, base_commit, checked_out
from bench.processes import made
from bench.rows import Row, ratios

ROUNDS = 5
PRESSES = 16  # of each bot in a round
OFFICES = 30  # with six people each


def whole_presses(folder: Path) -> list[Row]:
    return asyncio.run(_measured(folder))


async def _measured(folder: Path) -> list[Row]:
    base = checked_out(base_commit(), folder / "base")
    cases = (ROUNDS + 1) * PRESSES + 1
    each = -(-cases // OFFICES)
    async with AsyncExitStack() as stack:

        async def begun(name: str, adapter: str, root: Path, **size: int) -> RunningBot:
            return await stack.enter_async_context(office(adapter, root, made(folder / name), **size))

        async with asyncio.TaskGroup() as group:  # to deliver the cards of all takes minutes
            begun_bots = {
                "present": group.create_task(begun("one", "present", ROOT, offices=1, cases=cases)),
                "base": group.create_task(begun("base-one", "base", base, offices=1, cases=cases)),
                "present, many": group.create_task(begun("many", "present", ROOT, offices=OFFICES, cases=each)),
                "base, many": group.create_task(begun("base-many", "base", base, offices=OFFICES, cases=each)),
            }
        bots = {name: task.result() for name, task in begun_bots.items()}
        calls = await bots["present"].calls_of_a_press()
        bots["bare"] = await stack.enter_async_context(bare(calls, made(folder / "bare"), cases=cases))
        spent = await _rounds(bots)
    present, many = spent["present"], spent["present, many"]
    old = f"build {base_commit()[:7]}"
    return [
        Row(
            name="press",
            what=f"CPU of a whole press, against {old}",
            ratios=ratios(present, spent["base"]),
            target=0.33,
        ),
        Row(
            name="press_bare",
            what=f"the same, against python-telegram-bot alone with its {len(calls)} calls",
            ratios=ratios(present, spent["bare"]),
            target=1.6,
        ),
        Row(
            name="press_many_offices",
            what=f"with {OFFICES} offices, against {old}",
            ratios=ratios(many, spent["base, many"]),
            target=0.2,
        ),
        Row(
            name="press_many_offices_one",
            what=f"with {OFFICES} offices, against one office",
            ratios=ratios(many, present),
            target=1.15,
        ),
    ]


async def _rounds(bots: dict[str, RunningBot]) -> dict[str, list[float]]:
    """Seconds for a press of each, of each round; in another order each time, after one round that nobody counts."""
    spent: dict[str, list[float]] = defaultdict(list)
    order = list(bots)
    for number in range(ROUNDS + 1):
        order = order[1:] + order[:1]
        for name in order:
            cost = await bots[name].turn(PRESSES)
            if number:
                spent[name].append(cost)
    return spent
