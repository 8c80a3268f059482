"""Timers: the next due moment of one thing, in a row. `cases` keeps a case's rows in step; a tick fires what is due.

A row says up to when its thing has been looked at (`since`) and when it must be looked at again (`at`). Firing moves it
on, guarded by what was read, so that a crash or a second process makes neither a gap nor a double.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, bindparam, delete, func, insert, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import every, one, run


class Timers(Base, table=True):
    __tablename__ = "timers"
    __table_args__ = (UniqueConstraint("case_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(foreign_key="cases.id")
    key: str  # what it is about: "task:7", "meeting:4", "year:ip-asn"
    basis: str = Field(sa_type=Text)  # what its moments were computed from; another basis, other moments
    since: datetime = Field(sa_type=UtcMoment)
    at: datetime = Field(sa_type=UtcMoment, index=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerRow:
    id: int
    case_id: int | None  # None: of the office
    key: str
    basis: str
    since: datetime  # moments up to this one have been dealt with
    at: datetime  # the next one


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A timer as the state wants it."""

    basis: str
    at: datetime | None  # None: nothing is to come, and what is due already stays due


TIMERS = Timers.table()
# A UNIQUE lets any number of NULLs in, and the office's timers have no case.
Index(
    "uq_timers_office_key",
    TIMERS.c.key,
    unique=True,
    sqlite_where=TIMERS.c.case_id.is_(None),
    postgresql_where=TIMERS.c.case_id.is_(None),
)
OF_CASE = select(TIMERS).where(TIMERS.c.case_id == bindparam("case"))
OF_OFFICE = select(TIMERS).where(TIMERS.c.case_id.is_(None))
DUE = (
    select(TIMERS)
    .where(TIMERS.c.at <= bindparam("now"), TIMERS.c.id.not_in(bindparam("skip", expanding=True)))
    .order_by(TIMERS.c.at, TIMERS.c.id)
    .limit(bindparam("most"))
)
GET = select(TIMERS).where(TIMERS.c.id == bindparam("timer")).with_for_update()
NEAREST = select(func.min(TIMERS.c.at))
SET = insert(TIMERS)
MOVE = update(TIMERS).where(TIMERS.c.id == bindparam("timer"))
END = delete(TIMERS).where(TIMERS.c.id == bindparam("timer"))


def keep_in_step(session: Session, case_id: int | None, wanted: Mapping[str, Wanted], *, at: datetime) -> None:
    """The rows of the case (or office) as `wanted`: a new need gets its row, an ended one loses it, and one whose basis
    has changed begins anew from `at`. What is wanted as before keeps its place, also a moment that is due already.
    """
    rows = {row.key: row for row in of(session, case_id)}
    for key, row in rows.items():
        if key not in wanted:
            run(session, END, timer=row.id)
    for key, new in wanted.items():
        known = rows.get(key)
        if known is None and new.at is not None:
            run(session, SET, case_id=case_id, key=key, basis=new.basis, since=at, at=new.at)
        elif known is not None and known.basis != new.basis:
            if new.at is None:
                run(session, END, timer=known.id)
            else:
                run(session, MOVE, timer=known.id, basis=new.basis, since=at, at=new.at)


def of(session: Session, case_id: int | None) -> tuple[TimerRow, ...]:
    found = run(session, OF_OFFICE) if case_id is None else run(session, OF_CASE, case=case_id)
    return every(TimerRow, found)


def due(session: Session, *, now: datetime, limit: int, skip: Collection[int] = ()) -> tuple[TimerRow, ...]:
    """What is to be fired, the longest due first; without the rows in `skip`."""
    return every(TimerRow, run(session, DUE, now=now, most=limit, skip=list(skip)))


def claim(session: Session, timer_id: int, seen_at: datetime) -> TimerRow | None:
    """The row, locked until the transaction ends, if it still stands where it was seen."""
    row = one(TimerRow, run(session, GET, timer=timer_id))
    return row if row is not None and row.at == seen_at else None


def move(session: Session, timer_id: int, *, since: datetime, at: datetime) -> None:
    """It was dealt with up to `since`, and is due again `at`."""
    run(session, MOVE, timer=timer_id, since=since, at=at)


def end(session: Session, timer_id: int) -> None:
    run(session, END, timer=timer_id)


def nearest(session: Session) -> datetime | None:
    """When the next timer is due, wherever it is."""
    moment: datetime | None = run(session, NEAREST).scalar_one()
    return moment
