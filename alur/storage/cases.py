"""Cases: one row each with its whole state, and in step with it the rows that are looked for across cases.

Services `lock` a case, let the engine decide, and `save` what came of it; views only `get`.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Text, UniqueConstraint, bindparam, func, insert, select, update
from sqlmodel import Field, Session

from alur.storage import case_roles, sops, tasks, versions
from alur.storage.columns import Base, UtcMoment
from alur.storage.errors import CaseMoved, UnknownShape
from alur.storage.statements import every, one, run
from alur.workflow.case import Case

FEW = 12  # finished cases that are read where nobody asked for a certain one: as many as one message shows
SHAPE = 2  # of the state's model; a later one comes with a migration that rewrites the states


class Cases(Base, table=True):
    __tablename__ = "cases"
    __table_args__ = (UniqueConstraint("sop_id", "period"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True)
    sop_id: str
    period: str = Field(index=True)
    sop_hash: str = Field(foreign_key="sops.hash")
    state: str = Field(sa_type=Text)
    shape: int
    revision: int
    opened_at: datetime = Field(sa_type=UtcMoment)
    finished_at: datetime | None = Field(sa_type=UtcMoment, index=True)
    audit_head: str
    audit_length: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseRecord:
    """A case as it was read, with the end of its trail at that moment."""

    id: int
    case: Case
    revision: int
    audit_head: str
    audit_length: int


CASES = Cases.table()
READ = select(
    CASES.c.id, CASES.c.code, CASES.c.state, CASES.c.shape, CASES.c.revision, CASES.c.audit_head, CASES.c.audit_length
)
GET = READ.where(CASES.c.id == bindparam("case"))
LOCK = GET.with_for_update()
BY_CODE = READ.where(CASES.c.code == bindparam("code"))
BY_PERIOD = READ.where(CASES.c.sop_id == bindparam("sop"), CASES.c.period == bindparam("period"))
ALL = READ.order_by(CASES.c.id)
RECENT = READ.order_by(CASES.c.id.desc()).limit(FEW)
UNFINISHED = ALL.where(CASES.c.finished_at.is_(None))
# Their numbers first, from an index: SQLite would walk along the rows, and their states, for the order of the numbers.
_next_unfinished = (
    select(CASES.c.id)
    .where(CASES.c.finished_at.is_(None), CASES.c.id > bindparam("after"))
    .order_by(CASES.c.id)
    .limit(bindparam("most"))
)
UNFINISHED_AFTER = ALL.where(CASES.c.id.in_(_next_unfinished.scalar_subquery()))
FINISHED = READ.where(CASES.c.finished_at.is_not(None))
FINISHED_LAST = FINISHED.order_by(CASES.c.finished_at.desc(), CASES.c.id.desc()).limit(bindparam("most"))
FINISHED_OF = FINISHED.where(CASES.c.period.in_(bindparam("periods", expanding=True))).order_by(CASES.c.id.desc())
NAMES = select(CASES.c.code, CASES.c.id).order_by(CASES.c.id)
FINISHED_COUNT = select(func.count()).where(CASES.c.finished_at.is_not(None))
IS_TAKEN = select(CASES.c.id).where(CASES.c.sop_id == bindparam("sop"), CASES.c.period == bindparam("period"))
TAKEN = select(CASES.c.sop_id, CASES.c.period).order_by(CASES.c.id)
CREATE = insert(CASES).returning(CASES.c.id)
SAVE = update(CASES).where(CASES.c.id == bindparam("case"), CASES.c.revision == bindparam("seen"))


def create(session: Session, case: Case) -> CaseRecord:
    """A new case. Its SOP must be stored; IntegrityError if the code or the period is taken."""
    values: dict[str, Any] = {
        "code": case.code,
        "sop_id": case.sop,
        "period": case.period,
        "sop_hash": case.sop_hash,
        "opened_at": case.opened_at,
        "revision": 1,
        "audit_head": "",
        "audit_length": 0,
    }
    case_id = int(run(session, CREATE, **values, **_state(case)).scalar_one())
    _keep_in_step(session, case_id, None, case)
    return CaseRecord(id=case_id, case=case, revision=1, audit_head="", audit_length=0)


def get(session: Session, case_id: int) -> CaseRecord | None:
    return one(_record, run(session, GET, case=case_id))


def lock(session: Session, case_id: int) -> CaseRecord | None:
    """The case, which nobody else can lock before this transaction ends."""
    return one(_record, run(session, LOCK, case=case_id))


def by_code(session: Session, code: str) -> CaseRecord | None:
    return one(_record, run(session, BY_CODE, code=code))


def by_period(session: Session, sop_id: str, period: str) -> CaseRecord | None:
    return one(_record, run(session, BY_PERIOD, sop=sop_id, period=period))


def is_taken(session: Session, sop_id: str, period: str) -> bool:
    """Whether there is a case of this procedure and period; its state is not read."""
    return run(session, IS_TAKEN, sop=sop_id, period=period).first() is not None


def codes(session: Session) -> dict[str, int]:
    """Every case's code and number, in order of opening. No state is read, of which there may be thousands."""
    return {row.code: row.id for row in run(session, NAMES)}


def taken(session: Session) -> tuple[tuple[str, str], ...]:
    """Procedure and period of every case, in order of opening; likewise."""
    return tuple((row.sop_id, row.period) for row in run(session, TAKEN))


def unfinished(session: Session) -> tuple[CaseRecord, ...]:
    return every(_record, run(session, UNFINISHED))


def unfinished_after(session: Session, case_id: int, most: int) -> tuple[CaseRecord, ...]:
    """The next running cases after the one of that number, in order of opening."""
    return every(_record, run(session, UNFINISHED_AFTER, after=case_id, most=most))


def all_(session: Session) -> tuple[CaseRecord, ...]:
    """Every case, in order of opening. Not for what people wait for: an office has thousands after some years."""
    return every(_record, run(session, ALL))


def recent(session: Session) -> tuple[CaseRecord, ...]:
    """The cases opened last, from the newest on; at most twelve."""
    return every(_record, run(session, RECENT))


def finished_last(session: Session, most: int = FEW) -> tuple[CaseRecord, ...]:
    """The cases finished last, the newest first."""
    return every(_record, run(session, FINISHED_LAST, most=most))


def count_finished(session: Session) -> int:
    return int(run(session, FINISHED_COUNT).scalar_one())


def finished_of(session: Session, periods: Collection[str]) -> tuple[CaseRecord, ...]:
    """The finished cases of these periods, from the newest on: one for each procedure."""
    return every(_record, run(session, FINISHED_OF, periods=list(periods)))


def save(session: Session, record: CaseRecord, case: Case) -> CaseRecord:
    """The record after `case` took the place of `record.case`; CaseMoved if it was saved by others meanwhile."""
    revision = record.revision + 1
    changed = run(session, SAVE, case=record.id, seen=record.revision, revision=revision, **_state(case))
    if changed.rowcount != 1:
        raise CaseMoved(case.code, record.revision)
    _keep_in_step(session, record.id, record.case, case)
    return replace(record, case=case, revision=revision)


def _keep_in_step(session: Session, case_id: int, before: Case | None, case: Case) -> None:
    sop = sops.get(session, case.sop_hash)
    tasks.keep_in_step(session, case_id, sop, before, case)
    case_roles.keep_in_step(session, case_id, sop, before, case)
    versions.keep_in_step(session, case_id, before, case)


def _state(case: Case) -> dict[str, Any]:
    return {"state": case.model_dump_json(), "shape": SHAPE, "finished_at": case.finished_at}


def _record(*, code: str, state: str, shape: int, **rest: Any) -> CaseRecord:
    if shape != SHAPE:
        raise UnknownShape(code, shape)
    return CaseRecord(case=Case.model_validate_json(state), **rest)
