"""Which roles may bring a file to which running case, and which letters may still get a signed copy. `cases` keeps the rows in
step: a file is placed without reading the cases that it is none of.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Integer, Select, String, bindparam, column, delete, exists, insert, select, table, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import every, run, run_each
from alur.workflow import inlets
from alur.workflow.case import Case
from alur.workflow.engine.letters import letter_roles
from alur.workflow.sop import Sop


class Inlets(Base, table=True):
    __tablename__ = "inlets"

    role: str = Field(primary_key=True)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")


class Letters(Base, table=True):
    """Approved letters, a row for each role that may complete one. What is said of the case beside them is its own."""

    __tablename__ = "letters"

    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    document: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    code: str
    period: str
    sop_hash: str
    finished_at: datetime | None = Field(sa_type=UtcMoment)


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterRow:
    case_id: int
    document: str
    code: str
    period: str
    sop_hash: str


INLETS, LETTERS = Inlets.table(), Letters.table()
_cases = table("cases", column("id", Integer), column("period", String))  # `cases` keeps these rows, and so knows them
CASES_ID, CASES_PERIOD = _cases.c.id, _cases.c.period
_runs = LETTERS.c.finished_at.is_(None)
Index("ix_letters_running", LETTERS.c.role, LETTERS.c.case_id, sqlite_where=_runs, postgresql_where=_runs)
Index("ix_letters_finished", LETTERS.c.role, LETTERS.c.finished_at, LETTERS.c.case_id)
Index("ix_letters_period", LETTERS.c.period, LETTERS.c.role)
FOR_ROLE = select(INLETS.c.case_id).where(INLETS.c.role == bindparam("one")).order_by(INLETS.c.case_id)
FIRST_FOR_ROLE = FOR_ROLE.limit(bindparam("most"))
FOR_ROLE_OF = FOR_ROLE.where(
    exists().where(INLETS.c.case_id == CASES_ID, CASES_PERIOD.in_(bindparam("periods", expanding=True)))
)
OPEN = insert(INLETS)
CLOSE = delete(INLETS).where(INLETS.c.role == bindparam("one"), INLETS.c.case_id == bindparam("case"))
READ = select(LETTERS.c.case_id, LETTERS.c.document, LETTERS.c.code, LETTERS.c.period, LETTERS.c.sop_hash)
OF_ROLE = READ.where(LETTERS.c.role == bindparam("one"))
OF_CASE = OF_ROLE.where(LETTERS.c.case_id == bindparam("case"))
RUNNING = OF_ROLE.where(_runs).order_by(LETTERS.c.case_id.desc()).limit(bindparam("most"))
RUNNING_CASES = select(LETTERS.c.case_id).where(LETTERS.c.role == bindparam("one"), _runs)
FINISHED = (
    OF_ROLE.where(LETTERS.c.finished_at.is_not(None))
    .order_by(LETTERS.c.finished_at.desc(), LETTERS.c.case_id.desc())
    .limit(bindparam("most"))
)
OF_PERIODS = OF_ROLE.where(LETTERS.c.period.in_(bindparam("periods", expanding=True))).order_by(
    LETTERS.c.case_id.desc()
)
APPROVE = insert(LETTERS)
UNDO = delete(LETTERS).where(LETTERS.c.case_id == bindparam("case"), LETTERS.c.document == bindparam("one"))
FINISH = update(LETTERS).where(LETTERS.c.case_id == bindparam("case"))


def first_cases_for(session: Session, roles: Collection[str], most: int) -> tuple[int, ...]:
    """The first running cases, in order of opening, that one of the roles may bring a file to."""
    found = {case_id for role in roles for case_id in run(session, FIRST_FOR_ROLE, one=role, most=most).scalars()}
    return tuple(sorted(found)[:most])


def cases_for(session: Session, roles: Collection[str], periods: Collection[str] | None = None) -> tuple[int, ...]:
    """All of them; with `periods` those of these."""
    if periods is None:
        found = {case_id for role in roles for case_id in run(session, FOR_ROLE, one=role).scalars()}
    else:
        named = {"periods": list(periods)}
        found = {case_id for role in roles for case_id in run(session, FOR_ROLE_OF, one=role, **named).scalars()}
    return tuple(sorted(found))


def cases_with_letters(session: Session, roles: Collection[str]) -> set[int]:
    """The running cases with an approved letter that one of the roles may complete."""
    return {case_id for role in roles for case_id in run(session, RUNNING_CASES, one=role).scalars()}


def running_letters(session: Session, roles: Collection[str], *, most: int) -> tuple[LetterRow, ...]:
    """The approved letters of running cases that one of the roles may complete, of the newest cases first; so many of each."""
    return _of_roles(session, RUNNING, roles, most=most)


def finished_letters(session: Session, roles: Collection[str], *, most: int) -> tuple[LetterRow, ...]:
    """The same of the cases finished last."""
    return _of_roles(session, FINISHED, roles, most=most)


def letters_of_periods(session: Session, roles: Collection[str], periods: Collection[str]) -> tuple[LetterRow, ...]:
    """The same of all cases of these periods."""
    return _of_roles(session, OF_PERIODS, roles, periods=list(periods))


def letters_of(session: Session, roles: Collection[str], case_id: int) -> tuple[LetterRow, ...]:
    """The same of one case."""
    return _of_roles(session, OF_CASE, roles, case=case_id)


def keep_in_step(session: Session, case_id: int, sop: Sop, before: Case | None, after: Case) -> None:
    was, now = inlets.inlets(sop, before) if before else frozenset(), inlets.inlets(sop, after)
    if gone := [{"one": role, "case": case_id} for role in sorted(was - now)]:
        run_each(session, CLOSE, gone)
    if come := [row for row in rows(case_id, sop, after) if row["role"] not in was]:
        run_each(session, OPEN, come)
    _keep_letters(session, case_id, sop, before, after)


def rows(case_id: int, sop: Sop, case: Case) -> list[dict[str, Any]]:
    """What stands of the case among the inlets."""
    return [{"role": role, "case_id": case_id} for role in sorted(inlets.inlets(sop, case))]


def letter_rows(case_id: int, sop: Sop, case: Case) -> list[dict[str, Any]]:
    """What stands of the case among the letters."""
    about = {"code": case.code, "period": case.period, "sop_hash": case.sop_hash, "finished_at": case.finished_at}
    return [
        {"case_id": case_id, "document": document, "role": role, **about}
        for document in inlets.letters(sop, case)
        for role in letter_roles(sop, document)
    ]


def _keep_letters(session: Session, case_id: int, sop: Sop, before: Case | None, after: Case) -> None:
    was, now = inlets.letters(sop, before) if before else (), inlets.letters(sop, after)
    if undone := [{"case": case_id, "one": document} for document in was if document not in now]:
        run_each(session, UNDO, undone)
    approved = [row for row in letter_rows(case_id, sop, after) if row["document"] not in was]
    if approved:
        run_each(session, APPROVE, approved)
    if before is not None and before.finished_at != after.finished_at:
        run(session, FINISH, case=case_id, finished_at=after.finished_at)


def _of_roles(
    session: Session, statement: Select[Any], roles: Collection[str], **values: object
) -> tuple[LetterRow, ...]:
    """Each letter once, whichever of the roles may complete it."""
    found = (row for role in roles for row in every(LetterRow, run(session, statement, one=role, **values)))
    return tuple(dict.fromkeys(found))
