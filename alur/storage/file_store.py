"""Files: bytes on disk under the name of their SHA-256, and under which file_id Telegram knows them.

The bytes are stored before the transaction that names them: a file without a row is harmless, a row without its file
is not. The file_id is a cache; the bytes are always at hand.
"""

import os
import re
from collections.abc import Collection, Iterator
from hashlib import sha256 as hashed
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy import Text, bindparam, delete, select
from sqlmodel import Field, Session

from alur.storage.columns import Base
from alur.storage.durable import make_folder, sync, sync_name
from alur.storage.errors import FileDamaged
from alur.storage.statements import Upsert, run
from alur.workflow.files import FileRef


class Files(Base, table=True):
    __tablename__ = "files"

    sha256: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    name: str = Field(primary_key=True, sa_type=Text)
    file_id: str = Field(sa_type=Text)


NAME = re.compile(r"[0-9a-f]{64}")
FILES = Files.table()
_key = (FILES.c.sha256 == bindparam("digest"), FILES.c.kind == bindparam("sort"), FILES.c.name == bindparam("called"))
FILE_IDS = select(FILES).where(FILES.c.sha256.in_(bindparam("contents", expanding=True)))
FORGET = delete(FILES).where(*_key)
REMEMBER = Upsert(
    lambda insert: (new := insert(FILES)).on_conflict_do_update(
        index_elements=["sha256", "kind", "name"], set_={"file_id": new.excluded.file_id}
    )
)


class FileStore:
    """The files under one folder, which is made at the first `put`. Safe for any number of threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file is, if it is stored."""
        return self.folder / sha256[:2] / sha256

    def put(self, data: bytes) -> str:
        """The SHA-256 of the bytes, which are on the disk when this returns; a damaged copy of them is mended."""
        digest = hashed(data).hexdigest()
        path = self.path(digest)
        make_folder(path.parent)
        if path.exists() and path.read_bytes() == data:
            sync(path)  # whoever put it may have been killed before he had
        else:
            self._write(path, data)
        sync_name(path)
        return digest

    def _write(self, path: Path, data: bytes) -> None:
        """Whole and on the disk before it gets its name."""
        with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                Path(file.name).unlink()  # a full disk is not made fuller by every new try
                raise
        Path(file.name).replace(path)

    def read(self, sha256: str) -> bytes:
        """The bytes; FileDamaged if they are gone or are not those that were put."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError:
            raise FileDamaged(sha256) from None
        if hashed(data).hexdigest() != sha256:
            raise FileDamaged(sha256)
        return data

    def stored(self) -> Iterator[str]:
        """The SHA-256 of every file, unread and in order; one that is put meanwhile may be among them."""
        for folder in sorted(self.folder.glob("??")):  # one after the other: of a whole office there are many names
            for path in sorted(folder.glob("*")):
                if NAME.fullmatch(path.name) and path == self.path(path.name):
                    yield path.name


def file_ids(session: Session, files: Collection[FileRef]) -> dict[FileRef, str | None]:
    """How Telegram calls each when it is sent as its kind: a photo cannot be sent as a document, and whoever is sent a file_id
    reads the name under which the file first went up. None for one that was never sent so.
    """
    if not files:
        return {}
    rows = run(session, FILE_IDS, contents=sorted({file.sha256 for file in files}))
    found = {(row.sha256, row.kind, row.name): row.file_id for row in rows}
    return {file: found.get((file.sha256, file.kind, file.name)) for file in files}


def remember_file_id(session: Session, file: FileRef, file_id: str) -> None:
    run(session, REMEMBER, sha256=file.sha256, kind=file.kind, name=file.name, file_id=file_id)


def forget_file_id(session: Session, file: FileRef) -> None:
    run(session, FORGET, **_of(file))


def _of(file: FileRef) -> dict[str, str]:
    return {"digest": file.sha256, "sort": file.kind, "called": file.name}
