"""Uploads: files that were received before it was known which document they are. They are stored first, then asked."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, insert, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import one, run
from alur.workflow.files import FileRef


class Uploads(Base, table=True):
    __tablename__ = "uploads"

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    message_id: int = Field(sa_type=BigInteger)
    sha256: str
    name: str
    size: int = Field(sa_type=BigInteger)
    mime: str
    kind: str
    received_at: datetime = Field(sa_type=UtcMoment)
    settled_at: datetime | None = Field(sa_type=UtcMoment)


@dataclass(frozen=True, kw_only=True, slots=True)
class Upload:
    id: int
    member_id: int
    message_id: int  # of the person's own message, which brought the file
    file: FileRef
    received_at: datetime
    settled_at: datetime | None  # when it became a version, or was given up


UPLOADS = Uploads.table()
ADD = insert(UPLOADS).returning(UPLOADS.c.id)
GET = select(UPLOADS).where(UPLOADS.c.id == bindparam("upload"))
SETTLE = update(UPLOADS).where(UPLOADS.c.id == bindparam("upload"), UPLOADS.c.settled_at.is_(None))


def add(session: Session, *, member_id: int, message_id: int, file: FileRef, at: datetime) -> Upload:
    """The upload; the bytes must be in the store already."""
    subject = {"member_id": member_id, "message_id": message_id}
    new_id = run(session, ADD, received_at=at, **subject, **file.model_dump()).scalar_one()
    return Upload(id=new_id, file=file, received_at=at, settled_at=None, **subject)


def get(session: Session, upload_id: int) -> Upload | None:
    return one(_upload, run(session, GET, upload=upload_id))


def settle(session: Session, upload_id: int, *, at: datetime) -> bool:
    """Whether it was open until now: a question is answered once."""
    return run(session, SETTLE, upload=upload_id, settled_at=at).rowcount == 1


def _upload(
    *,
    id: int,  # noqa: A002 - the column's name
    member_id: int,
    message_id: int,
    received_at: datetime,
    settled_at: datetime | None,
    **file: Any,
) -> Upload:
    return Upload(
        id=id,
        member_id=member_id,
        message_id=message_id,
        file=FileRef(**file),
        received_at=received_at,
        settled_at=settled_at,
    )
