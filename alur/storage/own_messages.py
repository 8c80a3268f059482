"""People's own messages: what each said when it was read, and what it was taken as; for as long as it may be changed inside.

Of the words a hash is kept, of a file the id under which Telegram knows it for all bots.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, bindparam, delete, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, Json, UtcMoment
from alur.storage.statements import Upsert, every, one, run
from alur.workflow.taken import TAKEN, Taken


class OwnMessages(Base, table=True):
    __tablename__ = "own_messages"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    message_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    words: str
    file: str | None
    taken: dict[str, Any] = Field(sa_type=Json)
    taken_at: datetime = Field(sa_type=UtcMoment)
    told_at: datetime | None = Field(sa_type=UtcMoment)
    length: int | None = Field(default=None)
    said_at: datetime | None = Field(default=None, sa_type=UtcMoment)


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnMessage:
    words: str  # SHA-256 of the text, or of what stands under the file
    file: str | None  # `file_unique_id` of the Bot API
    taken: Taken
    told_at: datetime | None  # when its sender was told that a change inside it does not count

    def says(self, words: str, file: str | None) -> bool:
        return (self.words, self.file) == (_hash(words), file)


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One of those that were written right before another."""

    message_id: int
    length: int  # characters
    said_at: datetime  # Telegram's own moment of it
    taken: Taken


OWN = OwnMessages.table()
Index("ix_own_messages_taken_at", OWN.c.taken_at)
REMEMBER = Upsert(
    lambda insert: (new := insert(OWN)).on_conflict_do_update(
        index_elements=["chat_id", "message_id"],
        set_={name: new.excluded[name] for name in ("words", "file", "taken", "taken_at", "length", "said_at")},
    )
)
_is_it = (OWN.c.chat_id == bindparam("chat"), OWN.c.message_id == bindparam("message"))
GET = select(OWN.c.words, OWN.c.file, OWN.c.taken, OWN.c.told_at).where(*_is_it)
BEFORE = (
    select(OWN.c.message_id, OWN.c.length, OWN.c.said_at, OWN.c.taken)
    .where(OWN.c.chat_id == bindparam("chat"), OWN.c.message_id < bindparam("message"), OWN.c.length.is_not(None))
    .order_by(OWN.c.message_id.desc())
    .limit(bindparam("most", type_=Integer))
)
CHANGE = update(OWN).where(*_is_it)
CLEAR = delete(OWN).where(OWN.c.taken_at < bindparam("before"))


def remember(
    session: Session,
    chat_id: int,
    message_id: int,
    *,
    words: str,
    file: str | None,
    taken: Taken,
    at: datetime,
    said_at: datetime,
) -> None:
    """What the message says now, and what that was taken as."""
    known = {"words": _hash(words), "file": file, "length": len(words), "said_at": said_at}
    said = {**known, "taken": taken.model_dump(mode="json"), "taken_at": at}
    run(session, REMEMBER, chat_id=chat_id, message_id=message_id, told_at=None, **said)


def get(session: Session, chat_id: int, message_id: int) -> OwnMessage | None:
    return one(_own_message, run(session, GET, chat=chat_id, message=message_id))


def before(session: Session, chat_id: int, message_id: int, *, most: int) -> tuple[Said, ...]:
    """Those before the message, the newest first."""
    return every(_said, run(session, BEFORE, chat=chat_id, message=message_id, most=most))


def retake(session: Session, chat_id: int, message_id: int, taken: Taken) -> None:
    """The message is now taken as that; what it says has not changed. Nothing for one that is not of record."""
    run(session, CHANGE, chat=chat_id, message=message_id, taken=taken.model_dump(mode="json"))


def told(session: Session, chat_id: int, message_id: int, *, at: datetime, of_file: bool = False) -> None:
    """Its sender knows that a change does not count; `of_file`: that no other file does, so that none is of record any more."""
    run(session, CHANGE, chat=chat_id, message=message_id, told_at=at, **({"file": None} if of_file else {}))


def clear(session: Session, before: datetime) -> int:
    """How many that were taken before that moment are no longer remembered."""
    return run(session, CLEAR, before=before).rowcount


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode(errors="surrogatepass")).hexdigest()


def _said(*, taken: dict[str, Any], **known: Any) -> Said:
    return Said(taken=TAKEN.validate_python(taken), **known)


def _own_message(*, words: str, file: str | None, taken: dict[str, Any], told_at: datetime | None) -> OwnMessage:
    return OwnMessage(words=words, file=file, taken=TAKEN.validate_python(taken), told_at=told_at)
