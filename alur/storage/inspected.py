"""Rows as they stand, column by column, for whoever holds them against what the trail tells: a case's own, those that `cases`
keeps in step with it, and the people's.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select
from sqlmodel import Session

from alur.storage import case_roles, entered, inlets, letter_numbers, tasks, versions
from alur.storage.appointments import APPOINTMENTS
from alur.storage.audit import AUDIT
from alur.storage.case_roles import ROLES
from alur.storage.cases import CASES
from alur.storage.entered import ENTERED
from alur.storage.inlets import INLETS, LETTERS
from alur.storage.invites import INVITES
from alur.storage.letter_numbers import NUMBERS
from alur.storage.members import MEMBERS
from alur.storage.sops import SOPS
from alur.storage.statements import run
from alur.storage.tasks import TASKS
from alur.storage.versions import VERSIONS
from alur.workflow.case import Case
from alur.workflow.sop import Sop

Row = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A table that is kept in step with cases, and what must stand in it of one."""

    table: Table
    rows: Callable[[int, Sop, Case], Sequence[Row]]
    stored: Select[Any]
    only_grows: bool = False  # a row stays, though the case would not have it written any more

    @property
    def keys(self) -> tuple[str, ...]:
        return keys(self.table)


def _kept(table: Table, rows: Callable[[int, Sop, Case], Sequence[Row]], *, only_grows: bool = False) -> Kept:
    stored = select(table).where(table.c.case_id == bindparam("case"))
    return Kept(table=table, rows=rows, stored=stored, only_grows=only_grows)


IN_STEP = (
    _kept(TASKS, tasks.rows),
    _kept(VERSIONS, lambda number, _, case: versions.rows(number, case)),
    _kept(ROLES, case_roles.rows, only_grows=True),
    _kept(INLETS, inlets.rows),
    _kept(LETTERS, inlets.letter_rows),
    _kept(ENTERED, lambda number, _, case: entered.rows(number, case)),
    _kept(NUMBERS, lambda number, _, case: letter_numbers.rows(number, case)),
)
OF_CASES = tuple(
    (table.name, select(func.count()).where(table.c.case_id.is_not(None), table.c.case_id.not_in(select(CASES.c.id))))
    for table in (AUDIT, *(item.table for item in IN_STEP))
)
CASE = select(CASES).where(CASES.c.id == bindparam("case"))
SOP = select(SOPS).where(SOPS.c.hash == bindparam("wanted"))
PEOPLE = {table: select(table).order_by(table.c.id) for table in (MEMBERS, APPOINTMENTS, INVITES)}


def keys(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key)


def case_row(session: Session, case_id: int) -> Row:
    (row,) = run(session, CASE, case=case_id).named()
    return row


def sop_row(session: Session, sop_hash: str) -> Row | None:
    return run(session, SOP, wanted=sop_hash).only_named()


def stored(session: Session, kept: Kept, case_id: int) -> Sequence[Row]:
    return list(run(session, kept.stored, case=case_id).named())


def people(session: Session, table: Table) -> Sequence[Row]:
    """All of members, appointments or invites."""
    return list(run(session, PEOPLE[table]).named())


def of_no_case(session: Session) -> Iterator[tuple[str, int]]:
    """How many rows of a table belong to a case that there is none of; tables without any are not named."""
    for name, counted in OF_CASES:
        if count := run(session, counted).scalar_one():
            yield name, int(count)
