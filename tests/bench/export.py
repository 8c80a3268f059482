"""The export of an archived case: how much CPU and memory its bundle takes.

    python -m tests.bench.export make FOLDER       keeps a case of 60 acts and 30 versions on SQLite, files of 300 KB
    python -m tests.bench.export measure FOLDER    exports it, and writes what that took as one line of JSON

Each is a process of its own, as in `tests.bench.backups`.
"""

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from alur.services.evidence.bundle import folder as bundle_folder
from alur.services.evidence.bundle.plan import planned
from alur.storage.database import Database
from alur.storage.file_store import FileStore

ROOT = Path(__file__).parents[2]
ACTS, VERSIONS = 60, 30
OTHERS = 20_000  # entries of the office beside those of the case
SIZE = 300_000  # bytes of each file
MOST_CPU, MOST_MEMORY = 2.0, 150  # seconds; MiB


@dataclass(frozen=True, kw_only=True)
class Cost:
    acts: int
    versions: int
    others: int  # entries of other chains
    memory: float  # MiB of the process's peak, all its imports included
    cpu: float  # seconds of the whole process, likewise
    own: float  # of these, the export's own


def of_an_archived_case(folder: Path) -> Cost:
    _child("make", folder)
    return Cost(**json.loads(_child("measure", folder)))


def _child(what: str, folder: Path) -> str:
    command = [sys.executable, "-m", "tests.bench.export", what, str(folder)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def _make(database: Database, store: FileStore) -> None:
    from alur.storage.migrations import migrate
    from tests.factories import ANALIS
    from tests.services import bundled

    migrate(database)
    walk = bundled.a_long_walk()
    while len(walk.case.versions) < VERSIONS:
        walk.upload(ANALIS, "nota_dinas_rapat", f"Nota Dinas {len(walk.case.versions)}.pdf", signed=True)
    while len(walk.trail) < ACTS:
        walk.correct(bundled.TU, "archive.location", f"Lemari {len(walk.trail)}")
    with database.write() as session:
        work = bundled.a_work(session)
        bundled.office(work, OTHERS)
        bundled.keep(work, store, walk, size=SIZE)


def _measure(database: Database, store: FileStore, folder: Path) -> None:
    from alur.evidence import verifikasi
    from bot.papers import PAPERS
    from tests.factories import a_calendar

    begun = time.process_time()
    with database.read() as session:
        plan = planned(session, a_calendar(), 1, papers=PAPERS)
    place = bundle_folder.written(plan, store, folder / "out")
    cpu, memory = time.process_time(), _peak()
    entries = verifikasi.read_trail((place / verifikasi.TRAIL).read_text())
    versions = len(verifikasi.layout(entries, verifikasi.read_sop((place / verifikasi.PROCEDURE).read_text())).versions)
    accepted = sum(bool(verifikasi.events_of(entry)) for entry in entries)
    assert plan.checkpoint is not None
    counted = {"acts": accepted, "versions": versions, "others": plan.checkpoint.size - len(entries)}
    sys.stdout.write(json.dumps(asdict(Cost(**counted, memory=memory, cpu=cpu, own=cpu - begun))))


def _peak() -> float:
    """MiB of this process since it began. `getrusage` also counts what its parent held when it was started."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024


def main(what: str, name: str) -> None:
    folder = Path(name)
    database, store = Database(f"sqlite:///{folder / 'alur.sqlite3'}"), FileStore(folder / "files")
    if what == "make":
        _make(database, store)
    else:
        _measure(database, store, folder)
    database.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
