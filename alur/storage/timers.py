"""Timers: the next due moment of one thing, in a row. The services of the clock keep a case's rows in step; a tick fires
what is due.

A row says up to when its thing has been looked at (`since`), when it must be looked at again (`at`), and all that the rules
must know of it, so that its case need not be read. Firing moves it on, guarded by what was read, so that a crash or a second
process makes neither a gap nor a double.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, UniqueConstraint, and_, bindparam, delete, func, insert, not_, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import every, run, run_each
from alur.workflow.watched import Watched


class Timers(Base, table=True):
    __tablename__ = "timers"
    __table_args__ = (UniqueConstraint("case_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int | None = Field(foreign_key="cases.id")
    key: str  # what it is about: "task:7", "meeting:4", "held:7", "year:ip-asn"
    basis: str = Field(sa_type=Text)  # what its moments were computed from; another basis, other moments
    since: datetime = Field(sa_type=UtcMoment)
    at: datetime = Field(sa_type=UtcMoment, index=True)
    watched: str | None = Field(default=None, sa_type=Text)  # what its moments and people hang on; None: of the office


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerRow:
    id: int
    case_id: int | None  # None: of the office
    key: str
    basis: str
    since: datetime  # moments up to this one have been dealt with
    at: datetime  # the next one
    watched: Watched | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class DueRow:
    """As much of a row as says that it is due."""

    id: int
    at: datetime
    case_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldRow:
    """A held decision that is due: of which task."""

    id: int
    at: datetime
    case_id: int
    key: str

    @property
    def task(self) -> int:
        return int(self.key.removeprefix(HELD))


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """Where a row stands after it was fired."""

    id: int
    since: datetime
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A timer as the state wants it."""

    basis: str
    at: datetime | None  # None: nothing is to come, and what is due already stays due
    watched: Watched | None = None


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
HELD = "held:"  # begins the names of those that hand on a held decision: at any hour, and nobody is reminded by them
_is_held = TIMERS.c.key.startswith(HELD, autoescape=True)
_is_due = and_(TIMERS.c.at <= bindparam("now"), TIMERS.c.id.not_in(bindparam("skip", expanding=True)))
DUE = (
    select(TIMERS.c.id, TIMERS.c.at, TIMERS.c.case_id)
    .where(_is_due, not_(_is_held))
    .order_by(TIMERS.c.at, TIMERS.c.id)
    .limit(bindparam("most"))
)
HELD_DUE = (
    select(TIMERS.c.id, TIMERS.c.at, TIMERS.c.case_id, TIMERS.c.key)
    .where(_is_due, _is_held)
    .order_by(TIMERS.c.at, TIMERS.c.id)
    .limit(bindparam("most"))
)
CLAIM = (
    select(TIMERS).where(TIMERS.c.id.in_(bindparam("timers", expanding=True))).order_by(TIMERS.c.id).with_for_update()
)
NEAREST = select(func.min(TIMERS.c.at))
NEXT = NEAREST.where(TIMERS.c.at > bindparam("now"))
SET = insert(TIMERS)
MOVE = update(TIMERS).where(TIMERS.c.id == bindparam("timer"))
MOVE_ALL = update(TIMERS).where(TIMERS.c.id.in_(bindparam("timers", expanding=True)))
END = delete(TIMERS).where(TIMERS.c.id == bindparam("timer"))


def keep_in_step(session: Session, case_id: int | None, wanted: Mapping[str, Wanted], *, at: datetime) -> None:
    """The rows of the case (or office) as `wanted`: a new need gets its row, an ended one loses it, and one whose basis
    has changed begins anew from `at`. What is wanted as before keeps its place, also a moment that is due already; what is
    to be known of it is kept as it is now.
    """
    rows = {row.key: row for row in of(session, case_id)}
    for key, row in rows.items():
        if key not in wanted:
            run(session, END, timer=row.id)
    for key, new in wanted.items():
        known = rows.get(key)
        if known is None and new.at is not None:
            run(session, SET, case_id=case_id, key=key, basis=new.basis, since=at, at=new.at, watched=_text(new))
        elif known is not None and known.basis != new.basis:
            if new.at is None:
                run(session, END, timer=known.id)
            else:
                values = {"basis": new.basis, "since": at, "at": new.at, "watched": _text(new)}
                run(session, MOVE, timer=known.id, **values)
        elif known is not None and known.watched != new.watched:
            run(session, MOVE, timer=known.id, watched=_text(new))


def of(session: Session, case_id: int | None) -> tuple[TimerRow, ...]:
    found = run(session, OF_OFFICE) if case_id is None else run(session, OF_CASE, case=case_id)
    return every(_row, found)


def due(session: Session, *, now: datetime, limit: int, skip: Collection[int] = ()) -> tuple[DueRow, ...]:
    """What is to be fired, the longest due first; without the rows in `skip`."""
    return every(DueRow, run(session, DUE, now=now, most=limit, skip=list(skip)))


def held_due(session: Session, *, now: datetime, limit: int, skip: Collection[int] = ()) -> tuple[HeldRow, ...]:
    """The held decisions that are to be handed on now, in the order of their moments."""
    return every(HeldRow, run(session, HELD_DUE, now=now, most=limit, skip=list(skip)))


def claim(session: Session, seen: Mapping[int, datetime]) -> tuple[TimerRow, ...]:
    """The rows, locked until the transaction ends, as far as they still stand where they were seen."""
    found = run(session, CLAIM, timers=list(seen))
    return tuple(_row(**row._asdict()) for row in found if row.at == seen[row.id])


def move(session: Session, rows: Sequence[Moved]) -> None:
    """Each was dealt with up to a moment, and is due again at another."""
    found: dict[tuple[datetime, datetime], list[int]] = {}
    for row in rows:
        found.setdefault((row.since, row.at), []).append(row.id)
    for (since, at), together in found.items():  # of hundreds that were due at an opening, all are due at two or three
        run(session, MOVE_ALL, timers=together, since=since, at=at)


def end(session: Session, timers: Sequence[int]) -> None:
    if timers:
        run_each(session, END, [{"timer": number} for number in timers])


def nearest(session: Session) -> datetime | None:
    """When the next timer is due, wherever it is, or since when one is."""
    moment: datetime | None = run(session, NEAREST).scalar_one()
    return moment


def next_after(session: Session, now: datetime) -> datetime | None:
    """When the next timer is due that is not due yet."""
    moment: datetime | None = run(session, NEXT, now=now).scalar_one()
    return moment


def _text(wanted: Wanted) -> str | None:
    return wanted.watched.model_dump_json() if wanted.watched is not None else None


def _row(*, watched: str | None, **rest: Any) -> TimerRow:
    return TimerRow(watched=Watched.model_validate_json(watched) if watched is not None else None, **rest)
