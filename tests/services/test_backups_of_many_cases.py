"""A backup, a restore and an inspection go through an office of many years: what they hold does not grow with
its cases, but for one small value for each stored file.
"""

import os
import tracemalloc
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from sqlalchemy import event

from alur.services.backups import backup, restore
from alur.services.evidence.inspection.whole import inspect
from alur.storage import audit
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.storage.migrations import migrate
from alur.storage.statements import AT_ONCE
from tests.bench.years import fill
from tests.workflow.walk import wib

NOW = wib("2026-11-02 09:00")
FEW, MANY = AT_ONCE, AT_ONCE + 60  # cases: so many rows are held at once anyway
FOR_EACH_FILE = 600  # bytes: its part in the manifest, and its hash among those that the database names


def peak(work):
    """What the work gave, and the most bytes that Python held during it above what it held before."""
    tracemalloc.start()
    try:
        return work(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def measure(folder, cases):
    """The number of files of an office with so many cases, and the peaks of its backup and of the restore."""
    folder.mkdir()
    os.fsync = lambda _: None  # of thousands of files: it would take most of the time
    office, place = (Database(f"sqlite:///{folder / name}") for name in ("alur.sqlite3", "place/alur.sqlite3"))
    migrate(office)
    store, file = FileStore(folder / "files"), folder / "office.tar.gz"
    fill(office, store, cases)
    made, backup_peak = peak(lambda: backup(office, store, file, at=NOW))
    done, restore_peak = peak(lambda: restore(place, FileStore(folder / "place" / "files"), file))
    assert (made.missing, done.faults, done.cases) == ((), (), cases)
    office.close()
    place.close()
    return made.files, backup_peak, restore_peak


def test_what_a_backup_and_a_restore_hold_grows_by_little_for_each_file(tmp_path):
    # A process of its own: in this one other tests have left threads and garbage, which would be counted.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        alone.submit(measure, tmp_path / "first", 1).result()  # so that what is loaded once is there
        few, *before = alone.submit(measure, tmp_path / "few", FEW).result()
        many, *after = alone.submit(measure, tmp_path / "many", MANY).result()

    grown = [(late - early) / (many - few) for early, late in zip(before, after, strict=True)]
    assert max(grown) < FOR_EACH_FILE, (before, after)


def test_no_rows_are_taken_in_whole_that_grow_in_number_with_the_office(database, store, tmp_path):
    """PostgreSQL's driver takes in what a statement found before the first row is looked at, unless there is a cursor."""
    fill(database, store, AT_ONCE + 1)
    taken_in = []

    def note(_connection, cursor, statement, *_):
        if (result := getattr(cursor, "pgresult", None)) is not None:
            taken_in.append((result.ntuples, statement))

    event.listen(database.reader, "after_cursor_execute", note)
    made = backup(database, store, tmp_path / "office.tar.gz", at=NOW)
    with database.read() as session:
        report = inspect(session, store)
        assert (report.faults, report.cases) == ((), AT_ONCE + 1)
        assert audit.count(session, None) > AT_ONCE

    assert made.missing == ()
    assert bool(taken_in) == (database.dialect == "postgresql")
    assert [statement for rows, statement in taken_in if rows > AT_ONCE] == []
