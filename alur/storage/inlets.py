"""Which roles may bring a file to which running case, and which letters may still get a signed copy. `cases` keeps the rows in
step: a file is placed without reading the cases that it is none of.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, Select, bindparam, delete, insert, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import every, run, run_each
from alur.workflow import inlets
from alur.workflow.case import Case
from alur.workflow.sop import Sop


class Inlets(Base, table=True):
    __tablename__ = "inlets"

    role: str = Field(primary_key=True)
    case_id: int = Field(primary_key=True, foreign_key="cases.id")


class Letters(Base, table=True):
    """Approved letters. What is said of the case beside them is its own."""

    __tablename__ = "letters"

    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    document: str = Field(primary_key=True)
    code: str
    period: str = Field(index=True)
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
_runs = LETTERS.c.finished_at.is_(None)
Index("ix_letters_running", LETTERS.c.case_id, sqlite_where=_runs, postgresql_where=_runs)
Index("ix_letters_finished", LETTERS.c.finished_at, LETTERS.c.case_id)
FOR_ROLE = (
    select(INLETS.c.case_id)
    .where(INLETS.c.role == bindparam("one"))
    .order_by(INLETS.c.case_id)
    .limit(bindparam("most"))
)
OPEN = insert(INLETS)
CLOSE = delete(INLETS).where(INLETS.c.role == bindparam("one"), INLETS.c.case_id == bindparam("case"))
READ = select(LETTERS.c.case_id, LETTERS.c.document, LETTERS.c.code, LETTERS.c.period, LETTERS.c.sop_hash)
OF_CASES = READ.where(LETTERS.c.case_id.in_(bindparam("cases", expanding=True)))
RUNNING = READ.where(_runs).order_by(LETTERS.c.case_id.desc()).limit(bindparam("most"))
FINISHED = (
    READ.where(LETTERS.c.finished_at.is_not(None))
    .order_by(LETTERS.c.finished_at.desc(), LETTERS.c.case_id.desc())
    .limit(bindparam("most"))
)
OF_PERIODS = (
    READ.where(LETTERS.c.period.in_(bindparam("periods", expanding=True)))
    .order_by(LETTERS.c.case_id.desc())
    .limit(bindparam("most"))
)
APPROVE = insert(LETTERS)
UNDO = delete(LETTERS).where(LETTERS.c.case_id == bindparam("case"), LETTERS.c.document == bindparam("one"))
FINISH = update(LETTERS).where(LETTERS.c.case_id == bindparam("case"))


def cases_for(session: Session, roles: Collection[str], *, most: int) -> tuple[int, ...]:
    """The first running cases, in order of opening, that one of the roles may bring a file to."""
    found = {case_id for role in roles for case_id in run(session, FOR_ROLE, one=role, most=most).scalars()}
    return tuple(sorted(found)[:most])


def letters(session: Session, periods: Collection[str], *, most: int) -> tuple[LetterRow, ...]:
    """Approved letters of running cases, of those finished last, and of cases of these periods: at most so many of each, each
    letter once.
    """
    found = [*_rows(session, RUNNING, most=most), *_rows(session, FINISHED, most=most)]
    if periods:
        found += _rows(session, OF_PERIODS, periods=list(periods), most=most)
    return tuple(dict.fromkeys(found))


def letters_of(session: Session, case_id: int) -> tuple[LetterRow, ...]:
    return _rows(session, OF_CASES, cases=[case_id])


def keep_in_step(session: Session, case_id: int, sop: Sop, before: Case | None, after: Case) -> None:
    was, now = inlets.inlets(sop, before) if before else frozenset(), inlets.inlets(sop, after)
    if gone := [{"one": role, "case": case_id} for role in sorted(was - now)]:
        run_each(session, CLOSE, gone)
    if come := [{"role": role, "case_id": case_id} for role in sorted(now - was)]:
        run_each(session, OPEN, come)
    _keep_letters(session, case_id, sop, before, after)


def _keep_letters(session: Session, case_id: int, sop: Sop, before: Case | None, after: Case) -> None:
    was, now = inlets.letters(sop, before) if before else (), inlets.letters(sop, after)
    if undone := [{"case": case_id, "one": document} for document in was if document not in now]:
        run_each(session, UNDO, undone)
    about = {"code": after.code, "period": after.period, "sop_hash": after.sop_hash, "finished_at": after.finished_at}
    approved = [{"case_id": case_id, "document": document, **about} for document in now if document not in was]
    if approved:
        run_each(session, APPROVE, approved)
    if before is not None and before.finished_at != after.finished_at:
        run(session, FINISH, case=case_id, finished_at=after.finished_at)


def _rows(session: Session, statement: Select[tuple[object, ...]], **values: object) -> tuple[LetterRow, ...]:
    return every(LetterRow, run(session, statement, **values))
