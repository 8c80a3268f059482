from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from alur.storage import file_store, messages, uploads
from alur.storage.errors import FileDamaged
from alur.storage.messages import CaseFile
from alur.workflow.files import FileRef


def test_a_file_is_named_by_its_content(store):
    name = store.put(b"isi")

    assert name == sha256(b"isi").hexdigest()
    assert store.read(name) == b"isi"
    assert store.path(name).read_bytes() == b"isi"


def test_a_file_is_stored_once_and_nothing_else_is_left(store):
    with ThreadPoolExecutor(max_workers=8) as pool:
        names = set(pool.map(store.put, [b"isi"] * 40))

    assert [path for path in store.folder.rglob("*") if path.is_file()] == [store.path(*names)]


def test_a_file_that_was_changed_on_disk_is_not_given_out(store):
    name = store.put(b"isi")
    store.path(name).write_bytes(b"isj")

    with pytest.raises(FileDamaged, match=name):
        store.read(name)

    store.put(b"isi")
    assert store.read(name) == b"isi"


def test_a_file_that_is_gone_is_named(store):
    with pytest.raises(FileDamaged, match="0000"):
        store.read("0" * 64)


def test_a_full_disk_leaves_no_file_under_the_name(store, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("alur.storage.file_store.os.fsync", full)

    with pytest.raises(OSError, match="No space"):
        store.put(b"isi")

    assert [path for path in store.folder.rglob("*") if path.is_file()] == []


def test_telegrams_name_of_a_file_belongs_to_its_kind_and_to_the_name_under_which_it_went_up(database):
    photo = FileRef(sha256="a" * 64, name="foto.jpg", size=3, mime="image/jpeg", kind="photo")
    document, other = photo.model_copy(update={"kind": "document"}), photo.model_copy(update={"name": "lain.jpg"})
    with database.write() as session:
        file_store.remember_file_id(session, photo, "AgAC")
        file_store.remember_file_id(session, photo, "AgAD")

        assert file_store.file_ids(session, [photo])[photo] == "AgAD"
        assert file_store.file_ids(session, [document])[document] is None
        assert file_store.file_ids(session, [other])[other] is None

        file_store.forget_file_id(session, photo)
        assert file_store.file_ids(session, [photo])[photo] is None


def test_an_upload_waits_until_it_is_settled_once(database, siti, at, later):
    file = FileRef(sha256="a" * 64, name="foto.jpg", size=3 * 2**30, mime="image/jpeg", kind="photo")

    with database.write() as session:
        upload = uploads.add(session, member_id=siti.id, message_id=7, file=file, at=at)
        assert uploads.get(session, upload.id) == upload
        assert uploads.get(session, 99) is None
        assert [uploads.settle(session, upload.id, at=later(1)) for _ in range(2)] == [True, False]
        assert uploads.get(session, upload.id).settled_at == later(1)


def test_a_message_knows_what_it_is_about(database):
    with database.write() as session:
        messages.record(session, 7_000_000_001, 5, {"card": 1})
        messages.record(session, 7_000_000_001, 5, {"card": 2})

        assert messages.about(session, 7_000_000_001, 5) == {"card": 2}
        assert messages.about(session, 7_000_000_002, 5) is None


def test_the_files_of_a_case_in_a_chat_are_known_until_the_chat_has_lost_a_message(database):
    chat, other = 7_000_000_001, 7_000_000_002
    with database.write() as session:
        for chat_id, number, case_id in ((chat, 9, 1), (chat, 8, 1), (chat, 10, 2), (other, 11, 1)):
            file = CaseFile(case_id=case_id, sha256=f"{number}" * 64, name=f"{number}.pdf")
            messages.record(session, chat_id, number, {"case_id": case_id, "version": number}, file=file)
        messages.record(session, chat, 12, {"case_id": 1, "task": 3})

        assert [(item.message_id, item.sha256[0], item.name) for item in messages.files(session, chat, 1)] == [
            (8, "8", "8.pdf"),
            (9, "9", "9.pdf"),
        ]

        def gone():
            found = (messages.files(session, *of) for of in ((chat, 1), (chat, 2), (other, 1)))
            return [[bool(item.gone) for item in items] for items in found]

        assert gone() == [[False, False], [False], [False]]
        messages.files_are_gone(session, chat, 1)
        assert gone() == [[True, True], [False], [False]]
        assert messages.about(session, chat, 9) == {"case_id": 1, "version": 9}
        messages.files_are_gone(session, chat)
        assert gone() == [[True, True], [True], [False]]
