"""An archive: one tar.gz with the database, the stored files and, at its end, a manifest with every member's checksum.

`alur.services.backups` writes and reads them. No name inside an archive ever becomes a path on the disk. What is held in
memory of an archive is one small value for each member, and never what else the library would keep of it.
"""

import gzip
import json
import os
import re
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from pydantic import AwareDatetime, ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

from alur.storage.errors import ArchiveDamaged, RestoreRefused
from alur.workflow.model import Value

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}  # by dialect
FILE = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")  # as they lie in the data folder
CHUNK = 1 << 20  # bytes
UNREADABLE = (OSError, EOFError, zlib.error, tarfile.TarError, ValueError)


@dataclass(frozen=True, kw_only=True, slots=True, config=ConfigDict(extra="forbid", hide_input_in_errors=True))
class StoredPart:
    """No `Value`: there is one for each file of the office, and a model takes three times the room."""

    name: str
    sha256: str
    size: int  # bytes


PART = TypeAdapter(StoredPart)
PART_KEYS = {"name", "sha256", "size"}


class Manifest(Value):
    format: int = FORMAT
    made_at: AwareDatetime
    alur: str  # the version of the program
    dialect: str
    namespace: str | None = None  # PostgreSQL's schema that the tables are in
    revision: str  # of the tables
    missing: tuple[str, ...] = ()  # stored files that were gone or damaged already when the archive was made
    members: tuple[StoredPart, ...]

    @property
    def files(self) -> int:
        return sum(FILE.fullmatch(member.name) is not None for member in self.members)

    def pieces(self) -> Iterator[bytes]:
        """Its JSON, a member to a line: as one text it would take as much room as all members once more."""
        head = self.model_copy(update={"members": ()}).model_dump(mode="json", exclude={"members"})
        yield json.dumps(head)[:-1].encode() + b', "members": ['
        for number, member in enumerate(self.members):
            yield (b",\n" if number else b"\n") + PART.dump_json(member)
        yield b"\n]}\n"


def file_name(digest: str) -> str:
    return f"files/{digest[:2]}/{digest}"


class ArchiveWriter:
    def __init__(self, tar: tarfile.TarFile, made_at: datetime, folder: Path) -> None:
        """`folder` is where the manifest may lie until it is written."""
        self._tar, self._made_at, self._folder = tar, int(made_at.timestamp()), folder
        self.members: list[StoredPart] = []

    def add(self, name: str, file: IO[bytes]) -> None:
        digest = file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type] # `IO` says no `readinto`
        self.members.append(StoredPart(name=name, sha256=digest, size=self._put(name, file)))

    def finish(self, manifest: Manifest) -> None:
        with TemporaryFile(dir=self._folder) as text:
            text.writelines(manifest.pieces())
            self._put(MANIFEST, text)

    def _put(self, name: str, file: IO[bytes]) -> int:
        """The size."""
        item = tarfile.TarInfo(name)
        item.size, item.mode, item.mtime = file.seek(0, os.SEEK_END), 0o600, self._made_at
        file.seek(0)
        self._tar.addfile(item, file)
        _forget(self._tar)
        return item.size


@contextmanager
def writing(path: Path, made_at: datetime) -> Iterator[ArchiveWriter]:
    """A new archive, readable by its owner alone, and on the disk at the end; it must be finished with its manifest."""
    with path.open("xb") as file:
        path.chmod(0o600)
        with (
            gzip.GzipFile(
                filename="", fileobj=file, mode="wb", compresslevel=6, mtime=int(made_at.timestamp())
            ) as whole,
            tarfile.open(fileobj=whole, mode="w", format=tarfile.GNU_FORMAT) as tar,
        ):
            yield ArchiveWriter(tar, made_at, path.parent)
        file.flush()
        os.fsync(file.fileno())


class ArchiveReader:
    """Reads an archive from its beginning to its end, as often as is wanted. Whatever is wrong with it is raised as
    `ArchiveDamaged` with the name of the member that was being read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._at = "its beginning"

    def check(self) -> Manifest:
        """The manifest, after every member's bytes were held against it."""
        found: dict[str, StoredPart] = {}
        manifest = None
        for name, chunks in self.members():
            if name in found or manifest is not None:
                raise self.damaged(name, "stands where nothing should")
            if name == MANIFEST:
                manifest = self._manifest(b"".join(chunks), found)
                self._compare(manifest, found)
                continue
            digest, size = sha256(), 0
            for chunk in chunks:
                digest.update(chunk)
                size += len(chunk)
            found[name] = StoredPart(name=name, sha256=digest.hexdigest(), size=size)
        if manifest is None:
            raise self.damaged(MANIFEST, "is missing")
        return manifest

    def members(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Name and bytes of each member, to be consumed before the next."""
        self._at = "its beginning"
        with (
            self._watched(),
            gzip.open(self._path) as whole,
            tarfile.open(fileobj=whole, mode="r|", format=tarfile.GNU_FORMAT) as tar,
        ):
            while (item := tar.next()) is not None:
                _forget(tar)
                self._at = item.name
                known = (MANIFEST, *DATABASES.values())
                if not item.isreg() or not (item.name in known or FILE.fullmatch(item.name)):
                    raise self.damaged(repr(item.name), "has no place in a backup")
                yield item.name, self._chunks(tar.extractfile(item))
            while whole.read(CHUNK):  # the checksum of the whole stands behind all
                pass

    def damaged(self, member: str, why: str) -> ArchiveDamaged:
        return ArchiveDamaged(self._path, member, why)

    def _chunks(self, file: IO[bytes] | None) -> Iterator[bytes]:
        with self._watched():
            while file is not None and (chunk := file.read(CHUNK)):
                yield chunk

    @contextmanager
    def _watched(self) -> Iterator[None]:
        try:
            yield
        except UNREADABLE as error:
            reason = (str(error) or type(error).__name__).splitlines()[0]
            raise self.damaged(self._at, f"cannot be read, the archive is damaged or cut short ({reason})") from error

    def _manifest(self, text: bytes, found: dict[str, StoredPart]) -> Manifest:
        """With the very parts that were found, where it names the same: they are not held twice."""

        def look(value: dict[str, Any]) -> object:
            if value.keys() != PART_KEYS:
                return value
            part = StoredPart(**value)
            known = found.get(part.name)
            return known if known == part else part

        with self._watched():
            values = json.loads(text, object_hook=look)
            if isinstance(values, dict) and values.get("format") != FORMAT:
                raise RestoreRefused(f"{self._path} has the format {values.get('format')}: a newer Alur made it")
            return Manifest.model_validate(values)

    def _compare(self, manifest: Manifest, found: dict[str, StoredPart]) -> None:
        for member in manifest.members:
            if member.name not in found:
                raise self.damaged(member.name, "is missing")
            if found[member.name] != member:
                raise self.damaged(member.name, "has other bytes than the manifest says")
        listed = [member.name for member in manifest.members]
        if strange := sorted(found.keys() - set(listed)):
            raise self.damaged(strange[0], "is not in the manifest")
        if len(set(listed)) != len(listed) or DATABASES.get(manifest.dialect) not in found:
            raise self.damaged(MANIFEST, "does not describe a backup")


def _forget(tar: tarfile.TarFile) -> None:
    """Whatever the library remembers of the members so far, a kilobyte for each. It asks for none of it as long as one
    goes through an archive by `next` or `addfile` (since Python 3.13 `stream=True` says the same).
    """
    tar.members = []  # type: ignore[attr-defined] # typeshed does not know it
