"""The export of an archived case: how much CPU and memory `alur audit export` takes for its bundle, all its imports and the process
that sets its papers included.

    python -m tests.bench.export FOLDER       keeps a case of 60 acts and 30 versions on SQLite, files of 300 KB
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALUR = Path(sys.executable).with_name("alur")
ACTS, VERSIONS = 60, 30
OTHERS = 20_000  # entries of the office beside those of the case
SIZE = 300_000  # bytes of each file
MOST_CPU, MOST_MEMORY = 2.0, 150  # seconds; MB
OFTEN = 0.004  # seconds between two looks at the memory
TIMES = 3


@dataclass(frozen=True, kw_only=True)
class Cost:
    acts: int
    versions: int
    others: int  # entries of other chains
    memory: float  # MB at the peak
    cpu: float  # seconds, the least of so many times: what else the machine does only adds


def of_an_archived_case(folder: Path) -> Cost:
    made = _run([sys.executable, "-m", "tests.bench.export", str(folder)])
    code, others = made.split()
    costs = [_exported(code, folder, folder.parent / f"{folder.name}-out-{nth}") for nth in range(TIMES)]
    acts, versions = _told(folder.parent / f"{folder.name}-out-0" / code)
    memory, cpu = (min(values) for values in zip(*costs, strict=True))
    return Cost(acts=acts, versions=versions, others=int(others) - acts, memory=memory, cpu=cpu)


def _run(command: list[str]) -> str:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def _exported(code: str, folder: Path, to: Path) -> tuple[float, float]:
    """MB at the worst moment, and seconds of CPU."""
    env = {"PATH": os.environ["PATH"], "ALUR_DATA_DIR": str(folder)}
    command = [str(ALUR), "audit", "export", code, "--to", str(to)]
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL) as process:
        peak = 0
        while (ended := os.wait4(process.pid, os.WNOHANG))[0] == 0:
            peak = max(peak, _held(process.pid))
            time.sleep(OFTEN)
        _, status, used = ended
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)
    return peak / 1e6, used.ru_utime + used.ru_stime


def _held(process: int) -> int:
    """Bytes that it has, and what its children have beside what they share with it: one just forked shares all."""
    own = _sum(process, "Rss")
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return own
    return own + sum(_sum(child, "Private_(?:Clean|Dirty)") for child in children)


def _sum(process: int | str, what: str) -> int:
    """Bytes; none of one that has ended."""
    try:
        found = re.findall(rf"{what}:\s+(\d+) kB", Path(f"/proc/{process}/smaps_rollup").read_text())
    except OSError:
        return 0
    return sum(map(int, found)) * 1024


def _told(place: Path) -> tuple[int, int]:
    """Acts and versions, as the bundle has them."""
    from alur.evidence import verifikasi

    entries = verifikasi.read_trail((place / verifikasi.TRAIL).read_text())
    layout = verifikasi.layout(entries, verifikasi.read_sop((place / verifikasi.PROCEDURE).read_text()))
    return sum(bool(verifikasi.events_of(entry)) for entry in entries), len(layout.versions)


def make(folder: Path) -> tuple[str, int]:
    """The case's code, and how many entries the office has."""
    from contextlib import closing

    from alur.storage.database import Database
    from alur.storage.file_store import FileStore
    from alur.storage.migrations import migrate
    from tests.factories import ANALIS
    from tests.services import bundled

    store = FileStore(folder / "files")
    with closing(Database(f"sqlite:///{folder / 'alur.sqlite3'}")) as database:
        migrate(database)
        walk = bundled.a_long_walk()
        while len(walk.case.versions) < VERSIONS:
            walk.upload(ANALIS, "nota_dinas_rapat", f"Nota Dinas {len(walk.case.versions)}.pdf", signed=True)
        while len(walk.trail) < ACTS:
            walk.correct(bundled.TU, "archive.location", f"Lemari {len(walk.trail)}")
        with database.write() as session:
            work = bundled.a_work(session)
            bundled.office(work, OTHERS)
            kept = bundled.keep(work, store, walk, size=SIZE)
    return kept.code, OTHERS + kept.entries


if __name__ == "__main__":
    sys.stdout.write(" ".join(map(str, make(Path(sys.argv[1])))))
