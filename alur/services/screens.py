"""What people ask to see: their tasks, where the cases stand, help. And what is said to a text that means nothing."""

from alur.services import form_input, forms, menus
from alur.services.enrolment import deliver_waiting
from alur.services.office import refuse
from alur.services.presses import answer_to_question
from alur.services.replies import Reply
from alur.services.replies import about as subject_of
from alur.services.tell import tell
from alur.services.typed import decide
from alur.services.work import UNKNOWN, Answer, Work, refused
from alur.storage import cases, invites
from alur.storage.forms import open_for as open_form
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.engine.acts.open_case import open_case_form
from alur.workflow.errors import Forwarded, NotHolder, PeriodTaken
from alur.workflow.offers import days_back
from alur.workflow.office.attempts import Attempt
from alur.workflow.people import nearest_with, roles_with
from alur.workflow.presses import PressOpen
from alur.workflow.sop import Right


def tasks(work: Work, member: Member) -> None:
    """/tugas: posts the cards of the own open tasks anew at the bottom."""
    tell(work, member, notices.Tasks(count=deliver_waiting(work, member)))


def status(work: Work, member: Member) -> None:
    """/status: where every case stands. What the member may read is decided when it is shown."""
    tell(work, member, notices.Status())


def help_(work: Work, member: Member) -> None:
    roles = work.office().roles(member.id, work.now)
    tell(work, member, notices.Help(roles=roles, commands=menus.commands(work, member)))


def start(work: Work, member: Member) -> None:
    """/start of somebody who is enrolled: what he does here, and his open cards."""
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
    taken = cases.taken(work.session)
    today = work.at.astimezone(work.calendar.zone).date()
    form = open_case_form(allowed, today=today, taken=taken, letter_days=days_back(work.calendar, today))
    if form is None:
        taken_by = PeriodTaken(code=list(cases.codes(work.session))[-1])
        tell(work, member, notices.Refused.by(taken_by))
        return refused(taken_by)
    return forms.begin(work, member, form, replace=replace, message_id=message_id)


def press_open(work: Work, *, telegram_id: int, press: PressOpen, message_id: int) -> Answer:
    """The button that begins /mulai, also in the place of an open form."""
    member = work.member(telegram_id)
    if member is None:
        return UNKNOWN
    return open_case(work, member, replace=press.replaces, message_id=message_id)


def not_understood(work: Work, member: Member) -> None:
    tell(work, member, notices.NotUnderstood())


def forwarded(work: Work, member: Member) -> None:
    """Words that are not the sender's own: nothing follows from them, and he is told what to do. It stands in the trail, for
    they may have been meant as a decision.
    """
    refuse(work, Attempt(what="forwarded", by=member.id), Forwarded())
    tell(work, member, notices.Forwarded())


def awaits_text(work: Work, member: Member, reply: Reply | None) -> bool:
    """Whether a text may be an answer: to an open form, or to the message that it replies to."""
    return reply is not None or open_form(work.session, member.id) is not None


def is_invitation(work: Work, code: str) -> bool:
    """Whether a word typed by somebody who is enrolled already is an invitation, and no answer to a question."""
    return invites.of_code(work.session, code) is not None


def text(work: Work, member: Member, *, body: str, reply: Reply | None) -> None:
    """A typed text: for the open form, for the question or card that it replies to, or not understood."""
    if form_input.typed_text(work, telegram_id=member.telegram_id, text=body, reply=reply):
        return
    about = subject_of(work, member, reply)
    if about and "question" in about:
        case_id = int(about["case_id"])
        refusal = answer_to_question(work, member, case_id=case_id, question=int(about["question"]), text=body)
        if refusal:
            tell(work, member, notices.Refused.by(refusal, case_id=case_id))
        return
    if not decide(work, member, text=body, reply=reply, about=about):
        not_understood(work, member)
