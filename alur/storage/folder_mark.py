"""The mark by which database and data folder know each other: several processes must share both (DESIGN §5.7).

The process that leads agrees on it at the beginning of its term; `alur check` asks.
"""

from pathlib import Path
from uuid import uuid4

from sqlalchemy import CheckConstraint, Text, bindparam, insert, select
from sqlmodel import Field, Session

from alur.storage.columns import Base
from alur.storage.durable import make_folder, sync
from alur.storage.errors import FolderNotShared
from alur.storage.file_store import FileStore
from alur.storage.named_files import named_files
from alur.storage.statements import run

FILE = "office.id"  # in the data folder


class FolderMark(Base, table=True):
    __tablename__ = "folder_mark"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(primary_key=True)
    mark: str = Field(sa_type=Text)


MARK = FolderMark.table()
GET = select(MARK.c.mark)
PUT = insert(MARK).values(id=1, mark=bindparam("new_mark"))


def agree(session: Session, folder: Path, store: FileStore) -> None:
    """Marks a new office, or a folder that holds every file that the database names, as a restored one does. Raises
    `FolderNotShared` where the folder is another office's, or lacks what the other processes have stored.
    """
    known: str | None = run(session, GET).scalar_one_or_none()
    found = _read(folder)
    if known is None:
        known = found or uuid4().hex
        run(session, PUT, new_mark=known)
    if found is None and all(store.path(sha256).exists() for sha256 in named_files(session)):
        _write(folder, known)
    elif found != known:
        raise FolderNotShared(str(folder))


def is_shared(session: Session, folder: Path) -> bool:
    """Whether the folder has the database's mark; also where no process has ever worked on the database."""
    known = run(session, GET).scalar_one_or_none()
    return known is None or known == _read(folder)


def _read(folder: Path) -> str | None:
    try:
        return (folder / FILE).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None


def _write(folder: Path, mark: str) -> None:
    make_folder(folder)
    begun = folder / f".{FILE}"
    begun.write_text(f"{mark}\n", encoding="ascii")
    sync(begun)
    begun.replace(folder / FILE)
    sync(folder)
