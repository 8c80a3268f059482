"""`make chaos`: breaks the real bot for as long as one likes, and says what was lost or doubled. Exit status 1 if any was."""

import argparse
import asyncio
import os
import random
import sys
import tempfile
from pathlib import Path

from tests.chaos.run import Plan, run
from tests.power.disk import shim

SECONDS = 60.0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--seconds", type=float, help="60, or with --power until copies enough were taken")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--keep", type=Path, help="a folder for what a failed run leaves: databases and the bots' log")
    parser.add_argument("--cases", type=int, default=Plan.cases, help="how many are open from the beginning")
    parser.add_argument("--power", action="store_true", help="the power fails, too (SQLite)")
    parser.add_argument("--copies", type=int, default=Plan.copies, help="how often the power fails at least")
    parser.add_argument(
        "--updates", type=int, default=Plan.updates, help="how many are acknowledged meanwhile at least"
    )
    given = parser.parse_args()
    if given.power and given.database != "sqlite":
        parser.error("the model of a power cut knows SQLite alone: of a PostgreSQL `alur check` asks what it promises")
    if given.power and "LD_PRELOAD" not in os.environ:
        return _watched()
    seed = random.randrange(1_000_000) if given.seed is None else given.seed
    seconds = given.seconds if given.seconds is not None else 0.0 if given.power else SECONDS
    least = {"copies": given.copies, "updates": given.updates}
    plan = Plan(seconds=seconds, seed=seed, database=given.database, cases=given.cases, power=given.power, **least)
    print(plan.command, flush=True)  # noqa: T201 - this is a command line
    report = asyncio.run(run(plan, keep=given.keep))
    print(report)  # noqa: T201 - as above
    return 1 if report.faults else 0


def _watched() -> int:
    """The same again, with the shim in it and in all that it begins."""
    with tempfile.TemporaryDirectory(prefix="alur-power-") as folder:
        environment = {**os.environ, "LD_PRELOAD": str(shim(Path(folder)))}
        return os.spawnve(os.P_WAIT, sys.executable, [sys.executable, "-m", "tests.chaos", *sys.argv[1:]], environment)


if __name__ == "__main__":
    sys.exit(main())
