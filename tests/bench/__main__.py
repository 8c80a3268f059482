"""`make bench`: how fast and how large Alur is, as ratios against a yardstick measured in the same run, and against an
earlier build of its own.

Without a part it measures the rows that an aim was set for, and prints them as one table; `JSON=FILE` writes them, too. What
an aim's yardstick is not to be had for is left out.

Nothing here is a test: a number in seconds says more about the machine than about the program.
"""

import asyncio
import json
import os
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Column, Table

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from bench.backups import of_many_cases  # noqa: E402 - the path is set first
from bench.boards import MOST as MOST_OF_BOARD  # noqa: E402
from bench.boards import boards  # noqa: E402
from bench.bursts import bursts  # noqa: E402
from bench.clock import Rendered, Ticked, rendered, ticked  # noqa: E402
from bench.contents import MOST as MOST_OF_LOOK  # noqa: E402
from bench.contents import MOST_MEMORY as MOST_MEMORY_OF_LOOK  # noqa: E402
from bench.contents import looks  # noqa: E402
from bench.deciding import decisions, readings  # noqa: E402
from bench.durable import durable_transitions  # noqa: E402
from bench.export import MOST_CPU, of_an_archived_case  # noqa: E402
from bench.export import MOST_MEMORY as MOST_MEMORY_OF_EXPORT  # noqa: E402
from bench.many import against  # noqa: E402
from bench.network import ours, stock  # noqa: E402
from bench.pace import paced  # noqa: E402
from bench.presses import Comparison, NoBase, compared  # noqa: E402
from bench.reports import MOST as MOST_OF_REPORT  # noqa: E402
from bench.reports import reports  # noqa: E402
from bench.rows import Row  # noqa: E402
from bench.standing import leaks, starts  # noqa: E402
from bench.transitions import transitions  # noqa: E402
from bench.whole import whole_presses  # noqa: E402

SECONDS = 2.0  # for each measurement
MOST = 1.05  # times the earlier build's CPU for one press
MOST_MEMORY = 200  # MiB that a backup may take above the start


def main(*parts: str) -> None:
    """The rows, or the named parts."""
    console = Console()
    rows: list[Row] = []
    for name in parts or ROWS:
        with tempfile.TemporaryDirectory(prefix="alur-bench-") as folder:
            try:
                if name in ROWS:
                    rows += ROWS[name](Path(folder))
                else:
                    PARTS[name](console, Path(folder))
            except NoBase as error:
                console.print(f"{name}: nothing to compare with: {error}")
    if rows:
        console.print(as_table(rows))
    if file := os.environ.get("JSON"):
        Path(file).write_text(f"{json.dumps([row.as_json() for row in rows], indent=2)}\n")


def yardsticks(console: Console, folder: Path) -> None:
    table = Table("what", "per second", "yardstick", "per second", "ratio")

    def row(what: str, own: float, against: str, other: float) -> None:
        table.add_row(what, f"{own:,.0f}", against, f"{other:,.0f}", f"{own / other:.2f}")

    bare = rate(bare_commits(folder / "bare.sqlite3"))
    row("transitions, each of two commits (SQLite)", rate(transitions(folder)), "bare sqlite3 commits", bare)
    row("decisions of the engine", rate(decisions()), "readings of the case from its JSON", rate(readings()))
    own, other = asyncio.run(both_networks())
    row("Bot API calls, 64 at once", own, "python-telegram-bot's own network", other)
    console.print(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    console.print(f"Peak memory of this process: {peak:,.0f} MiB")


def press(console: Console, folder: Path) -> None:
    console.print(told(compared(folder)))


def clock(console: Console, folder: Path) -> None:
    console.print(of_the_clock(ticked(folder), rendered(folder)))


def years(console: Console, folder: Path) -> None:
    for what, (few, many), limits, rows in against(folder):
        table = Table(what, f"CPU with {few:,} (ms)", f"with {many:,} (ms)", "ratio", "of the rounds", "at most")
        for row in rows:
            spread = f"{min(row.ratios):.2f} to {max(row.ratios):.2f}"
            most = f"{limits.get(row.what, limits['']):.1f}"
            table.add_row(row.what, f"{row.few:,.2f}", f"{row.many:,.2f}", f"{row.ratio:.2f}", spread, most)
        console.print(table)


def backup(console: Console, folder: Path) -> None:
    cost = of_many_cases(folder)
    console.print(
        f"A backup of {cost.cases:,} cases: {cost.memory:,.0f} MiB above the start (at most {MOST_MEMORY}), "
        f"{cost.cpu:,.1f} s of CPU"
    )


def contents(console: Console, _folder: Path) -> None:
    table = Table("looking into", "MB", "CPU (ms)", "its SHA-256 (ms)", "ratio", "peak (MiB)")
    for one in looks():
        size, hashed = f"{one.size / 1e6:.1f}", f"{one.hashed:.0f}"
        table.add_row(one.what, size, f"{one.cpu:.0f}", hashed, f"{one.ratio:.2f}", f"{one.memory:.0f}")
    console.print(table)
    console.print(f"At most {MOST_OF_LOOK} ms and {MOST_MEMORY_OF_LOOK} MiB for a file of 20 MB")


def export(console: Console, folder: Path) -> None:
    cost = of_an_archived_case(folder)
    console.print(
        f"An archived case of {cost.acts} acts and {cost.versions} versions, among {cost.others:,} other entries, exported: "
        f"{cost.cpu:,.2f} s of CPU (at most {MOST_CPU:.0f}), and "
        f"{cost.memory:,.0f} MB at the peak (at most {MOST_MEMORY_OF_EXPORT})"
    )


def board(console: Console, _folder: Path) -> None:
    table = Table("the board of", "kB", "CPU (ms)", "at most")
    for one in boards():
        table.add_row(one.what, f"{one.size / 1000:,.0f}", f"{one.cpu:.0f}", f"{MOST_OF_BOARD}")
    console.print(table)


def report(console: Console, _folder: Path) -> None:
    table = Table("a year's report", "kB", "CPU (ms)", "at most")
    for one in reports():
        table.add_row(one.what, f"{one.size / 1000:,.0f}", f"{one.cpu:.0f}", f"{MOST_OF_REPORT}")
    console.print(table)


PARTS = {
    "yardsticks": yardsticks,
    "press": press,
    "clock": clock,
    "years": years,
    "backup": backup,
    "contents": contents,
    "export": export,
    "board": board,
    "report": report,
}


ROWS: dict[str, Callable[[Path], list[Row]]] = {
    "presses": whole_presses,
    "transitions": durable_transitions,
    "bursts": bursts,
    "pace": paced,
    "start": starts,
    "leak": leaks,
}


def as_table(rows: list[Row]) -> Table:
    table = Table(Column("row", no_wrap=True), "what", "ratio", "of the rounds", "aim", "met")
    for row in rows:
        low, high = row.spread
        is_met = "yes" if row.is_met else "no"
        table.add_row(row.name, row.what, f"{row.ratio:.2f}", f"{low:.2f} to {high:.2f}", row.goal, is_met)
    return table


def told(found: Comparison) -> Table:
    """One update's whole transaction: the press of *Setujui*, its claim in the inbox included."""
    table = Table("Setujui", "CPU (ms)", "statements", title_justify="left")
    for name, rounds in (("this build", found.present), (f"build {found.base[:7]}", found.earlier)):
        cpu = median(item.cpu for item in rounds) * 1000
        table.add_row(name, f"{cpu:.2f}", f"{median(item.statements for item in rounds):.1f}")
    ratios = sorted(found.ratios)
    within = f"{ratios[0]:.2f} to {ratios[-1]:.2f} in {len(ratios)} rounds"
    table.add_row("ratio of CPU", f"{median(ratios):.2f}", f"{within}; at most {MOST}")
    return table


def of_the_clock(tick: Ticked, agenda: Rendered) -> Table:
    """A tick with many due timers, and the message that it makes, with many running cases."""
    table = Table("the clock", "CPU (ms)", "against", "CPU (ms)", "ratio", title_justify="left")
    row = (f"a tick with {tick.timers:,} due timers", tick.present, f"build {tick.base[:7]}", tick.earlier)
    more = (f"an agenda with {agenda.many:,} running cases", agenda.of_many, f"{agenda.few:,} cases", agenda.of_few)
    for what, own, than, other in (row, more):
        table.add_row(what, f"{own * 1000:,.1f}", than, f"{other * 1000:,.1f}", f"1/{other / own:.1f}")
    return table


def rate(once: Callable[[], object]) -> float:
    """How often a second `once` can be done, warmed up."""
    once()
    count, begun = 0, time.perf_counter()
    while (spent := time.perf_counter() - begun) < SECONDS:
        once()
        count += 1
    return count / spent


def bare_commits(path: Path) -> Callable[[], object]:
    """One durable row per transaction, with the pragmas that Alur uses."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT)")

    def once() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO rows (text) VALUES (?)", ("x" * 500,))
        connection.execute("COMMIT")

    return once


async def both_networks() -> tuple[float, float]:
    return await ours(SECONDS), await stock(SECONDS)


main(*sys.argv[1:])
