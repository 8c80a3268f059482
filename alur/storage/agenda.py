"""The agenda: what was found, when timers fired, to be told to a member at a moment; a row for each thing of each case.

Firing adds the rows; the last transaction of a tick queues a notice for those that have none, and its words are made from
the cases of its own rows alone. A row says which thing it is and how urgent, never what is so: that is found when it is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Index,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    cast,
    delete,
    func,
    literal,
    select,
    update,
)
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import Upsert, every, run, run_each
from alur.storage.timers import TIMERS
from alur.workflow.watched import Thing, Watched


class Agenda(Base, table=True):
    __tablename__ = "agenda"
    __table_args__ = (UniqueConstraint("moment", "member_id", "case_id", "task", "thing"),)

    id: int | None = Field(default=None, primary_key=True)
    moment: datetime = Field(sa_type=UtcMoment)
    member_id: int = Field(foreign_key="members.id")
    case_id: int = Field(foreign_key="cases.id")
    task: int
    thing: str  # the task itself, or its meeting
    place: int  # of its topic in the message, the most urgent first
    due: int = Field(sa_type=BigInteger)  # orders what has the same place: seconds since 1970
    notice_id: int | None = Field(foreign_key="notices.id")  # by which it is told; None: not queued yet


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What is to be told to a member at a moment."""

    moment: datetime
    member_id: int
    case_id: int
    task: int
    thing: Thing
    place: int
    due: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Untold:
    """A member and a moment that have no notice yet, or none for all of their rows."""

    member_id: int
    moment: datetime
    first: int  # the first of these rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A row of a notice, with what the clock knows of its task now; None where that is done."""

    case_id: int
    task: int
    thing: Thing
    watched: Watched | None


AGENDA = Agenda.table()
_untold = AGENDA.c.notice_id.is_(None)
# A notice is of one moment and one member: so one index finds what has none by these, and orders what has one.
_order = (AGENDA.c.moment, AGENDA.c.member_id, AGENDA.c.place, AGENDA.c.due, AGENDA.c.id)
Index("ix_agenda_of_notice", AGENDA.c.notice_id, *_order)
ADD = Upsert(
    lambda insert: insert(AGENDA).on_conflict_do_nothing(
        index_elements=["moment", "member_id", "case_id", "task", "thing"]
    )
)
UNTOLD = (
    select(AGENDA.c.member_id, AGENDA.c.moment, func.min(AGENDA.c.id).label("first"))
    .where(_untold)
    .group_by(AGENDA.c.moment, AGENDA.c.member_id)
    .order_by(AGENDA.c.moment, AGENDA.c.member_id)
)
IS_UNTOLD = select(AGENDA.c.id).where(_untold).limit(1)
_of_group = and_(_untold, AGENDA.c.member_id == bindparam("member"), AGENDA.c.moment == bindparam("at"))
ATTACH = update(AGENDA).where(_of_group).values(notice_id=bindparam("notice"))
DROP = delete(AGENDA).where(_of_group)
# By the task's own timer, which is there for as long as the task is open; a meeting's ends with its last moment.
_key = literal(f"{Thing.TASK}:") + cast(AGENDA.c.task, String)
TOLD = (
    select(AGENDA.c.case_id, AGENDA.c.task, AGENDA.c.thing, TIMERS.c.watched)
    .join_from(AGENDA, TIMERS, and_(TIMERS.c.case_id == AGENDA.c.case_id, TIMERS.c.key == _key), isouter=True)
    .where(AGENDA.c.notice_id == bindparam("notice"))
    .order_by(*_order)
    .limit(bindparam("most"))
    .offset(bindparam("start"))
)
COUNT = select(func.count()).where(AGENDA.c.notice_id == bindparam("notice"))
CLEAR = delete(AGENDA).where(AGENDA.c.moment < bindparam("before"))


def add(session: Session, entries: Sequence[Entry]) -> None:
    """What was told, or is to be told, at that moment already stays as it is."""
    if entries:
        rows = [
            {
                "moment": entry.moment,
                "member_id": entry.member_id,
                "case_id": entry.case_id,
                "task": entry.task,
                "thing": entry.thing.value,
                "place": entry.place,
                "due": entry.due,
            }
            for entry in entries
        ]
        run_each(session, ADD, rows)


def is_untold(session: Session) -> bool:
    """Whether some row has no notice yet."""
    return run(session, IS_UNTOLD).first() is not None


def untold(session: Session) -> tuple[Untold, ...]:
    """Whom a notice is to be queued for, by moment."""
    return every(Untold, run(session, UNTOLD))


def attach(session: Session, found: Untold, notice_id: int) -> None:
    """The notice tells the rows of that member and moment that have none."""
    run(session, ATTACH, member=found.member_id, at=found.moment, notice=notice_id)


def drop(session: Session, found: Untold) -> None:
    """Nobody is told them."""
    run(session, DROP, member=found.member_id, at=found.moment)


def of_notice(session: Session, notice_id: int, *, start: int, most: int) -> tuple[Told, ...]:
    """The notice's rows from the one at `start` on, the most urgent first."""
    return every(_told, run(session, TOLD, notice=notice_id, start=start, most=most))


def count_of_notice(session: Session, notice_id: int) -> int:
    return int(run(session, COUNT, notice=notice_id).scalar_one())


def clear(session: Session, before: datetime) -> int:
    """How many rows of moments before that one were removed."""
    return run(session, CLEAR, before=before).rowcount


def _told(*, thing: str, watched: str | None, **rest: Any) -> Told:
    known = Watched.model_validate_json(watched) if watched is not None else None
    return Told(thing=Thing(thing), watched=known, **rest)
