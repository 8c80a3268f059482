"""Cases: one row each with its whole state, and in step with it the rows that are looked for across cases.

Services `lock` a case, let the engine decide, and `save` what came of it; views only `get`.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Index, Text, bindparam, func, insert, select, update
from sqlmodel import Field, Session

from alur.storage import case_roles, entered, inlets, letter_numbers, sops, tasks, versions
from alur.storage.columns import Base, UtcMoment
from alur.storage.errors import CaseMoved, UnknownShape
from alur.storage.kept import kept
from alur.storage.statements import every, one, run, run_through
from alur.workflow.case import Case

SHAPE = 2  # of the state's model; a later one comes with a migration that rewrites the states


class Cases(Base, table=True):
    __tablename__ = "cases"

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
    cancelled_at: datetime | None = Field(default=None, sa_type=UtcMoment)
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A period that has its case, without the state of that case."""

    id: int  # of the case
    code: str
    sop: str
    period: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseName:
    """What a case is called; its state is not read for it."""

    id: int
    code: str
    period: str
    sop_hash: str


CASES = Cases.table()
_stands = CASES.c.cancelled_at.is_(None)
Index("uq_cases_standing", CASES.c.sop_id, CASES.c.period, unique=True, sqlite_where=_stands, postgresql_where=_stands)
READ = select(
    CASES.c.id, CASES.c.code, CASES.c.state, CASES.c.shape, CASES.c.revision, CASES.c.audit_head, CASES.c.audit_length
)
GET = READ.where(CASES.c.id == bindparam("case"))
LOCK = GET.with_for_update()
BY_CODE = READ.where(CASES.c.code == bindparam("code"))
OF = READ.where(CASES.c.id.in_(bindparam("numbers", expanding=True)))
ALL = READ.order_by(CASES.c.id)
# Their numbers first, from an index: SQLite would walk along the rows, and their states, for the order of the numbers.
_next_unfinished = (
    select(CASES.c.id)
    .where(CASES.c.finished_at.is_(None), CASES.c.id > bindparam("after"))
    .order_by(CASES.c.id)
    .limit(bindparam("most"))
)
UNFINISHED_AFTER = ALL.where(CASES.c.id.in_(_next_unfinished.scalar_subquery()))
OF_PERIODS = ALL.where(CASES.c.period.in_(bindparam("periods", expanding=True)))
EARLIER = select(func.max(CASES.c.period)).where(CASES.c.period < bindparam("of_period"))
LATER = select(func.min(CASES.c.period)).where(CASES.c.period > bindparam("of_period"))
NAMES = select(CASES.c.code, CASES.c.id).order_by(CASES.c.id)
NAMES_OF = select(CASES.c.id, CASES.c.code, CASES.c.period, CASES.c.sop_hash).where(
    CASES.c.id.in_(bindparam("numbers", expanding=True))
)
TAKEN = (
    select(CASES.c.id, CASES.c.code, CASES.c.sop_id.label("sop"), CASES.c.period)
    .where(
        CASES.c.sop_id.in_(bindparam("sops", expanding=True)),
        CASES.c.period.in_(bindparam("periods", expanding=True)),
        _stands,
    )
    .order_by(CASES.c.id)
)
KNOWN = select(CASES.c.period).where(CASES.c.period.in_(bindparam("periods", expanding=True)), _stands).distinct()
CALLED_OFF = select(func.count()).where(
    CASES.c.sop_id == bindparam("of_sop"), CASES.c.period == bindparam("of_period"), CASES.c.cancelled_at.is_not(None)
)
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
    return one(partial(_record, session), run(session, GET, case=case_id))


def lock(session: Session, case_id: int) -> CaseRecord | None:
    """The case, which nobody else can lock before this transaction ends."""
    return one(partial(_record, session), run(session, LOCK, case=case_id))


def names_of(session: Session, numbers: Sequence[int]) -> tuple[CaseName, ...]:
    """What these cases are called, likewise."""
    found = {item.id: item for item in every(CaseName, run(session, NAMES_OF, numbers=list(numbers)))}
    return tuple(found[number] for number in numbers if number in found)


def by_code(session: Session, code: str) -> CaseRecord | None:
    return one(partial(_record, session), run(session, BY_CODE, code=code))


def codes(session: Session) -> dict[str, int]:
    """Every case's code and number, in order of opening. For backups and the command line: nobody waits for them."""
    with run_through(session, NAMES) as rows:
        return {row.code: row.id for row in rows}


def taken(session: Session, *, sops: Collection[str], periods: Collection[str]) -> tuple[Taken, ...]:
    """Which of these periods of these procedures have their case, in order of opening; one that was cancelled is none. No state
    is read.
    """
    return every(Taken, run(session, TAKEN, sops=list(sops), periods=list(periods)))


def called_off(session: Session, *, sop: str, period: str) -> int:
    """How many cases of that period were cancelled: the next one's code counts on from them."""
    return int(run(session, CALLED_OFF, of_sop=sop, of_period=period).scalar_one())


def known_periods(session: Session, periods: Collection[str]) -> frozenset[str]:
    """Those of the periods that any case is of; likewise."""
    return frozenset(run(session, KNOWN, periods=list(periods)).scalars())


def of_periods(session: Session, periods: Collection[str]) -> Iterator[CaseRecord]:
    """The cases of these periods, in order of opening, each read when it is its turn and not kept. To be consumed inside the
    transaction.
    """
    with run_through(session, OF_PERIODS, periods=list(periods)) as rows:
        for row in rows:
            yield _record(session, **row._asdict())


def neighbours(session: Session, period: str) -> tuple[str | None, str | None]:
    """The nearest period before it that has a case, and the nearest after it; no state is read."""
    found = (run(session, statement, of_period=period).scalar_one() for statement in (EARLIER, LATER))
    earlier, later = found
    return earlier, later


def of(session: Session, numbers: Sequence[int]) -> tuple[CaseRecord, ...]:
    """The cases of these numbers, in the order of the numbers; none for a number that there is no case of."""
    rows = every(partial(_record, session), run(session, OF, numbers=list(numbers))) if numbers else ()
    found = {record.id: record for record in rows}
    return tuple(found[number] for number in numbers if number in found)


def unfinished_after(session: Session, case_id: int, most: int) -> tuple[CaseRecord, ...]:
    """The next running cases after the one of that number, in order of opening."""
    return every(partial(_record, session), run(session, UNFINISHED_AFTER, after=case_id, most=most))


def all_(session: Session) -> tuple[CaseRecord, ...]:
    """Every case, in order of opening. Not for what people wait for: an office has thousands after some years."""
    return every(partial(_record, session), run(session, ALL))


def save(session: Session, record: CaseRecord, case: Case) -> CaseRecord:
    """The record after `case` took the place of `record.case`; CaseMoved if it was saved by others meanwhile."""
    revision, values = record.revision + 1, _state(case)
    changed = run(session, SAVE, case=record.id, seen=record.revision, revision=revision, **values)
    if changed.rowcount != 1:
        raise CaseMoved(case.code, record.revision)
    kept(session).keep(("case", record.id), values["state"], case)
    _keep_in_step(session, record.id, record.case, case)
    return replace(record, case=case, revision=revision)


def _keep_in_step(session: Session, case_id: int, before: Case | None, case: Case) -> None:
    sop = sops.get(session, case.sop_hash)
    tasks.keep_in_step(session, case_id, sop, before, case)
    case_roles.keep_in_step(session, case_id, sop, before, case)
    inlets.keep_in_step(session, case_id, sop, before, case)
    versions.keep_in_step(session, case_id, before, case)
    entered.keep_in_step(session, case_id, before, case)
    letter_numbers.keep_in_step(session, case_id, before, case)


def _state(case: Case) -> dict[str, Any]:
    cancelled_at = case.cancellation.at if case.cancellation is not None else None
    return {
        "state": case.model_dump_json(),
        "shape": SHAPE,
        "finished_at": case.finished_at,
        "cancelled_at": cancelled_at,
    }


def _record(session: Session, *, code: str, state: str, shape: int, **rest: Any) -> CaseRecord:
    if shape != SHAPE:
        raise UnknownShape(code, shape)
    return CaseRecord(case=kept(session).value(("case", rest["id"]), state, lambda: _parse(state)), **rest)


def parsed(state: str) -> Case:
    """The value that the text of a row's state is; ValueError where it is none."""
    return _parse(state)


def _parse(state: str) -> Case:
    return Case.model_validate_json(state)
