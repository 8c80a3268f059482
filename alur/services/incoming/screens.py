"""What people ask to see: their tasks, where the cases stand, help; and the opening of a case."""

from alur.services.incoming import forms
from alur.services.people import menus
from alur.services.people.office import refuse, refuse_stranger
from alur.services.people.waiting import deliver_tasks, deliver_waiting
from alur.services.tell import tell
from alur.services.work import Answer, Work, refused
from alur.storage import cases, messages
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.engine.acts.open_case import near_periods, open_case_form
from alur.workflow.errors import NotHolder, PeriodTaken
from alur.workflow.offers import days_back
from alur.workflow.office.attempts import Attempt
from alur.workflow.people import nearest_with, roles_with
from alur.workflow.presses import PressOpen
from alur.workflow.sop import Right


def tasks(work: Work, member: Member) -> None:
    """/tugas: posts the cards of the own open tasks anew at the bottom."""
    deliver_tasks(work, member)


def status(work: Work, member: Member) -> None:
    """/status: where every case stands. What the member may read is decided when it is shown."""
    tell(work, member, notices.Status())


def help_(work: Work, member: Member) -> None:
    roles = work.office().roles(member.id, work.now)
    tell(work, member, notices.Help(roles=roles, commands=menus.commands(work, member)))


def start(work: Work, member: Member) -> None:
    """/start of somebody who is enrolled: what he does here, and his open cards with their files: a chat that was deleted
    begins so.
    """
    messages.files_are_gone(work.session, member.telegram_id)
    tell(work, member, notices.Welcome(roles=work.office().roles(member.id, work.now)))
    deliver_waiting(work, member)


def open_case(work: Work, member: Member, *, replace: bool = False, message_id: int | None = None) -> Answer:
    """/mulai: begins the form that opens a case, for those who may."""
    office = work.office()
    allowed = tuple(
        item.sop
        for item in work.procedures
        if office.appointment(member.id, roles_with(item.sop, Right.START), work.at)
    )
    if not allowed:
        role = nearest_with(work.procedures[0].sop, Right.START)
        refusal = NotHolder(role=role)
        refuse(work, Attempt(what="open_case", by=member.id), refusal)
        tell(work, member, notices.Refused.by(refusal))
        return refused(refusal)
    today = work.at.astimezone(work.calendar.zone).date()
    taken = cases.taken(work.session, sops=[sop.id for sop in allowed], periods=near_periods(today))
    form = open_case_form(
        allowed,
        today=today,
        taken={(item.sop, item.period) for item in taken},
        letter_days=days_back(work.calendar, today),
    )
    if form is None:
        taken_by = PeriodTaken(code=taken[-1].code)
        tell(work, member, notices.Refused.by(taken_by))
        return refused(taken_by)
    return forms.begin(work, member, form, replace=replace, message_id=message_id)


def press_open(work: Work, *, telegram_id: int, press: PressOpen, message_id: int) -> Answer:
    """The button that begins /mulai, also in the place of an open form."""
    member = work.member(telegram_id)
    if member is None:
        return refuse_stranger(work, telegram_id=telegram_id, button=press.name)
    return open_case(work, member, replace=press.replaces, message_id=message_id)
