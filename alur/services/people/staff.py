"""What is decided about people, in one transaction: the roster changes, the open cards follow, and whoever it concerns is told.

Called by the command line, and by what administrators and Tata Usaha do in chat.
"""

from typing import Any, Literal

from alur.services.incoming.form_rows import end
from alur.services.people import invitations, office, succession, vacancies
from alur.services.people.waiting import has_before_him
from alur.services.tell import person_of, report_unreachable, tell, tell_chat
from alur.services.work import Answer, Work, refused
from alur.storage import cards, forms, members, outbox
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.office import Decision
from alur.workflow.office.decide import StaffAct
from alur.workflow.office.events import (
    AccountUnlinked,
    AppointmentChanged,
    Event,
    InvitationWithdrawn,
    PersonAppointed,
    PersonChanged,
    PersonInvited,
)
from alur.workflow.office.joining import Invite
from alur.workflow.office.rooms import StaffRule
from alur.workflow.people import ADMIN, Appointment, Stage


def act(work: Work, staff_act: StaffAct) -> Decision:
    """Does it, or says why not: a refusal stands in the office's trail. Who invites gets the link in his chat."""
    succession.follow(work)  # what the day has changed until now is no work of this act
    before = {item.id: item for item in work.office().appointments}
    code = invitations.fresh_code() if isinstance(staff_act, Invite) else None
    decision = office.perform(work, staff_act, code=code)
    by = members.get(work.session, staff_act.by) if staff_act.by is not None else None
    for event in decision.events:
        _tell(work, event, before, by)
        if isinstance(event, PersonInvited) and by is not None and code is not None:
            invitations.pass_on(work, by, event.invitation, code)
    succession.follow(work)
    if decision.events:
        vacancies.follow(work)
    return decision


def answered(rule: StaffRule[Any], decision: Decision) -> Answer:
    """What is said to the press, or to *Kirim*, that did it."""
    if decision.refusal is not None:
        return refused(decision.refusal)
    return Answer(name=rule.answer if decision.events else "people_unchanged")


def _tell(work: Work, event: Event, before: dict[int | None, Appointment], by: Member | None) -> None:
    match event:
        case PersonAppointed(appointment=appointment):
            _appointed(work, appointment, "entered", by)
            if appointment.role == ADMIN:
                _news(work, "administrator", appointment.member, by)
            else:
                _news(work, "appointed", appointment.member, by, appointment)
        case AppointmentChanged(appointment=appointment):
            known = before.get(appointment.id)
            is_shorter = known is not None and known.ends != appointment.ends and _only_ends(known, appointment)
            is_over = appointment.stage(work.today) in (Stage.ENDED, Stage.WITHDRAWN)
            _appointed(work, appointment, "ended" if is_shorter or is_over else "changed", by)
            succession.show(work, appointment.member)
        case PersonChanged(person=person):
            succession.show(work, person.id)
        case AccountUnlinked(person=number, account=account):
            _unlinked(work, number, account)
            _news(work, "unlinked", number, by)
        case InvitationWithdrawn(invitation=number):
            invitations.settled(work, number)


def _news(
    work: Work,
    what: Literal["unlinked", "administrator", "appointed"],
    number: int,
    by: Member | None,
    appointment: Appointment | None = None,
) -> None:
    """To the administrators who have not done it themselves."""
    member = members.get(work.session, number)
    if member is None:
        return
    who = person_of(by) if by else None
    news = notices.StaffNews(what=what, member=person_of(member), by=who, appointment=appointment)
    for item in work.office().holders(ADMIN, work.now):
        other = members.get(work.session, item.member) if item.member not in (number, by and by.id) else None
        if other is not None:
            tell(work, other, news)


def _only_ends(before: Appointment, after: Appointment) -> bool:
    """Whether nothing but an earlier last day has come."""
    is_earlier = after.ends is not None and (before.ends is None or after.ends < before.ends)
    return is_earlier and after == before.model_copy(update={"ends": after.ends})


def _appointed(
    work: Work, appointment: Appointment, how: Literal["entered", "changed", "ended"], by: Member | None
) -> None:
    """To whom it is, and the holder in whose place he acts."""
    person = members.get(work.session, appointment.member)
    absent = members.get(work.session, appointment.in_place_of) if appointment.in_place_of is not None else None
    told = notices.Appointed(appointment=appointment, how=how, by=person_of(by) if by else None)
    if person is not None:
        tell(work, person, told)
    if absent is not None:
        tell(work, absent, told.model_copy(update={"is_own": False}))


def left_behind(work: Work, chat_id: int, message_id: int) -> None:
    """What can be pressed in the chat of a lost phone loses its buttons: also what was on its way there when it was unlinked."""
    tell_chat(work, chat_id, notices.PhoneUnlinked(on=message_id))


def _unlinked(work: Work, number: int, account: int) -> None:
    """What stands in its chat is left behind; what waits for its person is handed over by hand until he has another."""
    outbox.drop_member_notices(work.session, number, error="unlinked", at=work.now)
    succession.share(work, number)
    row = forms.open_for(work.session, number)
    for message_id in (*cards.leave_chat(work.session, number), *forms.leave_chat(work.session, number)):
        left_behind(work, account, message_id)
    if row is not None:
        end(work, row, "overtaken")
    member = members.get(work.session, number)
    if member is not None:
        for case_id, task in has_before_him(work, member):
            report_unreachable(work, member, case_id=case_id, task=task)
