"""What a button under a card or notice does: it decides at once, or begins a form where something is to be asked."""

from alur.services.cases.audience import audience
from alur.services.cases.perform import perform, record_refusal
from alur.services.cases.situations import situation, sop_of
from alur.services.cases.suggestions import suggested
from alur.services.incoming import copies, forms, reading
from alur.services.incoming.copies import Copy
from alur.services.people.office import refuse, refuse_stranger
from alur.services.tell import on as in_place_of
from alur.services.tell import person_of, standing_under, tell, tell_again
from alur.services.work import UNKNOWN, Answer, Work, done, refused
from alur.storage import cards, cases, members
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.engine.acts import named
from alur.workflow.engine.acts.answer_question import AnswerQuestion
from alur.workflow.engine.acts.hand_over import HandOverInvitedRule, HandOverRule
from alur.workflow.engine.situation import already_assigned
from alur.workflow.errors import NotHolder, Refusal, Substituted, Unknown
from alur.workflow.office.attempts import Attempt
from alur.workflow.people import Invited
from alur.workflow.presses import (
    CardPress,
    On,
    PressAct,
    PressCard,
    PressFiles,
    PressHistory,
    PressLess,
    PressMore,
    ReadingPress,
    known,
)

NOT_HIS = {refusal.__name__ for refusal in (NotHolder, Substituted, Unknown)}  # by which nothing of the case is told


def press(work: Work, *, telegram_id: int, press: CardPress, message_id: int | None = None) -> Answer:
    """A press under a card, or under a notice about a case. `message_id` is what was pressed (`copies.used`)."""
    member = work.member(telegram_id)
    if member is None:
        return refuse_stranger(work, telegram_id=telegram_id, button=press.name)
    if refusal := _used(work, member, press, message_id):
        record_refusal(work, press.case, member.id, button=press.name, refusal=refusal.record())
        return refused(refusal, sop_of(work, press.case))
    match press:
        case PressFiles() | PressHistory():
            return reading.press_card(work, member, press, message_id=message_id)
        case PressMore() | PressLess():
            return _show_card(work, member, press)
        case PressCard():
            posted = _show_card(work, member, press)
            if posted.is_refusal:
                tell_again(work, member, message_id)
            return posted
        case PressAct():
            answer = _act(work, member, press, message_id)
            _tell(work, member, press, answer, message_id)
            return answer


def press_reading(work: Work, *, telegram_id: int, press: ReadingPress, message_id: int) -> Answer:
    """A press on a screen of `/status`, `/tugas`, `/berkas` or `/riwayat`."""
    member = work.member(telegram_id)
    if member is None:
        return refuse_stranger(work, telegram_id=telegram_id, button=press.name)
    return reading.press(work, member, press, message_id=message_id)


def _used(work: Work, member: Member, press: CardPress, message_id: int | None) -> Refusal | None:
    """Why the copy of the card that was pressed decides nothing; only what is about a task stands under a card."""
    on = press.on if isinstance(press, PressAct) else On(task=press.task)
    if on.task is None or message_id is None:
        return None
    rule = press.rule if isinstance(press, PressAct) else None
    copy = Copy(case_id=press.case, task=on.task, revision=on.revision, message_id=message_id, rule=rule)
    return copies.used(work, member, copy)


def _act(work: Work, member: Member, press: PressAct, message_id: int | None) -> Answer:
    """An act of the case: by this one tap, or by the form that it begins."""
    rule, record = named(press.rule), cases.get(work.session, press.case)
    if rule is None or record is None:
        return _forged(work, member, f"{press.name}:c{press.case}")
    s = situation(work, record.case)
    try:
        form = rule.begin(s, member.id, press.on) if rule.asks else None
        if form is None:
            act = rule.made(member.id, press.on, None, work.calendar.zone)
            made = perform(work, press.case, act)
            if made.refusal:
                return refused(made.refusal, s.sop)
            return done(rule, made.case, press.on.task, vacant=made.vacant, sop=s.sop)
    except Refusal as refusal:
        record_refusal(work, press.case, member.id, button=press.name, refusal=refusal.record())
        return refused(refusal, s.sop)
    form = suggested(work, member, s, form.model_copy(update={"case": press.case}))
    return forms.begin(work, member, form, replace=press.replaces, message_id=message_id)


def _tell(work: Work, member: Member, press: PressAct, answer: Answer, message_id: int | None) -> None:
    """The notice that was pressed says what became of it: who handed a text over, how many days were granted, who was reminded,
    or that a question was answered meanwhile. Where a form has opened, that is not known yet. A button that is not his, or
    forged, brings nothing of what it names before him.
    """
    if answer is UNKNOWN:
        return
    is_his = answer.values.get("refusal") not in NOT_HIS
    if press.rule in (HandOverRule.name, HandOverInvitedRule.name) and not answer.is_refusal:
        _tell_delivered(work, member, press.on, message_id)
    elif answer.name != "form_opened":
        tell_again(work, member, message_id, copy_of=standing_under(press.case, press.on) if is_his else None)


def _show_card(work: Work, member: Member, press: PressCard | PressMore | PressLess) -> Answer:
    """An open task's card, for whoever has one: anew at the bottom, where a reminder names it; or where it stands, with its
    own buttons or with what stands behind them.
    """
    record = cases.get(work.session, press.case)
    found = record.case.task(press.task) if record else None
    if record is None or found is None:
        return _forged(work, member, f"{press.name}:c{press.case}.{press.task}")
    s = situation(work, record.case)
    try:
        s.open_task(press.task)
        if s.is_anothers(found, member.id) and member.id not in audience(s, found):
            raise already_assigned(found)
        if member.id not in audience(s, found):
            raise NotHolder(role=found.role)
    except Refusal as refusal:
        record_refusal(work, press.case, member.id, button=press.name, refusal=refusal.record())
        return refused(refusal, s.sop)
    rings = isinstance(press, PressCard)
    card = cards.announce(
        work.session, case_id=press.case, task=press.task, member_id=member.id, at=work.now, ring=rings
    )
    if isinstance(press, PressMore):
        cards.unfold(work.session, card)
    return Answer(name="card_posted") if rings else reading.TURNED


def _tell_delivered(work: Work, member: Member, on: On, message_id: int | None) -> None:
    """Who handed the text over stands in the place of the message that was pressed."""
    reached: Member | Invited | None
    if on.invitation is not None:
        reached = work.office().who_is_invited(on.invitation)
    else:
        reached = members.get(work.session, known(on.member, "member"))
    asked = in_place_of(work, member, message_id)
    if reached is not None and asked is not None:
        tell(work, member, notices.Delivered(member=person_of(reached), by=person_of(member), on=asked))


def answer_to_question(work: Work, member: Member, *, case_id: int, question: int, text: str) -> Refusal | None:
    """A question answered by a reply to its message, without the form that *Jawab* opens; why it was refused, if it was."""
    return perform(work, case_id, AnswerQuestion(by=member.id, question=question, text=text)).refusal


def _forged(work: Work, member: Member, button: str) -> Answer:
    refuse(work, Attempt(what=button, by=member.id), Unknown(subject=button))
    return UNKNOWN


def forged(work: Work, *, telegram_id: int, data: str) -> Answer:
    """A press whose data says nothing that Alur ever wrote."""
    member, button = work.member(telegram_id), data[:64]
    return _forged(work, member, button) if member else refuse_stranger(work, telegram_id=telegram_id, button=button)
