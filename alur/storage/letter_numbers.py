"""The numbers of letters, case by case: of the letter that began it, and those that Nadine gave. A number that stands in two
cases is pointed out, and no state is read for it. `cases` keeps the rows in step.
"""

from typing import Any

from sqlalchemy import Index, bindparam, delete, insert, select
from sqlmodel import Field, Session

from alur.storage.columns import Base
from alur.storage.statements import run, run_each
from alur.workflow.case import Case
from alur.workflow.written import number_key

LETTER = ""  # in the place of a document: the letter that began the case
LONGEST = 200  # characters of a key; no letter's number has as many
MOST = 3  # cases that are named


class LetterNumbers(Base, table=True):
    __tablename__ = "letter_numbers"

    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    document: str = Field(primary_key=True)
    key: str


NUMBERS = LetterNumbers.table()
Index("ix_letter_numbers_key", NUMBERS.c.key, NUMBERS.c.case_id)
FOUND = (
    select(NUMBERS.c.case_id, NUMBERS.c.document)
    .where(NUMBERS.c.key == bindparam("searched"))
    .order_by(NUMBERS.c.case_id)
)
ADD = insert(NUMBERS)
DROP = delete(NUMBERS).where(NUMBERS.c.case_id == bindparam("case"), NUMBERS.c.document == bindparam("named"))


def having(session: Session, number: str, *, besides: tuple[int, str] | None = None) -> tuple[int, ...]:
    """The first cases of which a letter has this number, however it is spelled; without the letter `besides`, by its case and
    document. At most three.
    """
    found = run(session, FOUND, searched=_key(number)).all()
    numbers = dict.fromkeys(row.case_id for row in found if (row.case_id, row.document) != besides)
    return tuple(numbers)[:MOST]


def keep_in_step(session: Session, case_id: int, before: Case | None, after: Case) -> None:
    """Nothing is asked of the database unless a number has changed."""
    old, new = _rows(case_id, before), _rows(case_id, after)
    gone = [{"case": case_id, "named": name} for name, row in old.items() if new.get(name) != row]
    come = [row for name, row in new.items() if old.get(name) != row]
    if gone:
        run_each(session, DROP, gone)
    if come:
        run_each(session, ADD, come)


def rows(case_id: int, case: Case) -> list[dict[str, Any]]:
    """What stands here of the case."""
    return list(_rows(case_id, case).values())


def _rows(case_id: int, case: Case | None) -> dict[str, dict[str, Any]]:
    if case is None:
        return {}
    found = ((LETTER, case.letter.number), *case.nadine)
    return {name: {"case_id": case_id, "document": name, "key": _key(number)} for name, number in found}


def _key(number: str) -> str:
    return number_key(number)[:LONGEST]
