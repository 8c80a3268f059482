"""Database and data folder know each other: who may work where."""

import pytest

from alur.storage import folder_mark
from alur.storage.errors import FolderNotShared
from alur.storage.file_store import FileStore


def agree(database, folder):
    with database.write() as session:
        folder_mark.agree(session, folder, FileStore(folder / "files"))


def is_shared(database, folder):
    with database.read() as session:
        return folder_mark.is_shared(session, folder)


def test_the_first_process_marks_its_folder_and_the_next_finds_it_shared(database, tmp_path):
    folder, other = tmp_path / "data", tmp_path / "elsewhere"
    assert is_shared(database, folder)  # nobody has ever worked: any folder will do

    agree(database, folder)
    agree(database, folder)

    assert [is_shared(database, folder), is_shared(database, other)] == [True, False]


def test_another_offices_folder_is_refused(database, tmp_path):
    agree(database, tmp_path / "data")
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / folder_mark.FILE).write_text("0" * 32)

    with pytest.raises(FolderNotShared, match="theirs is not the folder of this database's office"):
        agree(database, tmp_path / "theirs")


def test_a_folder_without_the_files_is_refused_and_one_with_all_of_them_as_after_a_restore_is_taken(
    database, record, tmp_path, monkeypatch
):
    bare, restored = tmp_path / "bare", tmp_path / "restored"
    stored = FileStore(restored / "files").put(b"surat")
    monkeypatch.setattr(folder_mark, "named_files", lambda _session: frozenset({stored}))
    agree(database, restored)
    (restored / folder_mark.FILE).unlink()

    with pytest.raises(FolderNotShared):
        agree(database, bare)
    agree(database, restored)

    assert is_shared(database, restored)
