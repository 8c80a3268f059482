"""What a button under a card or notice does: it decides at once, or begins a form where something is to be asked."""

from alur.services import copies, forms, reading
from alur.services.audience import audience
from alur.services.beginnings import act_without_form, form_on_case, form_on_task
from alur.services.copies import Copy
from alur.services.office import refuse
from alur.services.perform import perform, record_refusal
from alur.services.situations import situation, sop_of
from alur.services.suggestions import suggested
from alur.services.tell import on, tell, tell_again
from alur.services.work import REPLACE, UNKNOWN, Answer, Work, refused
from alur.storage import cards, cases, members
from alur.storage.members import Member
from alur.workflow import acts
from alur.workflow.case import Attendance
from alur.workflow.errors import NotHolder, NotMember, Refusal, Unknown
from alur.workflow.office.attempts import Attempt

OUTCOME_ANSWER = {
    acts.Submit: Answer(name="recorded", values={"outcome": "submitted"}),
    acts.Approve: Answer(name="recorded", values={"outcome": "approved"}),
    acts.CloseMeeting: Answer(name="recorded", values={"outcome": "met"}),
    acts.NudgeDesk: Answer(name="nudged"),
    acts.GrantDays: Answer(name="days_granted"),
}


def press_task(
    work: Work,
    *,
    telegram_id: int,
    button: str,
    case_id: int,
    task: int,
    revision: int,
    message_id: int | None = None,
    argument: str | None = None,
) -> Answer:
    """A press on a card. `message_id` is the copy that was pressed (`copies.used`)."""
    member = work.member(telegram_id)
    if member is None:
        return _stranger(work, telegram_id, button)
    if message_id is not None:
        copy = Copy(case_id=case_id, task=task, revision=revision, message_id=message_id)
        if refusal := copies.used(work, member, copy):
            record_refusal(work, case_id, member.id, button=button, refusal=refusal.record())
            return refused(refusal, sop_of(work, case_id))
    at_once = _act_at_once(button, member.id, task, revision)
    if at_once is not None:
        return _applied(work, case_id, at_once)
    if button in reading.BUTTONS:
        return reading.press(work, member, button=button, case_id=case_id, argument=argument, message_id=None)
    if button == "delivered":
        return _delivered(work, member, case_id, task, argument, message_id)
    if button == "card":
        return _post_card(work, member, case_id, task)
    is_new = argument == REPLACE
    return _begin(work, member, button, case_id, replace=is_new, task=task, revision=revision, message_id=message_id)


def press_reading(
    work: Work, *, telegram_id: int, button: str, case_id: int | None, argument: str | None, message_id: int
) -> Answer:
    """A press on a screen of `/berkas` or `/riwayat`."""
    member = work.member(telegram_id)
    if member is None:
        return _stranger(work, telegram_id, button)
    return reading.press(work, member, button=button, case_id=case_id, argument=argument, message_id=message_id)


def press_case(
    work: Work, *, telegram_id: int, button: str, case_id: int, argument: str | None, message_id: int | None = None
) -> Answer:
    """A press that concerns the case as a whole: a letter's number, a question's answer, an early meeting date. The message
    under which days are granted, or a question stands that was answered meanwhile, says so afterwards.
    """
    member = work.member(telegram_id)
    if member is None:
        return _stranger(work, telegram_id, button)
    subject = (argument or "").removesuffix(REPLACE)
    if button == "grant":
        answer = _grant(work, member, case_id, subject)
    else:
        is_new = (argument or "").endswith(REPLACE)
        answer = _begin(work, member, button, case_id, replace=is_new, subject=subject, message_id=message_id)
    if button == "grant" or answer.is_refusal:
        tell_again(work, member, message_id)
    return answer


def _act_at_once(button: str, member: int, task: int, revision: int) -> acts.AnyAct | None:
    match button:
        case "meet":
            return acts.CloseMeeting(by=member, task=task, revision=revision)
        case "present":
            return acts.AnswerInvitation(by=member, task=task, attendance=Attendance.PRESENT)
        case "nudge":
            return acts.NudgeDesk(by=member, task=task)
        case "absent":
            return acts.AnswerInvitation(by=member, task=task, attendance=Attendance.ABSENT)
        case _:
            return None


def _begin(
    work: Work,
    member: Member,
    button: str,
    case_id: int,
    *,
    replace: bool,
    task: int | None = None,
    revision: int = 0,
    subject: str | None = None,
    message_id: int | None = None,
) -> Answer:
    record = cases.get(work.session, case_id)
    if record is None:
        return _forged(work, member, f"{button}:c{case_id}")
    s = situation(work, record.case)
    try:
        if task is not None:
            form = form_on_task(s, member.id, button, task, revision)
        else:
            form = form_on_case(s, member.id, button, subject)
    except Refusal as refusal:
        record_refusal(work, case_id, member.id, button=button, refusal=refusal.record())
        return refused(refusal, s.sop)
    if form is None and task is not None:
        act = act_without_form(button, member.id, task, revision)
        return _applied(work, case_id, act)
    if form is None:
        return _forged(work, member, f"{button}:c{case_id}")
    form = suggested(work, member, s, form.model_copy(update={"case": case_id}))
    return forms.begin(work, member, form, replace=replace, button=button, argument=subject, message_id=message_id)


def _applied(work: Work, case_id: int, act: acts.AnyAct) -> Answer:
    decision = perform(work, case_id, act)
    if decision.refusal:
        return refused(decision.refusal, sop_of(work, case_id))
    if isinstance(act, acts.AnswerInvitation):
        return Answer(name="invitation_answered", values={"attendance": act.attendance.value})
    return OUTCOME_ANSWER[type(act)]


def _grant(work: Work, member: Member, case_id: int, argument: str) -> Answer:
    """One of the buttons under a reported obstacle: "<obstacle>.<days>"."""
    obstacle, _, days = argument.partition(".")
    if not (obstacle.isdecimal() and days.isdecimal()):
        return _forged(work, member, f"grant:c{case_id}")
    return _applied(work, case_id, acts.GrantDays(by=member.id, obstacle=int(obstacle), days=int(days)))


def _post_card(work: Work, member: Member, case_id: int, task: int) -> Answer:
    """A task named in a reminder: its card anew at the bottom, for whoever has one."""
    record = cases.get(work.session, case_id)
    found = record.case.task(task) if record else None
    if record is None or found is None:
        return _forged(work, member, f"card:c{case_id}.{task}")
    s = situation(work, record.case)
    try:
        s.open_task(task)
        if member.id not in audience(s, found):
            raise NotHolder(role=found.role)
    except Refusal as refusal:
        record_refusal(work, case_id, member.id, button="card", refusal=refusal.record())
        return refused(refusal, s.sop)
    cards.announce(work.session, case_id=case_id, task=task, member_id=member.id, at=work.now, ring=True)
    return Answer(name="card_posted")


def _delivered(
    work: Work, member: Member, case_id: int, task: int, argument: str | None, message_id: int | None
) -> Answer:
    """*Sudah Disampaikan*: the card's text was handed over in person; who did it is recorded, and stands in its place."""
    if not (argument or "").isdecimal():
        return _forged(work, member, f"delivered:c{case_id}.{task}")
    handed = acts.HandOver(by=member.id, task=task, to=int(argument or 0))
    decision = perform(work, case_id, handed)
    if decision.refusal:
        return refused(decision.refusal, sop_of(work, case_id))
    reached = members.get(work.session, handed.to)
    asked = on(work, member, message_id)
    if reached and asked:
        tell(work, member, "delivered", {"name": reached.name, "by": member.name, **asked})
    return Answer(name="delivered")


def answer_to_question(work: Work, member: Member, *, case_id: int, question: int, text: str) -> Refusal | None:
    """A question answered by a reply to its message, without the form that *Jawab* opens; why it was refused, if it was."""
    return perform(work, case_id, acts.AnswerQuestion(by=member.id, question=question, text=text)).refusal


def _forged(work: Work, member: Member, button: str) -> Answer:
    refuse(work, Attempt(what=button, by=member.id), Unknown(subject=button))
    return UNKNOWN


def _stranger(work: Work, telegram_id: int, button: str) -> Answer:
    refuse(work, Attempt(what=button, account=telegram_id), NotMember())
    return refused(NotMember())


def forged(work: Work, *, telegram_id: int, data: str) -> Answer:
    """A press whose data says nothing that Alur ever wrote."""
    member = work.member(telegram_id)
    return _forged(work, member, data[:64]) if member else _stranger(work, telegram_id, data[:64])
