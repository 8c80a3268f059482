"""What was entered in earlier cases and is offered again: where meetings were called to, and where papers were filed.
`cases` keeps the rows in step; `alur.services.cases.suggestions` asks, and so no form reads the state of another case.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Text, bindparam, delete, insert, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import run, run_each
from alur.workflow.case import ArchiveFields, Case
from alur.workflow.engine.filing import LASTING

PLACE, CLASSIFICATION, LOCATION = "place", "classification", "location"
FILED = "filed"  # what stays the same from year to year, as one text
NO_STEP = 0  # the archive is of the case, not of a step
MOST = 40  # rows that are read, however often the same place stands in them


class Entered(Base, table=True):
    __tablename__ = "entered"

    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    kind: str = Field(primary_key=True)
    step: int = Field(primary_key=True)
    sop_id: str
    text: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=UtcMoment)


ENTERED = Entered.table()
# The newest are found at the index's end, of one step or of the whole office.
Index("ix_entered_at", ENTERED.c.kind, ENTERED.c.at, ENTERED.c.case_id)
Index("ix_entered_step_at", ENTERED.c.kind, ENTERED.c.sop_id, ENTERED.c.step, ENTERED.c.at, ENTERED.c.case_id)
OF_KIND = (
    select(ENTERED.c.text)
    .where(ENTERED.c.kind == bindparam("sort"))
    .order_by(ENTERED.c.at.desc(), ENTERED.c.case_id.desc())
    .limit(bindparam("most"))
)
OF_STEP = OF_KIND.where(ENTERED.c.sop_id == bindparam("sop"), ENTERED.c.step == bindparam("number"))
ADD = insert(ENTERED)
DROP = delete(ENTERED).where(
    ENTERED.c.case_id == bindparam("case"), ENTERED.c.kind == bindparam("sort"), ENTERED.c.step == bindparam("number")
)


def places(session: Session, *, only: tuple[str, int] | None = None) -> tuple[str, ...]:
    """Where the last meetings were called to, the date entered last first, and one place as often as it was named; `only`
    those of this SOP's step. At most forty.
    """
    if only is None:
        return tuple(run(session, OF_KIND, sort=PLACE, most=MOST).scalars())
    sop, step = only
    return tuple(run(session, OF_STEP, sort=PLACE, sop=sop, number=step, most=MOST).scalars())


def last_filed(session: Session, sop: str) -> tuple[str, str] | None:
    """Classification and location of the SOP's case that was filed last; None before the first."""
    found = (
        run(session, OF_STEP, sort=kind, sop=sop, number=NO_STEP, most=1).scalar_one_or_none()
        for kind in (CLASSIFICATION, LOCATION)
    )
    classification, location = found
    return None if classification is None or location is None else (classification, location)


def filed_before(session: Session, sop: str) -> Mapping[str, str]:
    """What stays the same from year to year (`LASTING`), of the SOP's case that was filed last; empty before the first."""
    found = run(session, OF_STEP, sort=FILED, sop=sop, number=NO_STEP, most=1).scalar_one_or_none()
    return json.loads(found) if found is not None else {}


def keep_in_step(session: Session, case_id: int, before: Case | None, after: Case) -> None:
    """Nothing is asked of the database unless a place, its date or the archive has changed."""
    old, new = _rows(case_id, before), _rows(case_id, after)
    gone = [
        {"case": case_id, "sort": kind, "number": step}
        for (kind, step) in old
        if new.get((kind, step)) != old[kind, step]
    ]
    come = [row for key, row in new.items() if old.get(key) != row]
    if gone:
        run_each(session, DROP, gone)
    if come:
        run_each(session, ADD, come)


def rows(case_id: int, case: Case) -> list[dict[str, Any]]:
    """What stands here of the case."""
    return list(_rows(case_id, case).values())


def _rows(case_id: int, case: Case | None) -> dict[tuple[str, int], dict[str, Any]]:
    """By kind and step. A meeting that was cancelled was called to its place all the same."""
    if case is None:
        return {}
    found = [(PLACE, meeting.step, meeting.place, meeting.at) for meeting in case.meetings]
    if case.archive is not None and case.finished_at is not None:
        found.append((CLASSIFICATION, NO_STEP, case.archive.classification, case.finished_at))
        found.append((LOCATION, NO_STEP, case.archive.location, case.finished_at))
        if lasting := _lasting(case.archive):
            found.append((FILED, NO_STEP, lasting, case.finished_at))
    return {
        (kind, step): {"case_id": case_id, "kind": kind, "step": step, "sop_id": case.sop, "text": text, "at": at}
        for kind, step, text, at in found
    }


def _lasting(archive: ArchiveFields) -> str | None:
    """None for what a build filed that asked for none of it but the level of secrecy."""
    found = archive.model_dump(include=set(LASTING))
    said = {name: value for name, value in found.items() if value}
    return json.dumps(said, sort_keys=True, ensure_ascii=False) if set(said) - {"security"} else None
