"""Notices: messages that are sent once. A row keeps the name of its notice and what it is about, never a text."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Text, and_, bindparam, func, insert, literal_column, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, Json, UtcMoment
from alur.storage.statements import Upsert, every, one, run
from alur.workflow.notices import Menu, Notice, read


class Notices(Base, table=True):
    __tablename__ = "notices"

    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(sa_type=BigInteger)
    member_id: int | None = Field(foreign_key="members.id")
    template: str
    about: dict[str, Any] = Field(sa_type=Json)
    silent: bool
    queued_at: datetime = Field(sa_type=UtcMoment)
    not_before: datetime | None = Field(sa_type=UtcMoment)
    attempts: int
    failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    sent_at: datetime | None = Field(sa_type=UtcMoment)
    message_id: int | None = Field(sa_type=BigInteger)
    dropped_at: datetime | None = Field(sa_type=UtcMoment)
    parked_at: datetime | None = Field(sa_type=UtcMoment)
    error: str | None = Field(sa_type=Text)
    once: str | None = Field(default=None, unique=True, index=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class NoticeRow:
    id: int
    chat_id: int
    member_id: int | None
    template: str
    about: dict[str, Any]
    silent: bool
    queued_at: datetime
    not_before: datetime | None
    attempts: int
    failures: int = 0  # of these, through a fault of our own

    @property
    def notice(self) -> Notice:
        """What the row says; `NoticeUnreadable` where that is nothing."""
        return read(self.template, self.about)


NOTICES = Notices.table()
PENDING = and_(NOTICES.c.sent_at.is_(None), NOTICES.c.dropped_at.is_(None))
Index("ix_notices_pending", NOTICES.c.chat_id, NOTICES.c.queued_at, sqlite_where=PENDING, postgresql_where=PENDING)
_parked = NOTICES.c.parked_at.is_not(None)
Index("ix_notices_parked", NOTICES.c.parked_at, sqlite_where=_parked, postgresql_where=_parked)
# Among all that was ever told the menus are few; a literal, unlike a value, lets the index serve them.
_menus = and_(NOTICES.c.template == literal_column(f"'{Menu.template}'"), NOTICES.c.dropped_at.is_(None))
Index("ix_notices_menus", NOTICES.c.member_id, NOTICES.c.id, sqlite_where=_menus, postgresql_where=_menus)
ADD = insert(NOTICES).returning(NOTICES.c.id)
OF_OCCASIONS = select(*(NOTICES.c[field.name] for field in fields(NoticeRow))).where(
    NOTICES.c.once.in_(bindparam("keys", expanding=True)), NOTICES.c.dropped_at.is_(None)
)
MESSAGE = select(NOTICES.c.message_id).where(NOTICES.c.id == bindparam("notice"))
GET = select(*(NOTICES.c[field.name] for field in fields(NoticeRow))).where(NOTICES.c.id == bindparam("notice"))
WAITING = select(*(NOTICES.c[field.name] for field in fields(NoticeRow))).where(
    NOTICES.c.member_id == bindparam("member"), PENDING
)
SAY = update(NOTICES).where(NOTICES.c.id == bindparam("notice"))
NEWEST_MENUS = select(NOTICES.c.member_id, NOTICES.c.about).where(
    NOTICES.c.id.in_(select(func.max(NOTICES.c.id)).where(_menus).group_by(NOTICES.c.member_id))
)
ADD_ONCE = Upsert(
    lambda insert: insert(NOTICES).on_conflict_do_nothing(index_elements=["once"]).returning(NOTICES.c.id)
)


def add(
    session: Session,
    *,
    chat_id: int,
    member_id: int | None,
    notice: Notice,
    at: datetime,
    silent: bool = False,
) -> int:
    """The notice's id."""
    values = {"chat_id": chat_id, "member_id": member_id, **_kept(notice), "silent": silent}
    return int(run(session, ADD, queued_at=at, attempts=0, **values).scalar_one())


def get(session: Session, notice_id: int) -> NoticeRow | None:
    return one(NoticeRow, run(session, GET, notice=notice_id))


def waiting_for(session: Session, member_id: int) -> tuple[NoticeRow, ...]:
    """What was queued for the member, and neither sent nor given up."""
    return every(NoticeRow, run(session, WAITING, member=member_id))


def of_occasions(session: Session, keys: Sequence[str]) -> tuple[NoticeRow, ...]:
    """The notices that were queued once for these occasions, as `add_once` was told of them; one that was given up, or set
    aside, was never shown and is not among them.
    """
    return every(NoticeRow, run(session, OF_OCCASIONS, keys=list(keys)))


def say(session: Session, notice_id: int, notice: Notice) -> None:
    """From now on the row says this, whether or not it was sent: told again, it begins from here."""
    run(session, SAY, notice=notice_id, **_kept(notice))


def message_of(session: Session, notice_id: int) -> int | None:
    """The message as which the notice was sent; None while, or where, it was not."""
    found: int | None = run(session, MESSAGE, notice=notice_id).scalar_one_or_none()
    return found


def newest_menus(session: Session) -> dict[int, dict[str, Any]]:
    """What each member's newest menu keeps; one that was given up does not count."""
    return {row.member_id: row.about for row in run(session, NEWEST_MENUS)}


def add_once(
    session: Session,
    once: str,
    *,
    chat_id: int,
    member_id: int | None,
    notice: Notice,
    at: datetime,
    silent: bool = False,
) -> int | None:
    """The same, unless a notice was queued for this occasion before ("agenda:7:2026-12-15T07:30:41"): then None."""
    values = {"chat_id": chat_id, "member_id": member_id, **_kept(notice), "silent": silent}
    added: int | None = run(session, ADD_ONCE, once=once, queued_at=at, attempts=0, **values).scalar_one_or_none()
    return added


def _kept(notice: Notice) -> dict[str, Any]:
    return {"template": notice.template, "about": notice.kept()}
