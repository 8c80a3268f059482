"""What a button under a card or notice does: it decides at once, or begins a form where something is to be asked."""

from alur.services import copies, forms, reading
from alur.services.announce import audience
from alur.services.copies import Copy
from alur.services.perform import perform, record_refusal
from alur.services.situations import situation, sop_of
from alur.services.suggestions import suggested
from alur.services.work import REPLACE, UNKNOWN, Answer, Work, note_in_office_trail, refused
from alur.storage import audit, cards, cases
from alur.storage.members import Member
from alur.workflow import acts
from alur.workflow.case import Attendance
from alur.workflow.engine import Situation
from alur.workflow.engine.archive import letter_roles
from alur.workflow.engine.convene import check_may_be_dated, schedulers
from alur.workflow.errors import AlreadyAnswered, DateMissing, NotHolder, Refusal, Unknown
from alur.workflow.form_kinds import DECIDING, answer_form, meeting_form, nadine_form, task_form
from alur.workflow.forms import Form, FormKind
from alur.workflow.people import roles_with
from alur.workflow.sop import Right, TaskKind

KIND_OF_TASK = {
    FormKind.DISPOSE: TaskKind.DISPOSE,
    FormKind.SUBMIT: TaskKind.PREPARE,
    FormKind.APPROVE: TaskKind.REVIEW,
    FormKind.RETURN: TaskKind.REVIEW,
    FormKind.DIRECT: TaskKind.DIRECT,
    FormKind.ARCHIVE: TaskKind.ARCHIVE,
}
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
        return _delivered(work, member, case_id, task, argument)
    if button == "card":
        return _post_card(work, member, case_id, task)
    return _begin(work, member, button, case_id, replace=argument == REPLACE, task=task, revision=revision)


def press_reading(
    work: Work, *, telegram_id: int, button: str, case_id: int | None, argument: str | None, message_id: int
) -> Answer:
    """A press on a screen of `/berkas` or `/riwayat`."""
    member = work.member(telegram_id)
    if member is None:
        return _stranger(work, telegram_id, button)
    return reading.press(work, member, button=button, case_id=case_id, argument=argument, message_id=message_id)


def press_case(work: Work, *, telegram_id: int, button: str, case_id: int, argument: str | None) -> Answer:
    """A press that concerns the case as a whole: a letter's number, a question's answer, an early meeting date."""
    member = work.member(telegram_id)
    if member is None:
        return _stranger(work, telegram_id, button)
    subject = (argument or "").removesuffix(REPLACE)
    if button == "grant":
        return _grant(work, member, case_id, subject)
    return _begin(work, member, button, case_id, replace=(argument or "").endswith(REPLACE), subject=subject)


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
) -> Answer:
    record = cases.get(work.session, case_id)
    if record is None:
        return _forged(work, member, f"{button}:c{case_id}")
    s = situation(work, record.case)
    try:
        if task is not None:
            form = _form_on_task(s, member.id, button, task, revision)
        else:
            form = _form_on_case(s, member.id, button, subject)
    except Refusal as refusal:
        record_refusal(work, case_id, member.id, button=button, refusal=refusal.record())
        return refused(refusal, s.sop)
    if form is None and task is not None:
        act = _without_form(button, member.id, task, revision)
        return _applied(work, case_id, act)
    if form is None:
        return _forged(work, member, f"{button}:c{case_id}")
    form = suggested(work, member, s, form.model_copy(update={"case": case_id}))
    return forms.begin(work, member, form, replace=replace, button=button, argument=subject)


def _form_on_task(s: Situation, member: int, button: str, task: int, revision: int) -> Form | None:
    """The form that the button begins, after the guards that its act will meet again."""
    try:
        kind = FormKind(button)
    except ValueError:
        raise Unknown(subject=button) from None
    if kind in DECIDING:
        asked = acts.Deciding(by=member, task=task, revision=revision)
        return task_form(s, kind, s.deciding(asked, KIND_OF_TASK[kind])[0])
    found = s.open_task(task)
    definition = s.definition(found)
    match kind:
        case FormKind.SCHEDULE:
            step = definition.schedules or found.step
            s.actor(member, schedulers(s, step))
            check_may_be_dated(s, step)
            form = task_form(s, kind, found)
            return form.model_copy(update={"step": step}) if form else None
        case FormKind.REPRESENT if definition.participants:
            s.actor(member, definition.participants)
        case FormKind.WITHDRAW:
            s.actor(member, (found.role, *definition.helpers))
        case FormKind.OBSTACLE:
            s.actor(member, (found.role, *definition.helpers))
        case FormKind.CANCEL_MEETING | FormKind.ATTENDANCE if found.kind is TaskKind.CONVENE:
            s.actor(member, (found.role, *definition.helpers))
            if s.case.meeting(found.step) is None:
                raise DateMissing(step=found.step)
        case FormKind.ASK:
            s.actor(member, (found.role,))
        case _:
            raise Unknown(subject=button)
    return task_form(s, kind, found)


def _form_on_case(s: Situation, member: int, button: str, subject: str | None) -> Form | None:
    match button:
        case "nadine":
            s.actor(member, letter_roles(s, subject or ""))
            if s.case.newest(subject or "") is None:
                raise Unknown(subject=subject)
            return nadine_form(s, subject or "")
        case "answer" if subject and subject.isdecimal():
            question = s.case.question(int(subject))
            if question is None:
                raise Unknown(subject=subject)
            s.actor(member, (question.to_role,))
            if question.answered_by:
                raise AlreadyAnswered(role=question.to_role, by=question.answered_by.name, at=question.answered_at)
            return answer_form(s, question.id)
        case "schedule" if subject and subject.isdecimal() and 1 <= int(subject) <= len(s.sop.steps):
            s.actor(member, schedulers(s, int(subject)) or ("",))
            check_may_be_dated(s, int(subject))
            return meeting_form(s, int(subject))
        case _:
            raise Unknown(subject=button)


def _without_form(button: str, member: int, task: int, revision: int) -> acts.AnyAct:
    if button == FormKind.SUBMIT:
        return acts.Submit(by=member, task=task, revision=revision)
    return acts.Approve(by=member, task=task, revision=revision)


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


def _delivered(work: Work, member: Member, case_id: int, task: int, argument: str | None) -> Answer:
    """*Sudah Disampaikan*: the card's text was handed over in person; who did it is recorded."""
    record = cases.get(work.session, case_id)
    if record is None or record.case.task(task) is None or not (argument or "").isdecimal():
        return _forged(work, member, f"delivered:c{case_id}.{task}")
    sop = situation(work, record.case).sop
    roles = roles_with(sop, Right.REPORT)
    if work.office().appointment(member.id, roles, work.at) is None:
        refusal = NotHolder(role=roles[0])
        record_refusal(work, case_id, member.id, button="delivered", refusal=refusal.record())
        return refused(refusal, sop)
    act = {"act": "delivered", "by": member.id, "task": task, "to": int(argument or 0)}
    entry: dict[str, object] = {"act": act, "events": [], "applied": work.now.isoformat(), "update": work.update_id}
    audit.append(work.session, case_id=case_id, at=work.at, member=member.id, entry=entry)
    return Answer(name="delivered")


def answer_to_question(work: Work, member: Member, *, case_id: int, question: int, text: str) -> Refusal | None:
    """A question answered by a reply to its message, without the form that *Jawab* opens; why it was refused, if it was."""
    return perform(work, case_id, acts.AnswerQuestion(by=member.id, question=question, text=text)).refusal


def _forged(work: Work, member: Member, button: str) -> Answer:
    entry = {"act": {"act": button, "by": member.id}, **Unknown(subject=button).record()}
    note_in_office_trail(work, member=member.id, entry=entry)
    return UNKNOWN


def _stranger(work: Work, telegram_id: int, button: str) -> Answer:
    entry = {"act": {"act": button, "telegram_id": telegram_id}, "refusal": "NotMember"}
    note_in_office_trail(work, member=None, entry=entry)
    return Answer(name="unknown", values={"stranger": True}, alert=True)


def forged(work: Work, *, telegram_id: int, data: str) -> Answer:
    """A press whose data says nothing that Alur ever wrote."""
    member = work.member(telegram_id)
    return _forged(work, member, data[:64]) if member else _stranger(work, telegram_id, data[:64])
