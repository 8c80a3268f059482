"""An archive is read back as it was written, or refused with the name of what is wrong in it. Nothing is extracted here:
names never become paths.
"""

import gzip
import io
import json
import random
import stat
import tarfile
from hashlib import sha256

import pytest

from alur.storage.backup_file import ArchiveReader, Manifest, StoredPart, file_name, writing
from alur.storage.errors import ArchiveDamaged, RestoreRefused

# Bytes that cannot be packed any smaller: where a member lies in the archive is then where it lies in the file.
LARGE = 200_000
DATABASE = random.Random(1).randbytes(LARGE)
FILES = [random.Random(seed).randbytes(LARGE) for seed in (2, 3)]
DATABASE_NAME = "database.sqlite3"


@pytest.fixture
def archive(tmp_path, at):
    """A good one."""
    path = tmp_path / "office.tar.gz"
    with writing(path, at) as archive:
        archive.add(DATABASE_NAME, io.BytesIO(DATABASE))
        for data in FILES:
            archive.add(file_name(sha256(data).hexdigest()), io.BytesIO(data))
        archive.finish(manifest(archive.members, at))
    return path


def manifest(members, at, **changes):
    known = {"made_at": at, "alur": "0.1.0", "dialect": "sqlite", "revision": "0002", "members": tuple(members)}
    return Manifest(**known | changes)


def packed(path, *items):
    """An archive of whatever there is in it: names with bytes, or ready `TarInfo`."""
    with tarfile.open(path, "w:gz") as tar:
        for name, data in items:
            item = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            item.size = len(data)
            tar.addfile(item, io.BytesIO(data))
    return path


def member(name, data):
    return StoredPart(name=name, sha256=sha256(data).hexdigest(), size=len(data))


def text(at, *members, **changes):
    return manifest([member(DATABASE_NAME, b"x"), *members], at, **changes).model_dump_json().encode()


def refused(path):
    with pytest.raises(ArchiveDamaged) as refusal:
        ArchiveReader(path).check()
    said = str(refusal.value)
    assert said.startswith(f"{path}: ")
    assert "\n" not in said
    return refusal.value.member


def test_an_archive_is_read_back_with_every_checksum_and_belongs_to_its_maker_alone(archive):
    found = ArchiveReader(archive).check()

    assert [item.name for item in found.members] == [
        DATABASE_NAME,
        *(file_name(sha256(data).hexdigest()) for data in FILES),
    ]
    assert found.members[0] == member(DATABASE_NAME, DATABASE)
    assert found.files == 2
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600


def test_other_programs_can_read_it(archive):
    with tarfile.open(archive) as tar:
        assert json.loads(tar.extractfile("manifest.json").read())["dialect"] == "sqlite"
        assert tar.extractfile(DATABASE_NAME).read() == DATABASE
        tar.extraction_filter = tarfile.data_filter
        assert {item.mode for item in tar} == {0o600}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_one_flipped_byte_is_refused_with_the_name_of_its_member(archive, number):
    names = [item.name for item in ArchiveReader(archive).check().members]
    data = bytearray(archive.read_bytes())
    data[number * LARGE + LARGE // 2] ^= 0x01
    archive.write_bytes(data)

    assert refused(archive) == names[number]


def test_wherever_a_bit_is_flipped_the_archive_is_refused_or_holds_the_same(tmp_path, at):
    """A few bits of the packing mean nothing, such as the moment in its head: with them all members are still there."""
    path = packed(tmp_path / "a.tar.gz", (DATABASE_NAME, b"x"), ("manifest.json", text(at)))
    good, whole = ArchiveReader(path).check(), path.read_bytes()
    accepted = []

    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes((whole[place] ^ 0x10,)) + whole[place + 1 :])
        try:
            assert ArchiveReader(path).check() == good
        except (ArchiveDamaged, RestoreRefused):
            continue
        accepted.append(place)

    head, last_code = range(3, 10 + len("a.tar") + 1), len(whole) - 9
    assert set(accepted) <= {*head, last_code}


@pytest.mark.parametrize("number", [0, 1, 2])
def test_an_archive_cut_short_is_refused_with_the_name_of_the_member_that_ends_there(archive, number):
    names = [item.name for item in ArchiveReader(archive).check().members]
    archive.write_bytes(archive.read_bytes()[: number * LARGE + LARGE // 2])

    assert refused(archive) == names[number]


def test_an_archive_without_its_last_bytes_is_refused(archive):
    archive.write_bytes(archive.read_bytes()[:-1])

    assert refused(archive) == "manifest.json"


@pytest.mark.parametrize("content", [b"", b"no archive at all", gzip.compress(b"packed, and still none" * 99, mtime=0)])
def test_what_is_no_archive_is_refused(tmp_path, content):
    path = tmp_path / "letter.pdf"
    path.write_bytes(content)

    assert refused(path) in {"its beginning", "manifest.json"}


@pytest.mark.parametrize(
    "name",
    [
        "../alur.sqlite3",
        "/etc/passwd",
        "files/../../etc/passwd",
        "files/ab/../../x",
        file_name("ab" * 32).replace("/ab/", "/cd/"),
        ".env",
        "database.sqlite3/x",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, at, name):
    path = packed(tmp_path / "a.tar.gz", (DATABASE_NAME, b"x"), (name, b"y"), ("manifest.json", text(at)))

    assert name in refused(path)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE])
def test_only_plain_files_are_taken(tmp_path, kind):
    item = tarfile.TarInfo(DATABASE_NAME)
    item.type, item.linkname = kind, "/etc/passwd"

    assert DATABASE_NAME in refused(packed(tmp_path / "a.tar.gz", (item, b"")))


def test_members_and_manifest_must_be_the_same_set(tmp_path, at):
    path = tmp_path / "a.tar.gz"
    extra = file_name(sha256(b"y").hexdigest())
    base = (DATABASE_NAME, b"x")

    assert refused(packed(path, base)) == "manifest.json"
    assert refused(packed(path, base, ("manifest.json", text(at, member(extra, b"y"))))) == extra
    assert refused(packed(path, base, (extra, b"y"), ("manifest.json", text(at)))) == extra
    assert refused(packed(path, base, base, ("manifest.json", text(at)))) == DATABASE_NAME
    assert refused(packed(path, base, ("manifest.json", text(at)), (extra, b"y"))) == extra
    assert refused(packed(path, base, ("manifest.json", text(at, dialect="postgresql")))) == "manifest.json"
    assert refused(packed(path, base, ("manifest.json", b"{"))) == "manifest.json"
    assert refused(packed(path, base, ("manifest.json", b'{"format": 1, "members": []}'))) == "manifest.json"


def test_an_archive_of_a_later_format_is_refused_as_such(tmp_path):
    path = packed(tmp_path / "a.tar.gz", (DATABASE_NAME, b"x"), ("manifest.json", b'{"format": 2, "news": 1}'))

    with pytest.raises(RestoreRefused, match="format 2"):
        ArchiveReader(path).check()
