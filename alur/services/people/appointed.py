"""/plh: who is appointed to what, and the pages of that screen. What is entered and changed there is done by `desk`."""

from alur.services.people import desk
from alur.services.people.office import refuse, refuse_stranger
from alur.services.tell import on, tell
from alur.services.work import Answer, Work, refused
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.errors import Refusal, Unknown
from alur.workflow.office.attempts import Attempt
from alur.workflow.office.rooms.appoint import AppointRule
from alur.workflow.people import Appointment
from alur.workflow.presses import AppointmentPress, On, PressAppointment, PressAppointments, PressOrder

SHOWN = Answer(name="shown_below")
TURNED = Answer(name="form_changed")  # without a word: the message itself has changed


def show(work: Work, member: Member) -> None:
    """For those who may enter appointments; the others are told whom to ask."""
    refusal = _refusal(work, member)
    if refusal is None:
        tell(work, member, notices.Appointments())
        return
    refuse(work, Attempt(what="plh", by=member.id), refusal)
    tell(work, member, notices.Refused.by(refusal))


def press(work: Work, *, telegram_id: int, press: AppointmentPress, message_id: int) -> Answer:
    """A press on the screen or on an appointment's page; under the news of his own appointment its member's, too."""
    member = work.member(telegram_id)
    if member is None:
        return refuse_stranger(work, telegram_id=telegram_id, button=press.name)
    found = None if isinstance(press, PressAppointments) else _appointment(work, press.appointment)
    refusal = _refusal(work, member)
    if isinstance(press, PressOrder) and found is not None and member.id == found.member:
        refusal = None
    if refusal is None and not isinstance(press, PressAppointments):
        is_there = found is not None and (isinstance(press, PressAppointment) or found.order_file is not None)
        refusal = None if is_there else Unknown(subject=f"a{press.appointment}")
    if refusal is not None:
        refuse(work, Attempt(what=press.name, by=member.id), refusal)
        return refused(refusal)
    place = on(work, member, message_id)
    match press:
        case PressAppointments(start=start):
            tell(work, member, notices.Appointments(start=start, on=place))
        case PressAppointment(appointment=number):
            tell(work, member, notices.AppointmentShown(appointment=number, on=place))
        case PressOrder(appointment=number):
            tell(work, member, notices.OrderSent(appointment=number))
            return SHOWN
    return SHOWN if place is None else TURNED


def _refusal(work: Work, member: Member) -> Refusal | None:
    """Why he may not enter appointments."""
    try:
        AppointRule().may(desk.situation(work), member.id, On())
    except Refusal as refusal:
        return refusal
    return None


def _appointment(work: Work, number: int) -> Appointment | None:
    return next((item for item in work.office().appointments if item.id == number), None)
