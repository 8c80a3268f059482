"""Once a night an archive is made, a fortnight of them is kept, and whoever must mend a failure is told of it."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from alur.storage.backup_file import ArchiveReader
from jobs.backup import KEPT, NightlyBackup
from tests.workflow.walk import wib

NIGHT = wib("2026-11-03 02:00")
NAME = "alur-2026-11-03.tar.gz"


@pytest.fixture
def nightly(house, people, opened, store, tmp_path):
    """The job in an office with a case, and its folder, which is not made yet."""
    store.put(b"surat.pdf")
    folder = tmp_path / "backups"
    job = NightlyBackup(house, house.database, store, folder)

    async def run(at=NIGHT, go_on=lambda: True):
        house.now = at
        return await job.run(at, go_on)

    return SimpleNamespace(run=run, folder=folder, store=store, house=house, admin=people.admin)


def names(nightly):
    return sorted(path.name for path in nightly.folder.iterdir()) if nightly.folder.exists() else []


def told(nightly):
    return [(row.member_id, row.about) for row in nightly.house.told("backup_failed")]


async def test_it_is_made_at_two_in_the_night_and_can_be_restored_from(nightly):
    assert not await nightly.run(wib("2026-11-03 01:59"))
    assert names(nightly) == []

    assert not await nightly.run()

    assert names(nightly) == [NAME]
    assert ArchiveReader(nightly.folder / NAME).check().made_at == NIGHT
    assert told(nightly) == []


async def test_there_is_one_for_each_date(nightly):
    await nightly.run()
    made = (nightly.folder / NAME).stat()

    await nightly.run(NIGHT + timedelta(minutes=5))
    await NightlyBackup(nightly.house, nightly.house.database, nightly.store, nightly.folder).run(NIGHT, lambda: True)
    await nightly.run(NIGHT + timedelta(days=1))

    assert (nightly.folder / NAME).stat() == made
    assert names(nightly) == [NAME, "alur-2026-11-04.tar.gz"]


async def test_a_night_when_nobody_worked_is_made_up_for_in_the_morning(nightly):
    await nightly.run(wib("2026-11-03 08:05"))

    assert names(nightly) == [NAME]


async def test_the_last_fourteen_are_kept_and_nothing_else_is_touched(nightly):
    nightly.folder.mkdir()
    days = [NIGHT - timedelta(days=number) for number in range(1, 21)]
    for day in days:
        (nightly.folder / f"alur-{day.date()}.tar.gz").touch()
    others = {"alur-before-the-move.tar.gz", "alur-2026-01-01.tar.gz.old", "notes.txt"}
    for name in others:
        (nightly.folder / name).touch()

    await nightly.run()

    kept = {NAME, *(f"alur-{day.date()}.tar.gz" for day in days[: KEPT - 1])}
    assert KEPT == 14
    assert set(names(nightly)) == kept | others


async def test_what_a_killed_process_left_is_cleared_away(nightly):
    left = nightly.folder / ".alur-2026-11-02.tar.gz.x1"
    left.mkdir(parents=True)
    (left / "archive").write_bytes(b"half")

    await nightly.run()

    assert names(nightly) == [NAME]


async def test_a_failure_is_told_once_a_night_and_removes_no_older_one(nightly):
    nightly.folder.mkdir()
    for number in range(1, 20):
        (nightly.folder / f"alur-{(NIGHT - timedelta(days=number)).date()}.tar.gz").touch()
    before = names(nightly)
    unreadable = nightly.store.path(next(nightly.store.stored()))
    unreadable.unlink()
    unreadable.mkdir()

    assert [await nightly.run(NIGHT + timedelta(minutes=minutes)) for minutes in (0, 5, 10)] == [True, False, False]

    ((member, about),) = told(nightly)
    assert member == nightly.admin
    assert about["error"].startswith("no backup was made: ")
    assert about["date"] == "2026-11-03"
    assert names(nightly) == before
    unreadable.rmdir()
    await nightly.run(NIGHT + timedelta(days=1))
    assert "alur-2026-11-04.tar.gz" in names(nightly)


async def test_files_that_are_gone_are_told_and_the_backup_is_there(nightly):
    digest = next(nightly.store.stored())
    nightly.store.path(digest).unlink()

    assert [await nightly.run(), await nightly.run()] == [True, False]

    assert names(nightly) == [NAME]
    assert told(nightly) == [(nightly.admin, {"error": "", "missing": [digest], "date": "2026-11-03"})]


async def test_whoever_stops_leaves_it_to_the_next_start_without_a_word(nightly):
    assert not await nightly.run(go_on=lambda: False)

    assert names(nightly) == []
    assert told(nightly) == []
    assert not await nightly.run()
    assert names(nightly) == [NAME]
