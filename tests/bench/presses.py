"""*Setujui* against an earlier build: CPU and statements of one update's whole transaction.

The earlier build is the commit in `base.txt`, taken out of the own history into a temporary folder. Each build is driven
by a process of its own (`driver.py`), by the same interpreter; what differs between them is in `builds/`, one small
adapter each. They press by turns, some twenty times each, so that whatever else the machine does falls on both.
"""

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
ROUNDS = 5
TURNS = 12  # of each build in a round
PRESSES = 25  # of a turn, each on a case of its own


class NoBase(Exception):
    """The earlier build is not to be had: no git, or a history that was cut short."""


@dataclass(frozen=True, kw_only=True)
class Round:
    cpu: float  # seconds of the process for one press, user and system
    statements: float  # for one press


@dataclass(frozen=True, kw_only=True)
class Comparison:
    base: str  # the commit
    present: tuple[Round, ...]
    earlier: tuple[Round, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        return tuple(new.cpu / old.cpu for new, old in zip(self.present, self.earlier, strict=True))


def compared(folder: Path) -> Comparison:
    """Five rounds, after one that nobody counts."""
    base = base_commit()
    earlier_root = checked_out(base, folder / "base")
    with ExitStack() as stack:
        present = stack.enter_context(driven("present", ROOT, folder))
        earlier = stack.enter_context(driven("base", earlier_root, folder))
        rounds = [played(present, earlier) for _ in range(ROUNDS + 1)][1:]
    news, olds = zip(*rounds, strict=True)
    return Comparison(base=base, present=news, earlier=olds)


def played(present: Iterator[Round], earlier: Iterator[Round]) -> tuple[Round, Round]:
    news, olds = [], []
    for turn in range(TURNS):
        for turns, build in ((news, present), (olds, earlier)) if turn % 2 else ((olds, earlier), (news, present)):
            turns.append(next(build))
    return mean_of(news), mean_of(olds)


def mean_of(turns: list[Round]) -> Round:
    return Round(cpu=mean(item.cpu for item in turns), statements=mean(item.statements for item in turns))


def base_commit() -> str:
    lines = (HERE / "base.txt").read_text().splitlines()
    return next(line for line in lines if line and not line.startswith("#"))


def checked_out(commit: str, into: Path) -> Path:
    try:
        done = subprocess.run(["git", "-C", ROOT, "archive", "--format=tar", commit], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoBase(f"{commit[:7]} cannot be taken out of the history") from error
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as tar:
        tar.extractall(into, filter="data")
    return into


@contextmanager
def driven(adapter: str, root: Path, folder: Path) -> Iterator[Iterator[Round]]:
    """A process with that build's modules, which takes a turn for each line that it is sent."""
    with asked(adapter, root, folder) as ask:
        yield (Round(**ask("turn")) for _ in iter(int, 1))


@contextmanager
def asked(adapter: str, root: Path, folder: Path) -> Iterator[Callable[[str], dict[str, Any]]]:
    """The same, and what each line that it is sent has cost."""
    data = folder / f"{adapter}-data"
    data.mkdir()
    command = [sys.executable, HERE / "driver.py", adapter, root, data, str(PRESSES)]
    env = {**os.environ, "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=root, env=env, **pipes) as process:

        def ask(line: str) -> dict[str, Any]:
            print(line, file=process.stdin, flush=True)
            answer = process.stdout.readline()
            if not answer:
                raise RuntimeError(f"the {adapter} build's driver ended")
            return dict(json.loads(answer))

        try:
            yield ask
        finally:
            process.stdin.close()
