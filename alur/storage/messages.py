"""Messages: what stands in which chat, so that a reply to any of them, or a tap on it, finds its subject; and which files of
a case they brought, so that none is sent twice (decision 31).
"""

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import BigInteger, Index, bindparam, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, Json
from alur.storage.statements import Upsert, every, run


class Messages(Base, table=True):
    __tablename__ = "messages"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    message_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    about: dict[str, Any] = Field(sa_type=Json)
    case_id: int | None = Field(default=None)
    sha256: str | None = Field(default=None)
    name: str | None = Field(default=None)
    gone: bool | None = Field(default=None)


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseFile:
    """A file as it was sent about a case: its bytes and its name."""

    case_id: int
    sha256: str
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FileMessage:
    """A message of ours that brought a file to a chat."""

    message_id: int
    sha256: str
    name: str
    gone: bool | None  # whether it is held to stand there no more
    about: dict[str, Any]


MESSAGES = Messages.table()
_is_file = MESSAGES.c.sha256.is_not(None)
Index("ix_messages_files", MESSAGES.c.chat_id, MESSAGES.c.case_id, sqlite_where=_is_file, postgresql_where=_is_file)
KEPT = ("about", "case_id", "sha256", "name", "gone")
RECORD = Upsert(
    lambda insert: (new := insert(MESSAGES)).on_conflict_do_update(
        index_elements=["chat_id", "message_id"], set_={name: new.excluded[name] for name in KEPT}
    )
)
ABOUT = select(MESSAGES.c.about).where(
    MESSAGES.c.chat_id == bindparam("chat"), MESSAGES.c.message_id == bindparam("message")
)
_of_chat = (MESSAGES.c.chat_id == bindparam("chat"), _is_file)
_of_case = (*_of_chat, MESSAGES.c.case_id == bindparam("of_case"))
_shown = (MESSAGES.c[field.name] for field in fields(FileMessage))
FILES = select(*_shown).where(*_of_case).order_by(MESSAGES.c.message_id)
GONE = update(MESSAGES).where(*_of_case)
ALL_GONE = update(MESSAGES).where(*_of_chat)


def record(
    session: Session, chat_id: int, message_id: int, about: dict[str, Any], *, file: CaseFile | None = None
) -> None:
    """From now on the message is about this; `about` must be JSON as it is. `file` is what we sent by it."""
    case_id, sha256, name = (file.case_id, file.sha256, file.name) if file else (None, None, None)
    values = {"about": about, "case_id": case_id, "sha256": sha256, "name": name, "gone": None}
    run(session, RECORD, chat_id=chat_id, message_id=message_id, **values)


def about(session: Session, chat_id: int, message_id: int) -> dict[str, Any] | None:
    """What the message is about; None for one that is not ours or not of record."""
    subject: dict[str, Any] | None = run(session, ABOUT, chat=chat_id, message=message_id).scalar_one_or_none()
    return subject


def files(session: Session, chat_id: int, case_id: int) -> tuple[FileMessage, ...]:
    """The messages that brought files of the case to the chat, oldest first. What was sent before this was kept, or without
    our knowing, is not among them.
    """
    return every(FileMessage, run(session, FILES, chat=chat_id, of_case=case_id))


def files_are_gone(session: Session, chat_id: int, case_id: int | None = None) -> None:
    """The chat has lost a message, or was begun anew: no file (of the case) is held to stand there any more."""
    if case_id is None:
        run(session, ALL_GONE, chat=chat_id, gone=True)
    else:
        run(session, GONE, chat=chat_id, of_case=case_id, gone=True)
