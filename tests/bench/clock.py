"""The clock: a tick with many due timers against the earlier build, and the message that it makes, with many running cases
against few. Each in a process of its own (`driver.py`), and each measured once: a tick ends what is due.
"""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.presses import ROOT, asked, base_commit, checked_out

TIMERS = 10_000
FEW, MANY = 100, 10_000  # running cases
RENDERINGS = 9


@dataclass(frozen=True, kw_only=True)
class Ticked:
    base: str  # the earlier build's commit
    timers: int
    present: float  # seconds of CPU, of the whole tick
    earlier: float


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """Seconds of CPU for one message."""

    few: int
    many: int
    of_few: float
    of_many: float


def ticked(folder: Path, timers: int = TIMERS) -> Ticked:
    base = base_commit()
    earlier_root = checked_out(base, folder / "tick-base")
    (folder / "tick").mkdir()
    spent = {}
    for adapter, root in (("base", earlier_root), ("present", ROOT)):
        with asked(adapter, root, folder / "tick") as ask:
            ask(f"due {timers}")
            cost = ask("tick")
            assert cost["made"] == timers, cost
            spent[adapter] = cost["cpu"]
    return Ticked(base=base, timers=timers, present=spent["present"], earlier=spent["base"])


def rendered(folder: Path) -> Rendered:
    with ExitStack() as stack:
        builds = {}
        for number in (FEW, MANY):
            (folder / f"agenda-{number}").mkdir()
            ask = builds[number] = stack.enter_context(asked("present", ROOT, folder / f"agenda-{number}"))
            ask(f"due {number}")
            ask("tick")
            ask("agenda")  # what is made at the first time is made for all
        turns = [{number: ask("agenda")["cpu"] for number, ask in builds.items()} for _ in range(RENDERINGS)]
    costs = {number: median(turn[number] for turn in turns) for number in (FEW, MANY)}
    return Rendered(few=FEW, many=MANY, of_few=costs[FEW], of_many=costs[MANY])
