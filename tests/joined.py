"""People who join a stage at once, beside the office's rules, and stand in its chain like everybody who joined."""

from alur.storage import appointments, audit, members, roster
from alur.workflow.office.events import PersonAppointed, PersonEnrolled
from alur.workflow.office.roster import Person
from alur.workflow.people import Appointment


def enrol(session, *, telegram_id, name, sapaan="Ibu", unit=None, at):
    number = max((item.id for item in members.all_(session)), default=0) + 1
    person = Person(id=number, account=telegram_id, name=name, sapaan=sapaan, unit=unit)
    _write(session, "enrol", PersonEnrolled(person=person), at)
    return members.get(session, number)


def appoint(session, member, role, *, at, **about):
    """The number of the appointment."""
    number = max((item.id for item in appointments.all_(session)), default=0) + 1
    named = {"name": member.name, "sapaan": member.sapaan, "unit": member.unit}
    made = Appointment(id=number, member=member.id, role=role, **named, **about)
    _write(session, "appoint", PersonAppointed(appointment=made), at)
    return number


def _write(session, act, event, at):
    roster.save(session, event, at=at)
    entry = {"act": {"act": act}, "events": [event.model_dump(mode="json")], "applied": at.isoformat(), "update": None}
    audit.append(session, case_id=None, at=at, member=None, entry=entry)
