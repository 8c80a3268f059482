"""Which roles a case concerns: who finds it on `/status`, `/berkas` and `/riwayat`, without its being read. `cases` keeps the
rows in step; what of the case a reader is shown is decided when it is (`alur.workflow.reading`).
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Index, Row, Select, bindparam, case, select, union, update
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


def _of(role: str) -> Select[Any]:
    """The first cases of the role that has this name among the values."""
    found = select(ROLES.c.case_id, ROLES.c.finished_at).where(ROLES.c.role == bindparam(role))
    return found.where(ROLES.c.concern.in_(bindparam("concerns", expanding=True))).limit(bindparam("most"))


def _running(role: str, *, newest_first: bool = False) -> Select[Any]:
    return _of(role).where(_runs).order_by(ROLES.c.case_id.desc() if newest_first else ROLES.c.case_id)


def _finished(role: str) -> Select[Any]:
    awaits_nobody = ROLES.c.concern != Concern.AWAITED.value  # what is over waits for nobody any more
    is_over = _of(role).where(ROLES.c.finished_at.is_not(None), awaits_nobody)
    return is_over.order_by(ROLES.c.finished_at.desc(), ROLES.c.case_id.desc())


RUNNING, FINISHED = _running("one"), _finished("one")


@cache
def _page_of(count: int, *, newest_first: bool) -> Select[Any]:
    """For so many roles: the first of each, as the index has them, and of all together those from `start` on. What stands
    before them is passed over in the database: the last of 100,000 cases are a press away for whoever forges it.
    """
    parts = [
        part.subquery()
        for number in range(count)
        for part in (_running(f"role_{number}", newest_first=newest_first), _finished(f"role_{number}"))
    ]
    found = union(*(select(part.c.case_id, part.c.finished_at) for part in parts)).subquery("found")
    runs = found.c.finished_at.is_(None)
    from_the_newest = -found.c.case_id
    among = case((runs, from_the_newest if newest_first else found.c.case_id), else_=from_the_newest)
    ordered = select(found.c.case_id).order_by(case((runs, 0), else_=1), found.c.finished_at.desc(), among)
    return ordered.limit(bindparam("shown")).offset(bindparam("start"))


def running(
    session: Session,
    roles: Collection[str],
    *,
    most: int,
    concerns: Collection[Concern] = ALL,
) -> tuple[int, ...]:
    """The first running cases that are one of `concerns` to one of the roles, in order of opening."""
    found = {row.case_id for role in roles for row in _rows(session, RUNNING, role, most, concerns)}
    return tuple(sorted(found)[:most])


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
    if not roles:
        return (), False
    statement = _page_of(len(roles), newest_first=newest_first)
    values = {
        "most": start + most + 1,
        "start": start,
        "shown": most + 1,
        "concerns": [item.value for item in concerns],
    }
    named = {f"role_{number}": role for number, role in enumerate(roles)}
    found = tuple(run(session, statement, **values, **named).scalars())
    return found[:most], len(found) > most


def keep_in_step(session: Session, case_id: int, sop: Sop, before: Case | None, after: Case) -> None:
    """What a case is to a role only ever grows; the end of the case is noted beside each."""
    known = concerned(sop, before) if before else {}
    new = [row for row in rows(case_id, sop, after) if known.get(row["role"]) != row["concern"]]
    if new:
        run_each(session, KEEP, new)
    if before is not None and before.finished_at != after.finished_at:
        run(session, FINISH, case=case_id, finished_at=after.finished_at)


def rows(case_id: int, sop: Sop, case: Case) -> list[dict[str, Any]]:
    """What stands here of the case, but for roles that it concerned earlier alone."""
    return [
        {"case_id": case_id, "role": role, "concern": concern.value, "finished_at": case.finished_at}
        for role, concern in concerned(sop, case).items()
    ]


def _rows(
    session: Session, statement: Select[Any], role: str, most: int, concerns: Collection[Concern]
) -> Iterable[Row[Any]]:
    return run(session, statement, one=role, most=most, concerns=[item.value for item in concerns])
