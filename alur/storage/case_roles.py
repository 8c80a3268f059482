"""Which roles a case concerns: who finds it on `/status`, `/berkas` and `/riwayat`, without its being read. `cases` keeps the
rows in step; what of the case a reader is shown is decided when it is (`alur.workflow.reading`).
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Row, Select, bindparam, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import Upsert, run, run_each
from alur.workflow.case import Case
from alur.workflow.reading import Concern, concerned
from alur.workflow.sop import Sop


class CaseRoles(Base, table=True):
    __tablename__ = "case_roles"

    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    role: str = Field(primary_key=True)
    concern: str
    finished_at: datetime | None = Field(
        sa_type=UtcMoment
    )  # the case's own: so each role's cases are found in their order


ROLES = CaseRoles.table()
ALL = tuple(Concern)
_runs = ROLES.c.finished_at.is_(None)
Index("ix_case_roles_running", ROLES.c.role, ROLES.c.case_id, sqlite_where=_runs, postgresql_where=_runs)
Index("ix_case_roles_finished", ROLES.c.role, ROLES.c.finished_at, ROLES.c.case_id)
KEEP = Upsert(
    lambda insert: (new := insert(ROLES)).on_conflict_do_update(
        index_elements=["case_id", "role"], set_={"concern": new.excluded.concern}
    )
)
FINISH = update(ROLES).where(ROLES.c.case_id == bindparam("case"))
_OF_ROLE = (
    select(ROLES.c.case_id, ROLES.c.finished_at)
    .where(ROLES.c.role == bindparam("one"), ROLES.c.concern.in_(bindparam("concerns", expanding=True)))
    .limit(bindparam("most"))
)
RUNNING = _OF_ROLE.where(_runs).order_by(ROLES.c.case_id)
RUNNING_NEWEST = _OF_ROLE.where(_runs).order_by(ROLES.c.case_id.desc())
FINISHED = _OF_ROLE.where(
    ROLES.c.finished_at.is_not(None),
    ROLES.c.concern != Concern.AWAITED.value,  # what is over waits for nobody any more
).order_by(ROLES.c.finished_at.desc(), ROLES.c.case_id.desc())


def running(
    session: Session,
    roles: Collection[str],
    *,
    most: int,
    concerns: Collection[Concern] = ALL,
    newest_first: bool = False,
) -> tuple[int, ...]:
    """The first running cases that are one of `concerns` to one of the roles, in order of opening, or from the newest on."""
    statement = RUNNING_NEWEST if newest_first else RUNNING
    found = {row.case_id for role in roles for row in _rows(session, statement, role, most, concerns)}
    return tuple(sorted(found, reverse=newest_first)[:most])


def finished(
    session: Session, roles: Collection[str], *, most: int, concerns: Collection[Concern] = ALL
) -> tuple[int, ...]:
    """The cases finished last, likewise; the newest first."""
    rows = {tuple(row)[::-1] for role in roles for row in _rows(session, FINISHED, role, most, concerns)}
    return tuple(case_id for _, case_id in sorted(rows, reverse=True)[:most])


def page(
    session: Session,
    roles: Collection[str],
    *,
    start: int,
    most: int,
    concerns: Collection[Concern] = ALL,
    newest_first: bool = False,
) -> tuple[tuple[int, ...], bool]:
    """Running cases (`newest_first` or in order of opening), then finished ones, from the one at `start` on; and whether
    more follow.
    """
    wanted = start + most + 1
    found = running(session, roles, most=wanted, concerns=concerns, newest_first=newest_first)
    if len(found) < wanted:
        found += finished(session, roles, most=wanted - len(found), concerns=concerns)
    return found[start : start + most], len(found) == wanted


def keep_in_step(session: Session, case_id: int, sop: Sop, before: Case | None, after: Case) -> None:
    """What a case is to a role only ever grows; the end of the case is noted beside each."""
    known = concerned(sop, before) if before else {}
    rows = [
        {"case_id": case_id, "role": role, "concern": concern.value, "finished_at": after.finished_at}
        for role, concern in concerned(sop, after).items()
        if known.get(role) != concern
    ]
    if rows:
        run_each(session, KEEP, rows)
    if before is not None and before.finished_at != after.finished_at:
        run(session, FINISH, case=case_id, finished_at=after.finished_at)


def _rows(
    session: Session, statement: Select[Any], role: str, most: int, concerns: Collection[Concern]
) -> Iterable[Row[Any]]:
    return run(session, statement, one=role, most=most, concerns=[item.value for item in concerns])
