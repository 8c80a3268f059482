"""`make chaos`: breaks the real bot for as long as one likes, and says what was lost or doubled. Exit status 1 if any was."""

import argparse
import asyncio
import random
import sys
from pathlib import Path

from tests.chaos.run import Plan, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--keep", type=Path, help="a folder for what a failed run leaves: databases and the bots' log")
    given = parser.parse_args()
    seed = random.randrange(1_000_000) if given.seed is None else given.seed
    plan = Plan(seconds=given.seconds, seed=seed, database=given.database)
    print(plan.command, flush=True)  # noqa: T201 - this is a command line
    report = asyncio.run(run(plan, keep=given.keep))
    print(report)  # noqa: T201 - as above
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
