"""Open tasks across all cases: who has what on his desk, and until when. `cases` keeps the rows in step."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import run, run_each
from alur.workflow.case import Case


class OpenTasks(Base, table=True):
    __tablename__ = "open_tasks"

    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    task: int = Field(primary_key=True)
    step: int
    role: str = Field(index=True)
    landed_at: datetime = Field(sa_type=UtcMoment)
    due: datetime | None = Field(sa_type=UtcMoment, index=True)


TASKS = OpenTasks.table()
OPENED = insert(TASKS)
CLOSED = delete(TASKS).where(TASKS.c.case_id == bindparam("case"), TASKS.c.task == bindparam("number"))
FOR_ROLES = (
    select(TASKS.c.case_id, TASKS.c.task)
    .where(TASKS.c.role.in_(bindparam("roles", expanding=True)))
    .order_by(TASKS.c.landed_at, TASKS.c.case_id, TASKS.c.task)
)


def open_for_roles(session: Session, roles: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Case and task of whatever waits for one of the roles, the oldest first."""
    return tuple((row.case_id, row.task) for row in run(session, FOR_ROLES, roles=list(roles)))


def keep_in_step(session: Session, case_id: int, before: Case | None, after: Case) -> None:
    old, new = _open(case_id, before), _open(case_id, after)
    gone = [{"case": case_id, "number": number} for number, row in old.items() if new.get(number) != row]
    come = [row for number, row in new.items() if old.get(number) != row]
    if gone:
        run_each(session, CLOSED, gone)
    if come:
        run_each(session, OPENED, come)


def _open(case_id: int, case: Case | None) -> dict[int, dict[str, Any]]:
    return {
        task.id: {
            "case_id": case_id,
            "task": task.id,
            "step": task.step,
            "role": task.role,
            "landed_at": task.landed_at,
            "due": task.due,
        }
        for task in (case.tasks if case else ())
        if task.is_open
    }
