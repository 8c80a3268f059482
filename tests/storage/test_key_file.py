"""The key that signs: made once, its owner's alone, never written over, and never shown."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from alur.evidence.note import Signer, parsed
from alur.storage import key_file
from alur.storage.key_file import KeyUnusable, is_private, load, load_or_make

MAKE = "import sys; from pathlib import Path; from alur.storage.key_file import load_or_make; "
SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
FOREIGN = f"PRIVATE+KEY+PeterNeumann+c74f20a3+{SECRET}"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "data" / key_file.FILE


def names(folder):
    return [item.name for item in folder.iterdir()]


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_it_with_its_folder(path):
    signer = load_or_make(path)

    assert load(path).line() == signer.line() == load_or_make(path).line()
    assert path.read_text() == f"{signer.line()}\n"
    assert names(path.parent) == [key_file.FILE]
    assert path.stat().st_nlink == 1


def test_each_office_has_a_name_of_its_own(tmp_path):
    names = {load_or_make(tmp_path / str(number)).verifier.name for number in range(20)}

    assert len(names) == 20
    assert all(name.startswith("alur-audit-") and len(name) == len("alur-audit-") + 12 for name in names)


def test_what_it_signs_is_verified_by_what_it_tells(path):
    signer = load_or_make(path)

    assert signer.verifier.has_signed(parsed(signer.signed("teks\n")))
    assert signer.line() not in str(signer.verifier)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o177])
def test_it_is_its_owners_alone_whatever_the_umask(path, umask):
    before = os.umask(umask)
    try:
        load_or_make(path)
    finally:
        os.umask(before)

    assert mode(path) == 0o600
    assert is_private(path)


@pytest.mark.parametrize("bits", [0o640, 0o604, 0o660, 0o610])
def test_a_file_that_others_may_open_is_told_of(path, bits):
    load_or_make(path)
    path.chmod(bits)

    assert not is_private(path)
    assert load(path)


def test_two_processes_that_start_at_once_get_one_key(path):
    tell = f"{MAKE}sys.stdin.read(); print(load_or_make(Path(sys.argv[1])).verifier)"
    several = [
        subprocess.Popen([sys.executable, "-c", tell, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    for process in several:
        process.stdin.close()
    told = {process.stdout.read() for process in several}
    for process in several:
        process.stdout.close()
        assert process.wait() == 0

    assert told == {f"{load(path).verifier}\n"}
    assert names(path.parent) == [key_file.FILE]


def test_many_threads_that_make_it_at_once_get_one_key(tmp_path):
    for attempt in range(10):
        path = tmp_path / str(attempt) / key_file.FILE
        with ThreadPoolExecutor(max_workers=8) as pool:
            lines = {signer.line() for signer in pool.map(load_or_make, [path] * 8)}
        assert lines == {load(path).line()}


@pytest.mark.parametrize(
    "found",
    [
        b"",
        b"\n",
        b"no key",
        FOREIGN.encode()[:-4],
        FOREIGN.replace("c74f20a3", "c74f20a4").encode(),
        FOREIGN.replace("Peter", "P\u00e9ter").encode(),
        b"\xff\xfe" + FOREIGN.encode("utf-16-le"),
        b"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",  # the public half
        f"{FOREIGN}\n{FOREIGN}\n".encode(),
        b"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYH\n-----END PRIVATE KEY-----\n",
        b"\0" * 100,
    ],
)
def test_a_damaged_file_is_told_of_in_a_sentence_without_the_secret_and_left_as_it_is(path, found):
    path.parent.mkdir()
    path.write_bytes(found)

    for use in (load, load_or_make):
        with pytest.raises(KeyUnusable, match="is no key of Alur's; put the right file back, or take it away") as told:
            use(path)
        assert str(told.value).startswith(f"ALUR_AUDIT_KEY_FILE: {path} ")
        assert SECRET[:10] not in str(told.value)
    assert path.read_bytes() == found
    assert names(path.parent) == [key_file.FILE]


def test_a_key_that_another_tool_of_signed_notes_made_is_taken_as_it_is(path):
    path.parent.mkdir()
    path.write_text(FOREIGN)

    assert load_or_make(path).verifier.name == "PeterNeumann"


def test_whoever_only_looks_makes_none(path):
    with pytest.raises(KeyUnusable, match="does not exist; `alur run` makes it at its first start"):
        load(path)

    assert not path.parent.exists()


def test_a_folder_in_its_place_is_told_of(path):
    path.mkdir(parents=True)

    with pytest.raises(KeyUnusable, match="cannot be read: Is a directory"):
        load_or_make(path)


def test_a_place_below_a_file_is_told_of(tmp_path):
    (tmp_path / "data").write_text("")

    with pytest.raises(KeyUnusable, match=r"cannot be (read|made): "):
        load_or_make(tmp_path / "data" / "audit.key")


def test_a_link_that_leads_nowhere_is_not_followed_to_make_one(path):
    path.parent.mkdir()
    path.symlink_to(path.parent / "unmounted" / "key")

    with pytest.raises(KeyUnusable, match="does not exist"):
        load_or_make(path)
    assert names(path.parent) == [key_file.FILE]


def test_a_link_to_a_key_is_followed(path, tmp_path):
    kept = load_or_make(tmp_path / "secrets" / "key")
    path.parent.mkdir()
    path.symlink_to(tmp_path / "secrets" / "key")

    assert load_or_make(path).line() == kept.line()


@pytest.mark.parametrize("fails", ["link", "fsync"])
def test_where_it_cannot_be_kept_nothing_of_it_stays(path, monkeypatch, fails):
    def fail(*_args, **_values):
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, fails, fail)

    with pytest.raises(KeyUnusable, match="cannot be made: No space left on device"):
        load_or_make(path)
    assert not path.parent.exists() or names(path.parent) == []


def test_what_cannot_be_looked_into_is_told_of(path, monkeypatch):
    """As root one may look into everything."""

    def fail(*_args, **_values):
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr(type(path), "read_text", fail)

    with pytest.raises(KeyUnusable, match="cannot be read: Permission denied"):
        load_or_make(path)


def test_a_key_shows_nothing_of_itself(path):
    signer = load_or_make(path)

    assert isinstance(signer, Signer)
    assert signer.line().rpartition("+")[2][:10] not in repr(signer) + str(signer)
