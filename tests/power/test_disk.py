"""The model itself: what was synced stays, and what was not may be lost, as fsync(2) promises no more."""

import os
import signal
import sqlite3
from random import Random

import pytest


def sync(path):
    handle = os.open(path, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def found(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write_twice(root):
    with (root / "buku").open("wb") as file:
        file.write(b"satu")
        file.flush()
        os.fsync(file.fileno())
        sync(root)
        file.write(b"dua")


def test_bytes_stay_as_of_their_sync(disk, watched, after):
    watched(write_twice, disk.root)

    assert found(after()) == {"buku": b"satu"}


def sync_no_name(root):
    (root / "buku").write_bytes(b"satu")
    sync(root / "buku")


def test_a_name_whose_folder_was_not_synced_is_lost(disk, watched, after):
    watched(sync_no_name, disk.root)

    assert found(after()) == {}


def sync_no_bytes(root):
    (root / "buku").write_bytes(b"satu")
    sync(root)


def test_a_name_whose_file_was_not_synced_is_empty(disk, watched, after):
    watched(sync_no_bytes, disk.root)

    assert found(after()) == {"buku": b""}


def make_folders(root):
    (root / "rak" / "map").mkdir(parents=True)
    (root / "rak" / "map" / "buku").write_bytes(b"satu")
    for path in ("rak/map/buku", "rak/map", "rak"):
        sync(root / path)


def test_what_stands_in_a_folder_without_a_name_is_lost_with_it(disk, watched, after):
    watched(make_folders, disk.root)

    assert found(after()) == {}

    watched(sync, disk.root)

    assert found(after() / "rak" / "map") == {"buku": b"satu"}


def rename_and_remove(root):
    (root / "lama").rename(root / "baru")
    (root / "usang").unlink()


def test_what_was_renamed_or_removed_since_is_as_before(disk, watched, after):
    (disk.root / "lama").write_bytes(b"satu")
    (disk.root / "usang").write_bytes(b"dua")
    disk.begin()

    watched(rename_and_remove, disk.root)

    assert found(after()) == {"lama": b"satu", "usang": b"dua"}


def begin_again(root):
    write_twice(root)
    (root / "buku").unlink()
    sync_no_bytes(root)


def test_an_inode_whose_number_is_given_again_begins_empty(disk, watched, after):
    """A file system hands out at once a number that has become free."""
    watched(begin_again, disk.root)

    assert found(after()) == {"buku": b""}


def change_names(root):
    (root / "baru").write_bytes(b"dua")
    (root / "lama").unlink()


def test_dice_choose_between_what_was_synced_and_what_stands_there(disk, watched, after):
    (disk.root / "lama").write_bytes(b"satu")
    disk.begin()

    watched(change_names, disk.root)
    outcomes = [found(after(Random(seed))) for seed in range(40)]

    assert {frozenset(names) for names in outcomes} == {
        frozenset(names) for names in ((), ("lama",), ("baru",), ("lama", "baru"))
    }
    assert {names["baru"] for names in outcomes if "baru" in names} == {b"", b"dua"}


def write_three(root):
    for name in ("satu", "dua", "tiga"):
        (root / name).write_bytes(name.encode())
        sync(root / name)
        sync(root)


def test_the_power_fails_before_the_sync_that_is_named(disk, watched, after):
    assert watched(write_three, disk.root, cut=4) == -signal.SIGKILL
    assert found(after()) == {"satu": b"satu"}
    assert watched(write_three, disk.root, cut=7) == 0


def commit(root, synchronous):
    book = sqlite3.connect(root / "buku", isolation_level=None)
    book.execute("PRAGMA journal_mode = WAL")
    book.execute(f"PRAGMA synchronous = {synchronous}")
    book.execute("CREATE TABLE lembar (nomor)")
    book.execute("INSERT INTO lembar VALUES (1)")
    os._exit(0)  # the last connection that is closed in good order would write the log back


@pytest.mark.parametrize(("synchronous", "rows"), [("FULL", 1), ("NORMAL", None)])
def test_what_sqlite_has_committed_stays_where_it_syncs_its_log_and_only_there(disk, watched, after, synchronous, rows):
    watched(commit, disk.root, synchronous)

    book = sqlite3.connect(after() / "buku")
    is_there = book.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    assert (book.execute("SELECT count(*) FROM lembar").fetchone()[0] if is_there else None) == rows
    book.close()


def test_a_cut_leaves_the_folder_as_its_syncs_do_and_the_model_goes_on(disk, watched, after):
    watched(write_twice, disk.root)
    disk.cut()
    assert found(disk.root) == {"buku": b"satu"}

    watched(sync_no_name, disk.root)

    assert found(after()) == {"buku": b"satu"}
