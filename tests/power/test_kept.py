"""What is told to be kept is kept: stored files, the key, the mark, backups, a restore, and the first start, each with the power
cut before every one of its syncs.

A process that was killed leaves its names and bytes to the next, who finds them and may take them for kept: so each is also
killed there, begun again, and cut off at its end.
"""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from random import Random

import pytest

from alur.services import backups
from alur.storage import folder_mark, key_file, members, uploads
from alur.storage.backup_file import ArchiveReader
from alur.storage.database import Database, is_begun
from alur.storage.file_store import FileStore
from alur.storage.lead import Lead
from alur.storage.migrations import is_current, migrate
from alur.storage.named_files import named_files
from alur.workflow.files import FileRef
from jobs.backup import KEPT, NightlyBackup

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
LETTER = b"surat"
PAPERS = (LETTER, b"undangan", b"notula")
SEEDS = range(4)  # of what a disk may have kept besides


def cuts(watched, function, *arguments):
    """Begins the work anew from what a cut before each of its syncs left, and yields there; at last it is done."""
    for number in range(1, 400):
        status = watched(function, *arguments, cut=number)
        yield number
        if status == 0:
            assert number > 1, "nothing was synced"
            return
        assert status == -9, "it failed by itself"
    raise AssertionError("there is no end to it")


def afterwards(after):
    """What the disk must have kept, and what it may have."""
    return [after(), *(after(Random(seed)) for seed in SEEDS)]


# Stored files


def store_papers(root):
    for data in PAPERS:
        FileStore(root / "data" / "files").put(data)


def of_papers(folder):
    store = FileStore(folder / "data" / "files")
    return [store.read(sha256(data).hexdigest()) for data in PAPERS]


def test_what_was_stored_is_there_after_a_cut(disk, watched, after):
    assert watched(store_papers, disk.root) == 0

    for left in afterwards(after):
        assert of_papers(left) == list(PAPERS)


def test_what_one_who_was_killed_had_begun_to_store_is_kept_by_the_next(disk, watched, after):
    for _ in cuts(watched, store_papers, disk.root):
        assert watched(store_papers, disk.root) == 0

        assert of_papers(after()) == list(PAPERS)

        shutil.rmtree(disk.root / "data")
        disk.begin()


def test_whatever_stands_under_a_hash_is_whole_at_every_moment(disk, watched, after):
    for _ in cuts(watched, store_papers, disk.root):
        for left in afterwards(after):
            store = FileStore(left / "data" / "files")
            for digest in store.stored():
                store.read(digest)
        shutil.rmtree(disk.root / "data", ignore_errors=True)
        disk.begin()


# The key, and the mark


def make_key(root):
    key_file.load_or_make(root / "data" / "audit.key")


def test_a_key_that_was_given_out_is_there_after_a_cut(disk, watched, after):
    path = disk.root / "data" / "audit.key"
    for _ in cuts(watched, make_key, disk.root):
        assert watched(make_key, disk.root) == 0

        kept = after() / "data" / "audit.key"
        assert key_file.load(kept).line() == key_file.load(path).line()
        assert key_file.is_private(path)

        shutil.rmtree(disk.root / "data")
        disk.begin()


def agree(root):
    """On a folder that is made only now."""
    store = FileStore(root / "data" / "files")
    with closing(Database(f"sqlite:///{root / 'alur.sqlite3'}")) as database, database.write() as session:
        folder_mark.agree(session, root / "data", store)


def test_a_folders_mark_is_there_as_soon_as_the_database_knows_it(disk, watched, after, migrated_sqlite):
    shutil.copyfile(migrated_sqlite, disk.root / "alur.sqlite3")
    disk.begin()

    for _ in cuts(watched, agree, disk.root):
        left = after()
        with closing(Database(f"sqlite:///{left / 'alur.sqlite3'}")) as database, database.read() as session:
            assert folder_mark.is_shared(session, left / "data")
        disk.cut()


# The first start


def begin(root):
    with closing(Database(f"sqlite:///{root / 'data' / 'alur.sqlite3'}")) as database:
        lead = Lead(database)
        assert lead.win()
        migrate(database)
        with database.write() as session:
            if members.by_telegram_id(session, 7_000_000_001) is None:
                enrol(session)


def enrol(session):
    return members.enrol(session, telegram_id=7_000_000_001, name="Siti", sapaan="Ibu", unit=None, at=NOW)


def test_a_first_start_that_is_cut_off_anywhere_is_begun_again_and_then_stands(disk, watched, after):
    for _ in cuts(watched, begin, disk.root):
        disk.cut()
        assert watched(begin, disk.root) == 0
        left = after()
        with closing(Database(f"sqlite:///{left / 'data' / 'alur.sqlite3'}")) as database:
            assert is_current(database)
            with database.read() as session:
                assert members.by_telegram_id(session, 7_000_000_001).name == "Siti"
        shutil.rmtree(disk.root / "data")
        disk.begin()


# Backups


@pytest.fixture
def office(disk, migrated_sqlite):
    """An office whose database names a file."""
    folder = disk.root / "kantor"
    folder.mkdir()
    shutil.copyfile(migrated_sqlite, folder / "alur.sqlite3")
    database, store = of(folder)
    with closing(database), database.write() as session:
        member = enrol(session)
        file = FileRef(sha256=store.put(LETTER), name="surat.pdf", size=len(LETTER), mime="application/pdf")
        uploads.add(session, member_id=member.id, message_id=1, file=file, at=NOW)
    disk.begin()
    return folder


def of(folder):
    return Database(f"sqlite:///{folder / 'alur.sqlite3'}"), FileStore(folder / "files")


def is_whole(folder):
    """Whether an office has begun to be there: then nothing of it may be missing."""
    database, store = of(folder)
    with closing(database):
        if not is_begun(database.url):
            return False
        with database.read() as session:
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            names = named_files(session)
        assert {store.read(name) for name in names} == {LETTER}
    return True


def back_up(root):
    database, store = of(root / "kantor")
    job = NightlyBackup(None, database, store, root / "kantor" / "backups")
    with closing(database):
        job._make(root / "kantor" / "backups" / f"alur-{NOW.date()}.tar.gz", NOW, lambda: True)


def test_a_backup_whose_name_stands_is_whole_and_the_old_ones_wait_for_it(disk, office, watched, after):
    (office / "backups").mkdir()
    for day in range(1, KEPT + 1):
        (office / "backups" / f"alur-2026-10-{day:02}.tar.gz").write_bytes(b"")
    disk.begin()
    new = f"alur-{NOW.date()}.tar.gz"

    for _ in cuts(watched, back_up, disk.root):
        for left in afterwards(after):
            standing = {path.name for path in (left / "kantor" / "backups").glob("alur-*")}
            assert len(standing) >= KEPT
            if new in standing:
                assert ArchiveReader(left / "kantor" / "backups" / new).check().files == 1
            else:
                assert len(standing) == KEPT
        disk.cut()

    assert (after() / "kantor" / "backups" / new).exists()


def test_the_first_backup_stands_with_its_folder(disk, office, watched, after):
    assert watched(back_up, disk.root) == 0

    (file,) = (after() / "kantor" / "backups").glob("alur-*")
    assert ArchiveReader(file).check().files == 1


def restore(root):
    (root / "baru").mkdir(exist_ok=True)
    database, store = of(root / "baru")
    with closing(database):
        backups.restore(database, store, root / "arsip")


@pytest.fixture
def archive(disk, office):
    database, store = of(office)
    with closing(database):
        backups.backup(database, store, disk.root / "arsip", at=NOW)
    disk.begin()


@pytest.mark.parametrize("place", ["new", "used"])
def test_a_restore_is_there_whole_or_not_at_all_and_stays_when_it_was_told(disk, archive, watched, after, place):
    def prepare():
        shutil.rmtree(disk.root / "baru", ignore_errors=True)
        if place == "used":  # by an empty folder, and a database without tables whose log was left
            (disk.root / "baru" / "files").mkdir(parents=True)
            book = sqlite3.connect(disk.root / "baru" / "alur.sqlite3", isolation_level=None)
            book.execute("PRAGMA journal_mode = WAL")
            book.execute("CREATE TABLE lama (nomor)")
            book.execute("DROP TABLE lama")
            book.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            book.execute("PRAGMA user_version = 1")  # the log has the first page alone, which names another as free
            for suffix in ("", "-wal"):
                name = f"alur.sqlite3{suffix}"
                shutil.copyfile(disk.root / "baru" / name, disk.root / name)
            book.close()
            for suffix in ("", "-wal"):
                shutil.move(disk.root / f"alur.sqlite3{suffix}", disk.root / "baru" / f"alur.sqlite3{suffix}")
        disk.begin()

    prepare()
    for _ in cuts(watched, restore, disk.root):
        for left in afterwards(after):
            is_there(left)
        done = after()
        prepare()

    assert is_whole(done / "baru")


def is_there(left):
    """An office that has tables is whole."""
    database, _ = of(left / "baru")
    with closing(database):
        if not is_begun(database.url):
            return
        with database.read() as session:
            tables = session.connection().exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
            assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    assert tables == 0 or is_whole(left / "baru")
