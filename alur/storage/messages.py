"""Messages: what stands in which chat, so that a reply to any of them, or a tap on it, finds its subject."""

from typing import Any

from sqlalchemy import BigInteger, bindparam, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, Json
from alur.storage.statements import Upsert, run


class Messages(Base, table=True):
    __tablename__ = "messages"

    chat_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    message_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    about: dict[str, Any] = Field(sa_type=Json)


MESSAGES = Messages.table()
RECORD = Upsert(
    lambda insert: (new := insert(MESSAGES)).on_conflict_do_update(
        index_elements=["chat_id", "message_id"], set_={"about": new.excluded.about}
    )
)
ABOUT = select(MESSAGES.c.about).where(
    MESSAGES.c.chat_id == bindparam("chat"), MESSAGES.c.message_id == bindparam("message")
)


def record(session: Session, chat_id: int, message_id: int, about: dict[str, Any]) -> None:
    """From now on the message is about this; `about` must be JSON as it is."""
    run(session, RECORD, chat_id=chat_id, message_id=message_id, about=about)


def about(session: Session, chat_id: int, message_id: int) -> dict[str, Any] | None:
    """What the message is about; None for one that is not ours or not of record."""
    subject: dict[str, Any] | None = run(session, ABOUT, chat=chat_id, message=message_id).scalar_one_or_none()
    return subject
