"""Opening a case: a letter has come, and the first desk gets it."""

from datetime import datetime

from alur.workflow.acts import OpenCase
from alur.workflow.apply import replay
from alur.workflow.case import Letter, Version
from alur.workflow.engine.advance import opened
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import FieldMissing, NotHolder
from alur.workflow.events import CaseOpened, Event, VersionAdded
from alur.workflow.people import Office, nearest_with, roles_with
from alur.workflow.sop import Right, Sop


def code_of(sop: Sop, period: str) -> str:
    """The code that stands on every card: "ip-asn-2026"."""
    return f"{sop.id}-{period}"


def check_period(period: str, at: datetime) -> None:
    """A year near the present one: the report is written at its end, and some are late or early. It is taken in one
    spelling only, or one year could be opened twice.
    """
    if period not in {str(at.year + years) for years in (-1, 0, 1)}:
        raise FieldMissing(field="period")


def open_case(sop: Sop, sop_hash: str, act: OpenCase, at: datetime, now: datetime, office: Office) -> tuple[Event, ...]:
    roles = roles_with(sop, Right.START)
    appointment = office.appointment(act.by, roles, at)
    if appointment is None:
        raise NotHolder(role=nearest_with(sop, Right.START))
    check_period(act.period, at)
    if not act.letter_number.strip():
        raise FieldMissing(field="letter_number")
    actor = appointment.actor()
    begun = CaseOpened(
        code=code_of(sop, act.period),
        sop=sop.id,
        sop_hash=sop_hash,
        period=act.period,
        letter=Letter(number=act.letter_number.strip(), dated=act.letter_date),
        by=actor,
        at=at,
    )
    letter = Version(id=1, document=sop.letter, number=1, file=act.file, by=actor, at=at, step=0)
    added = VersionAdded(version=letter, use="letter")
    situation = Situation(sop=sop, case=replay((begun, added)), at=at, now=now, office=office)
    return (begun, added, opened(situation, step=1, index=0))
