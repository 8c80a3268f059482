"""Open tasks across all cases, a row for each role that stands to one: who has what before him, and until when. `cases` keeps
the rows in step, so that nobody has to read a case in order to know that it is not his.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, and_, bindparam, case, cast, delete, func, insert, or_, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import every, run, run_each
from alur.workflow.case import Case
from alur.workflow.engine.standing import Standing, roles_of
from alur.workflow.sop import Sop, TaskKind


class OpenTasks(Base, table=True):
    __tablename__ = "open_tasks"

    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    task: int = Field(primary_key=True)
    role: str = Field(primary_key=True, index=True)
    standing: str  # of the role to the task
    kind: str
    step: int
    landed_at: datetime = Field(sa_type=UtcMoment)
    due: datetime | None = Field(sa_type=UtcMoment)
    handed_to: int | None = Field(default=None)  # the member whose alone it is, of those who hold the role
    # Whether its card has a button for the role that does something: a guest's only with a date, none while the case stands still.
    is_pressable: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A task that waits for somebody."""

    case_id: int
    task: int
    due: datetime | None
    is_meeting: bool  # to which he is invited, or for which he has named the date: nothing that he is to do
    is_suspended: bool  # with its case


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """Whose desk a case lies on."""

    case_id: int
    role: str


@dataclass(frozen=True, kw_only=True, slots=True)
class StandingTo:
    """An open task, and how a role stands to it."""

    case_id: int
    task: int
    standing: str
    handed_to: int | None  # the member whose alone it is, of those who hold the role


@dataclass(frozen=True, kw_only=True, slots=True)
class Lying:
    """An open task, and on whose desk it lies."""

    case_id: int
    task: int
    role: str


TASKS = OpenTasks.table()
OPENED = insert(TASKS)
CLOSED = delete(TASKS).where(TASKS.c.case_id == bindparam("case"), TASKS.c.task == bindparam("number"))
_is_dated_outside = and_(TASKS.c.standing == Standing.OUTSIDE.value, TASKS.c.due.is_not(None))
_is_meeting = or_(TASKS.c.standing == Standing.PARTICIPANT.value, _is_dated_outside)
FOR_ROLES = (
    select(
        TASKS.c.case_id,
        TASKS.c.task,
        TASKS.c.due,
        func.min(case((_is_meeting, 1), else_=0)).label("is_meeting"),
        func.min(case((or_(_is_meeting, TASKS.c.is_pressable), 0), else_=1)).label("is_suspended"),
    )
    .where(
        TASKS.c.role.in_(bindparam("roles", expanding=True)),
        or_(
            TASKS.c.handed_to.is_(None),
            (TASKS.c.role + ":" + cast(TASKS.c.handed_to, String)).not_in(bindparam("colleagues", expanding=True)),
        ),
    )
    .group_by(TASKS.c.case_id, TASKS.c.task, TASKS.c.landed_at, TASKS.c.due)
    .order_by(TASKS.c.landed_at, TASKS.c.case_id, TASKS.c.task)
)
DESKS = (
    select(TASKS.c.case_id, TASKS.c.role)
    .where(TASKS.c.standing == Standing.HOLDER.value)
    .order_by(TASKS.c.case_id, TASKS.c.task)
    .limit(bindparam("most"))
)
STANDING_FOR = (
    select(TASKS.c.case_id, TASKS.c.task, TASKS.c.standing, TASKS.c.handed_to)
    .where(TASKS.c.role == bindparam("of_role"))
    .order_by(TASKS.c.landed_at, TASKS.c.case_id, TASKS.c.task)
)
_is_holder = TASKS.c.standing == Standing.HOLDER.value
ROLES_AT_WORK = select(TASKS.c.role).where(_is_holder).distinct()
LYING_ON = (
    select(TASKS.c.case_id, TASKS.c.task, TASKS.c.role)
    .where(_is_holder, TASKS.c.role.in_(bindparam("roles", expanding=True)))
    .order_by(TASKS.c.case_id, TASKS.c.task)
)
HANDED_TO = (
    select(TASKS.c.case_id, TASKS.c.task, TASKS.c.role)
    .where(TASKS.c.handed_to == bindparam("own"))
    .order_by(TASKS.c.case_id, TASKS.c.task)
)
REVIEWS = (
    select(TASKS.c.case_id)
    .where(
        TASKS.c.role.in_(bindparam("roles", expanding=True)),
        TASKS.c.standing == Standing.HOLDER.value,
        TASKS.c.kind == TaskKind.REVIEW.value,
    )
    .limit(1)
)


def waiting_for(
    session: Session, roles: Collection[str], colleagues: Collection[tuple[str, int]] = ()
) -> tuple[Waiting, ...]:
    """What waits for one of the roles, however it stands to it; the oldest first. What was handed to one of the `colleagues`,
    who act in these roles too, does not.
    """
    others = [f"{role}:{member}" for role, member in colleagues]
    return every(Waiting, run(session, FOR_ROLES, roles=list(roles), colleagues=others))


def handed_to(session: Session, member: int) -> tuple[Lying, ...]:
    """What was handed to the member alone."""
    return every(Lying, run(session, HANDED_TO, own=member))


def standing_for(session: Session, role: str) -> tuple[StandingTo, ...]:
    """Every open task to which the role stands, the oldest first."""
    return every(StandingTo, run(session, STANDING_FOR, of_role=role))


def desks(session: Session, most: int) -> tuple[Desk, ...]:
    """On whose desks the running cases lie; at most so many, by case."""
    return every(Desk, run(session, DESKS, most=most))


def roles_at_work(session: Session) -> tuple[str, ...]:
    """The roles on whose desks anything lies."""
    return tuple(run(session, ROLES_AT_WORK).scalars())


def lying_on(session: Session, roles: Collection[str]) -> tuple[Lying, ...]:
    """All that lies on these desks, by case."""
    return every(Lying, run(session, LYING_ON, roles=list(roles)))


def has_review(session: Session, roles: Collection[str]) -> bool:
    """Whether something lies before one of the roles that it may return."""
    return run(session, REVIEWS, roles=list(roles)).first() is not None


def keep_in_step(session: Session, case_id: int, sop: Sop, before: Case | None, after: Case) -> None:
    old = _open(case_id, sop, before)
    new = _open(case_id, sop, after)
    gone = [{"case": case_id, "number": number} for number, rows in old.items() if new.get(number) != rows]
    come = [row for number, rows in new.items() if old.get(number) != rows for row in rows]
    if gone:
        run_each(session, CLOSED, gone)
    if come:
        run_each(session, OPENED, come)


def rows(case_id: int, sop: Sop, case: Case) -> list[dict[str, Any]]:
    """What stands here of the case."""
    return [row for found in _open(case_id, sop, case).values() for row in found]


def _open(case_id: int, sop: Sop, case: Case | None) -> dict[int, list[dict[str, Any]]]:
    """The rows of each open task."""
    found: dict[int, list[dict[str, Any]]] = {}
    for task in case.open_tasks if case else ():
        standings: dict[str, Standing] = {}
        for standing, role in roles_of(sop, case, task) if case else ():
            standings.setdefault(role, standing)
        runs = case is not None and case.suspension is None
        is_dated = case is not None and case.meeting(task.step) is not None
        about = {
            "case_id": case_id,
            "task": task.id,
            "kind": task.kind.value,
            "step": task.step,
            "landed_at": task.landed_at,
            "due": task.due,
        }
        found[task.id] = [
            {
                **about,
                "role": role,
                "standing": standing.value,
                "handed_to": task.handed_to if standing is Standing.HOLDER else None,
                "is_pressable": runs and (is_dated or standing is not Standing.PARTICIPANT),
            }
            for role, standing in standings.items()
        ]
    return found
