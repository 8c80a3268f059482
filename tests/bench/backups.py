"""The backup of an office of many years: how much memory it takes beyond what the program takes anyway.

    python -m tests.bench.backups make FOLDER CASES      fills an office on SQLite
    python -m tests.bench.backups measure FOLDER CASES   backs it up, and writes what that took as one line of JSON

Each is a process of its own: what the other held, or `make bench` itself, would hide a peak.
"""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from alur.services.backups import backup
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.storage.migrations import migrate
from tests.bench.years import fill

ROOT = Path(__file__).parents[2]
CASES = 10_000  # finished, each with a dozen stored files


@dataclass(frozen=True, kw_only=True)
class Cost:
    cases: int
    memory: float  # MiB of the peak above the start
    cpu: float  # seconds of the process, user and system


def of_many_cases(folder: Path, cases: int = CASES) -> Cost:
    """What the backup of so many cases takes; `folder` is empty, and is given about 0.1 MiB of each."""
    _child("make", folder, cases)
    return Cost(**json.loads(_child("measure", folder, cases)))


def _child(what: str, folder: Path, cases: int) -> str:
    command = [sys.executable, "-m", "tests.bench.backups", what, folder, str(cases)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def _make(database: Database, store: FileStore, _folder: Path, cases: int) -> None:
    migrate(database)
    fill(database, store, cases)


def _measure(database: Database, store: FileStore, folder: Path, cases: int) -> None:
    start, begun = _peak(), time.process_time()
    made = backup(database, store, folder / "office.tar.gz", at=datetime.now(UTC))
    cost = Cost(cases=cases, memory=_peak() - start, cpu=time.process_time() - begun)
    assert made.files >= cases
    assert not made.missing
    sys.stdout.write(json.dumps(asdict(cost)))


def _peak() -> float:
    """MiB of this process since it began. `getrusage` also counts what its parent held when it was started."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024


def main(what: str, name: str, cases: str) -> None:
    folder = Path(name)
    database = Database(f"sqlite:///{folder / 'alur.sqlite3'}")
    {"make": _make, "measure": _measure}[what](database, FileStore(folder / "files"), folder, int(cases))
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
