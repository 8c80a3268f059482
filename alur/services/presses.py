"""What a button under a card or notice does: it decides at once, or begins a form where something is to be asked."""

from alur.services import copies, forms, reading
from alur.services.audience import audience
from alur.services.copies import Copy
from alur.services.office import refuse
from alur.services.perform import perform, record_refusal
from alur.services.situations import situation, sop_of
from alur.services.suggestions import suggested
from alur.services.tell import on, tell, tell_again
from alur.services.work import REPLACE, UNKNOWN, Answer, Work, done, refused
from alur.storage import cards, cases, members
from alur.storage.members import Member
from alur.workflow.engine.acts import named
from alur.workflow.engine.acts.answer_question import AnswerQuestion
from alur.workflow.engine.rule import On
from alur.workflow.errors import NotHolder, NotMember, Refusal, Unknown
from alur.workflow.office.attempts import Attempt


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
    if button in reading.BUTTONS:
        return reading.press(work, member, button=button, case_id=case_id, argument=argument, message_id=None)
    if button == "card":
        return _post_card(work, member, case_id, task)
    about = On(task=task, revision=revision, argument=(argument or "").removesuffix(REPLACE) or None)
    answer = _press(work, member, button, case_id, about, argument=argument, message_id=message_id)
    if button == "delivered" and not answer.is_refusal:
        _tell_delivered(work, member, about.argument, message_id)
    return answer


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
    about = On(argument=(argument or "").removesuffix(REPLACE) or None)
    answer = _press(work, member, button, case_id, about, argument=argument, message_id=message_id)
    if button == "grant" or answer.is_refusal:
        tell_again(work, member, message_id)
    return answer


def _press(
    work: Work, member: Member, button: str, case_id: int, about: On, *, argument: str | None, message_id: int | None
) -> Answer:
    """An act of the case: by this one tap, or by the form that it begins."""
    rule, record = named(button), cases.get(work.session, case_id)
    if rule is None or record is None:
        return _forged(work, member, f"{button}:c{case_id}")
    s = situation(work, record.case)
    try:
        form = rule.begin(s, member.id, about) if rule.asks else None
        if form is None:
            refusal = perform(work, case_id, rule.made(member.id, about, None, work.calendar.zone)).refusal
            return refused(refusal, s.sop) if refusal else done(rule)
    except Refusal as refusal:
        record_refusal(work, case_id, member.id, button=button, refusal=refusal.record())
        return refused(refusal, s.sop)
    form = suggested(work, member, s, form.model_copy(update={"case": case_id}))
    is_new = (argument or "").endswith(REPLACE)
    return forms.begin(
        work, member, form, replace=is_new, button=button, argument=about.argument, message_id=message_id
    )


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


def _tell_delivered(work: Work, member: Member, to: str | None, message_id: int | None) -> None:
    """Who handed the text over stands in the place of the message that was pressed."""
    reached, asked = members.get(work.session, int(to or 0)), on(work, member, message_id)
    if reached and asked:
        tell(work, member, "delivered", {"name": reached.name, "by": member.name, **asked})


def answer_to_question(work: Work, member: Member, *, case_id: int, question: int, text: str) -> Refusal | None:
    """A question answered by a reply to its message, without the form that *Jawab* opens; why it was refused, if it was."""
    return perform(work, case_id, AnswerQuestion(by=member.id, question=question, text=text)).refusal


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
