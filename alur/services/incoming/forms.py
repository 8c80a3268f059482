"""Forms: begun by a button, answered by taps and typed texts, sent as one act. A person has one open form."""

from collections.abc import Callable
from dataclasses import replace as but
from typing import Any

from alur.services.cases.perform import Performed, open_, perform, record_refusal
from alur.services.cases.situations import situation, sop_of
from alur.services.incoming.form_rows import awaited, end, form_of, kept, over, save
from alur.services.people.office import refuse, refuse_stranger
from alur.services.people.staff import act, answered
from alur.services.tell import on, standing_under, tell, tell_again, told_by
from alur.services.work import UNKNOWN, Answer, Work, done, refused
from alur.storage import cases, forms, messages
from alur.storage.forms import FormRow
from alur.storage.members import Member
from alur.storage.sop_files import Procedure
from alur.workflow import notices
from alur.workflow.engine.acts import named
from alur.workflow.engine.acts.open_case import OpenCase, ways_of
from alur.workflow.engine.rule import Act
from alur.workflow.errors import DecisionHeld, Doubtful, FieldMissing, Incomplete, Refusal, Unknown, WayMissing
from alur.workflow.form_moves import changing, chosen, correcting, gone, noting, proceeded, toggled, writing
from alur.workflow.forms import Form, begun_also_on
from alur.workflow.office.attempts import Attempt
from alur.workflow.office.rooms import StaffRule, staff_rule
from alur.workflow.presses import (
    BeginningPress,
    FormPress,
    PressAct,
    PressCancel,
    PressChange,
    PressCorrect,
    PressKeep,
    PressNext,
    PressNote,
    PressOpen,
    PressPick,
    PressSend,
    PressSkip,
    PressStaff,
    PressTick,
    PressWrite,
    known,
)


def begin(
    work: Work,
    member: Member,
    form: Form,
    *,
    replace: bool = False,
    message_id: int | None = None,
) -> Answer:
    """Opens the form. Where another is open, the person is asked first; the same one is shown again at the bottom.
    `message_id` is the message that was pressed: with `replace` the question, which then says how it was answered.
    """
    current = forms.open_for(work.session, member.id)
    begun_on = _asked_on(work, member, message_id) if replace else message_id
    form = begun_also_on(form, begun_on)
    if current is not None and _subject(form_of(current)) == _subject(form):
        save(work, current, begun_also_on(form_of(current), begun_on), ring=True)
        return Answer(name="form_opened")
    if current is not None and not replace:
        code, new = form_of(current).code, _in_its_place(form)
        asked = notices.ReplaceForm(form=current.id, old=current.kind, code=code, new=new, begun_on=begun_on)
        tell(work, member, asked)
        return Answer(name="form_opened")
    if current is not None:
        end(work, current, "cancelled")
        _answered(work, member, current, message_id, is_kept=False)
    forms.start(
        work.session,
        member_id=member.id,
        kind=form.kind,
        at=work.now,
        case_id=form.case,
        task=form.on.task,
        revision=form.on.revision,
        answers=kept(form, begun_by=work.update_id),
        asking=awaited(form),
    )
    return Answer(name="form_opened")


def _asked_on(work: Work, member: Member, message_id: int | None) -> int | None:
    """The message whose button begins the form, of which the question under `message_id` asked."""
    asked = told_by(work, member, message_id)
    return asked.begun_on if isinstance(asked, notices.ReplaceForm) else None


def press(work: Work, *, telegram_id: int, press: FormPress, message_id: int) -> Answer:
    """A press under the form's own message. Only its person may, and only while it is open."""
    member = work.member(telegram_id)
    record = forms.get(work.session, press.form)
    if member is None or record is None or record.member_id != member.id:
        if member is None:
            return refuse_stranger(work, telegram_id=telegram_id, button=press.name)
        refuse(work, Attempt(what=press.name, by=member.id), Unknown(subject=f"f{press.form}"))
        return UNKNOWN
    stands_under_form = not isinstance(press, PressKeep)  # which stands under the question whether the form gives way
    if stands_under_form and _is_copy(work, record, message_id):
        forms.adopt(work.session, record.id, message_id)
    if record.ended_at is not None:
        return _over(work, member, record, press)
    try:
        match press:
            case PressTick():
                return _moved(work, record, lambda form: toggled(form, press.field, _option(form, press)))
            case PressPick():
                return _moved(work, record, lambda form: chosen(form, press.field, _option(form, press)))
            case PressWrite():
                return _moved(work, record, writing)
            case PressNext() | PressSkip():
                return _moved(work, record, proceeded)
            case PressNote():
                return _moved(work, record, noting)
            case PressChange():
                return _moved(work, record, changing)
            case PressCorrect():
                return _moved(work, record, lambda form: correcting(form, press.field))
            case PressSend():
                return _send(work, member, record, press.way)
            case PressCancel():
                end(work, record, "cancelled")
                return Answer(name="form_cancelled")
            case PressKeep():
                save(work, record, form_of(record), ring=True)
                _answered(work, member, record, message_id, is_kept=True)
                return Answer(name="form_opened")
            case _:
                raise ValueError(f"no press under a form: {press!r}")
    except Refusal as refusal:
        return refused(refusal)


def _is_copy(work: Work, record: FormRow, message_id: int) -> bool:
    """Whether the form stands there: its id was lost, or it is of record, and an older one goes once more."""
    about = messages.about(work.session, record.chat_id, message_id)
    return about is None or about.get("form") == record.id


def _over(work: Work, member: Member, record: FormRow, press: FormPress) -> Answer:
    """A press on a form that has ended: the loser reads who decided, and he and a press that comes again stand in the trail."""
    case = cases.get(work.session, record.case_id) if record.case_id else None
    refusal = over(record, case.case if case else None)
    act = form_of(record).kind if isinstance(press, PressSend) else press.name
    if case is not None:
        record_refusal(work, case.id, member.id, button=act, refusal=refusal.record())
        return refused(refusal, sop_of(work, case.id))
    refuse(work, Attempt(what=act, by=member.id), refusal)
    return refused(refusal)


def _answered(work: Work, member: Member, old: FormRow, message_id: int | None, *, is_kept: bool) -> None:
    """Whether the open form gives way was asked, and is answered where it was asked."""
    asked = on(work, member, message_id)
    if asked is not None:
        said = notices.FormKept if is_kept else notices.FormReplaced
        tell(work, member, said(old=old.kind, on=asked))


def cancel(work: Work, *, telegram_id: int) -> Answer:
    """/batal: leaves the half-done input, and says what was left."""
    member = work.member(telegram_id)
    if member is None:
        return UNKNOWN
    record = forms.open_for(work.session, member.id)
    if record is not None:
        end(work, record, "cancelled")
    tell(work, member, notices.Cancelled(was=record.kind if record else None))
    return Answer(name="form_cancelled")


def _moved(work: Work, record: FormRow, move: Callable[[Form], Form]) -> Answer:
    """Saved where it changes something."""
    before = form_of(record)
    form = move(before)
    if form != before:
        save(work, record, form, ring=False)
    return Answer(name="form_changed")


def _send(work: Work, member: Member, record: FormRow, way: int | None) -> Answer:
    """*Kirim*, or the way in its place: the answers become an act. What is missing, in doubt, or only to be waited for
    keeps the form open; any other refusal ends it.
    """
    form = form_of(record)
    if not form.is_ready:
        raise FieldMissing(field=form.asking)
    if way is not None:
        form = gone(form, way)
    staff = staff_rule(form.kind)
    if staff is not None:
        return _send_to_office(work, member, record, form, staff)
    rule = named(form.kind)
    if rule is None:
        raise Unknown(subject=form.kind)
    act = rule.made(member.id, form.on, form, work.calendar.zone)
    decision = _perform(work, form, act, record.id)
    sop, case = sop_of(work, form.case) if form.case else None, decision.case
    if decision.refusal is None:
        end(work, record, "sent")
        copy_of = standing_under(form.case, form.on) if form.case is not None else None
        for message_id in form.begun_on:
            tell_again(work, member, message_id, copy_of=copy_of)
        days = form.answers.get("days")
        said = {"sop": sop, "days": days, **(rule.said(sop, case) if sop and case else {})}
        return done(rule, case, form.on.task, vacant=decision.vacant, **said)
    if isinstance(decision.refusal, WayMissing) and isinstance(act, OpenCase):
        # The form was begun before the procedure had ways: now they stand there.
        save(work, record, form.model_copy(update={"ways": ways_of([_procedure(work, form).sop])}), ring=True)
    elif isinstance(decision.refusal, Doubtful):
        save(work, record, form.model_copy(update={"is_doubted": True}), ring=False)
    elif not isinstance(decision.refusal, Incomplete | DecisionHeld):
        end(work, record, "overtaken")
    else:
        asked = form if case is None else rule.asked_after(situation(work, case), member.id, form, decision.refusal)
        if asked == form:
            return refused(decision.refusal, sop)
        save(work, record, asked, ring=False)
    return but(refused(decision.refusal, sop), has_changed=True)


def _send_to_office(work: Work, member: Member, record: FormRow, form: Form, rule: StaffRule[Any]) -> Answer:
    """The same of an act about people."""
    decision = act(work, rule.made(member.id, form.on, form))
    asked = form if decision.refusal is None else rule.asked_after(form, decision.refusal)
    if decision.refusal is None:
        end(work, record, "sent" if decision.events else "cancelled")
        for message_id in form.begun_on if decision.events else ():
            tell_again(work, member, message_id)
    elif not isinstance(decision.refusal, Incomplete):
        end(work, record, "overtaken")
    elif asked != form:
        save(work, record, asked, ring=False)
    return answered(rule, decision)


def _perform(work: Work, form: Form, act: Act, form_id: int) -> Performed:
    if isinstance(act, OpenCase):
        return open_(work, _procedure(work, form), act)[0]
    return perform(work, known(form.case, "case"), act, form_id=form_id)


def _procedure(work: Work, form: Form) -> Procedure:
    return next(item for item in work.procedures if item.sop.id == form.answers["sop"])


def _option(form: Form, press: PressTick | PressPick) -> str:
    """The value of the option that is meant."""
    options = form.offers(form.field(press.field))
    if not 0 <= press.option < len(options):
        raise Unknown(subject=press.field)
    return options[press.option].value


def _subject(form: Form) -> tuple[object, ...]:
    """Whatever its revision: one that is open may be sent, or it would have been ended."""
    return (form.kind, form.case, form.step, form.on.model_copy(update={"revision": 0}))


def _in_its_place(form: Form) -> BeginningPress:
    """The press that begins the form in the place of the open one."""
    if staff_rule(form.kind) is not None:
        return PressStaff(rule=form.kind, on=form.on, replaces=True)
    if form.case is None:
        return PressOpen(replaces=True)
    return PressAct(rule=form.kind, case=form.case, on=form.on, replaces=True)
