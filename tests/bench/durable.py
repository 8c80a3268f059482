"""A durable transition: *Setujui*, from the claim of its update to its commit, with state, trail and outgoing rows; how many in
a second of the process's CPU, against the bare driver that writes the same rows, and against django-viewflow's approval of a
task. What the disk takes for a FULL commit is the same for all, and says more about the disk.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

import psycopg
from bench.builds.present import Build
from bench.processes import made
from bench.rivals import rivals_python
from bench.rows import Row, ratios
from bench.same_rows import SameRows

ROUNDS = 5  # after one that nobody counts
TRANSITIONS = 25  # of each in a round
POSTGRES = os.environ.get("ALUR_TEST_POSTGRES", "")

Turn = Callable[[int], float]  # so many transitions: the seconds of CPU that they took


def durable_transitions(folder: Path) -> list[Row]:
    rows = [_against_the_driver(made(folder / "driver"))]
    if rivals_python() is None:
        return rows
    ours = f"sqlite:///{folder / 'alur.sqlite3'}"
    rows.append(_against_viewflow("sqlite", 1.8, ours, f"sqlite://{folder / 'viewflow.sqlite3'}", folder))
    if POSTGRES:
        with _schema() as own, _schema() as other:
            url = f"{POSTGRES}?options=-csearch_path%3D{own}"
            rows.append(_against_viewflow("postgresql", 1.4, url, f"{POSTGRES}#{other}", folder))
    return rows


def _against_the_driver(folder: Path) -> Row:
    build, found = Build(folder), []
    for _ in range(ROUNDS + 1):
        waiting = build.cases(TRANSITIONS)
        own = other = 0.0
        with SameRows(folder / "alur.sqlite3", folder / "bare.sqlite3") as bare:
            for case in waiting:
                own += _seconds(lambda case=case: build.press(case))
                other += bare.write()
        found.append(other / own)
    build.close()
    return Row(
        name="transition_driver",
        what="durable transitions per CPU (SQLite), against the bare driver with the same rows",
        ratios=tuple(found[1:]),
        target=0.33,
        at_least=True,
    )


def _against_viewflow(name: str, target: float, own: str, other: str, folder: Path) -> Row:
    with _viewflow(other) as theirs:
        build = Build(folder, own)
        turns: dict[Turn, list[float]] = {_turn_of(build): [], theirs: []}
        for _ in range(ROUNDS + 1):
            for turn, spent in turns.items():
                spent.append(turn(TRANSITIONS))
        build.close()
    ours, others = (spent[1:] for spent in turns.values())
    what = f"durable transitions per CPU ({name}), against django-viewflow"
    return Row(name=f"transition_{name}", what=what, ratios=ratios(others, ours), target=target, at_least=True)


def _turn_of(build: Build) -> Turn:
    def turn(number: int) -> float:
        waiting = build.cases(number)
        return _seconds(lambda: [build.press(case) for case in waiting])

    return turn


def _seconds(act: Callable[[], object]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun


@contextmanager
def _viewflow(url: str) -> Iterator[Turn]:
    command = (rivals_python(), "-c", "from against.approvals import main; main()", url)
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def turn(number: int) -> float:
            print(number, file=process.stdin, flush=True)
            return float(process.stdout.readline())

        try:
            yield turn
        finally:
            process.stdin.close()


@contextmanager
def _schema() -> Iterator[str]:
    """An empty one on the test server."""
    name = f"bench_{uuid4().hex}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    try:
        yield name
    finally:
        with suppress(psycopg.Error), psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {name} CASCADE")
