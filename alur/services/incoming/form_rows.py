"""Forms as they are kept: the value in its row, how it ended, and those that a changed case leaves behind."""

from datetime import datetime
from typing import Literal

from alur.services.cases.audience import audience
from alur.services.work import Work
from alur.storage import forms
from alur.storage.forms import FormRow
from alur.workflow import notices
from alur.workflow.case import Case
from alur.workflow.engine import Situation
from alur.workflow.engine.acts import named
from alur.workflow.engine.acts.record_nadine import NadineRule
from alur.workflow.engine.acts.withdraw_ask import check_asked
from alur.workflow.engine.filing import kept_up
from alur.workflow.engine.letters import check_approved
from alur.workflow.engine.rule import DecidingRule
from alur.workflow.engine.situation import already_decided
from alur.workflow.engine.whole_case import WholeCaseRule
from alur.workflow.errors import AlreadyResumed, CaseIsSuspended, InputOver, OutOfDate, TooLate
from alur.workflow.forms import Form
from alur.workflow.notices import Notice
from alur.workflow.sop import TaskKind


def form_of(row: FormRow) -> Form:
    """The form as it was kept in its row."""
    return Form.model_validate(row.answers["form"])


Ending = Literal["sent", "cancelled", "overtaken"]


def end_of(row: FormRow) -> Ending | None:
    """How the form ended; None while it is open."""
    how: Ending | None = row.answers.get("how")
    return how


def begun_by_of(row: FormRow) -> int | None:
    """The update that began the form."""
    update: int | None = row.answers.get("begun_by")
    return update


def remark_of(row: FormRow) -> Notice | None:
    """What stands above the question in hand: why the last answer to it was not taken, or what became of a file."""
    stored = row.answers.get("remark")
    try:
        return None if stored is None else notices.read(stored["template"], stored["about"])
    except notices.NoticeUnreadable:  # of another build: the question alone is asked
        return None


def kept(
    form: Form, *, begun_by: int | None, how: Ending | None = None, remark: Notice | None = None
) -> dict[str, object]:
    said = None if remark is None else {"template": remark.template, "about": remark.kept()}
    return {"form": form.model_dump(mode="json"), "how": how, "begun_by": begun_by, "remark": said}


def awaited(form: Form) -> str | None:
    """The field that waits for a message."""
    return form.asking if form.awaits_message else None


def save(work: Work, row: FormRow, form: Form, *, ring: bool, remark: Notice | None = None) -> None:
    """The form as it has moved; with `ring` it comes anew at the bottom of the chat, where its person has written meanwhile.
    `remark` says what became of what he wrote.
    """
    answers = kept(form, begun_by=begun_by_of(row), remark=remark)
    forms.save(work.session, row.id, answers=answers, asking=awaited(form), at=work.now, ring=ring)


def ask_anew(work: Work, row: FormRow, why: Notice) -> None:
    """The question once more at the bottom, below what was not taken, with the reason: nothing of the form has moved."""
    save(work, row, form_of(row), ring=True, remark=why)


def end(work: Work, row: FormRow, how: Ending) -> None:
    forms.save(
        work.session, row.id, answers=kept(form_of(row), begun_by=begun_by_of(row), how=how), asking=None, at=work.now
    )
    forms.end(work.session, row.id, at=work.now)


def over(row: FormRow, case: Case | None) -> TooLate:
    """Why an input that has ended takes no more presses: who decided meanwhile and when, where somebody did."""
    form, how = form_of(row), end_of(row) or "overtaken"
    if case is not None and how != "cancelled":
        if how == "overtaken" and (stopped := _stopped(form, case)):
            return stopped
        if moved := _moved_on(form, case):
            return moved
        task = case.task(form.on.task) if form.on.task is not None else None
        if task is not None and task.closing is not None and (_decides(form) or how == "overtaken"):
            return already_decided(case, task, task.closing)
        if task is not None and how == "overtaken" and form.on.revision != task.revision:
            return OutOfDate(step=task.step)
    return InputOver(how=how, at=row.ended_at)


def _stopped(form: Form, case: Case) -> TooLate | None:
    """That the case stands still or was called off; of a form about the whole case, who moved it last."""
    rule = named(form.kind)
    stopped = rule.stopped(case) if rule is not None else None
    if stopped is not None or not isinstance(rule, WholeCaseRule) or not case.suspensions:
        return stopped
    last = case.suspensions[-1]
    if last.resumed_by is None:
        return CaseIsSuspended(**last.by.as_facts, at=last.at)
    return AlreadyResumed(**last.resumed_by.as_facts, at=last.resumed_at)


def _moved_on(form: Form, case: Case) -> TooLate | None:
    """What stands against a form that is about no task: its question was answered or withdrawn, its letter came back."""
    asked = case.question(form.on.question) if form.on.question is not None else None
    try:
        if asked is not None:
            check_asked(asked)
        if form.on.document is not None:
            check_approved(case, form.on.document)
    except TooLate as refusal:
        return refusal
    return None


def keep_up(work: Work, case_id: int, s: Situation, before: Case) -> None:
    """Open forms for the archive ask no more for what has come meanwhile; those about a meeting show it as it stands."""
    archives = {item.id for item in s.case.open_tasks if item.kind is TaskKind.ARCHIVE}
    moved = _held_at(s.case) ^ _held_at(before)
    if not archives and not moved:
        return
    for row in forms.open_in(work.session, case_id):
        form = form_of(row)
        fresh = kept_up(form, s, before) if row.task in archives and form.kind == "archive" else form
        if fresh != form:
            save(work, row, fresh, ring=False, remark=remark_of(row) if fresh.asking == form.asking else None)
        elif form.step in {step for step, *_ in moved}:
            save(work, row, form, ring=False, remark=remark_of(row))


def _held_at(case: Case) -> set[tuple[int, datetime, str, bool]]:
    """Step, moment and place of each meeting, and whether it was called off."""
    return {(item.step, item.starts, item.place, item.cancelled_at is not None) for item in case.meetings}


def overtake(work: Work, case_id: int, s: Situation, before: Case, *, except_form: int | None) -> None:
    """Ends the forms that a changed case has left behind: their task is closed, what they decide on has moved, what they are
    about is settled, or the case stands still.
    """
    for row in forms.open_in(work.session, case_id):
        if row.id != except_form and _is_left_behind(row, s, before):
            end(work, row, "overtaken")


def _is_left_behind(row: FormRow, s: Situation, before: Case) -> bool:
    """What its own person has moved leaves a form open that may be sent all the same, if what it asks is still the question."""
    form = form_of(row)
    rule = named(form.kind)
    if rule is not None and rule.stopped(s.case) is not None:
        return True
    if isinstance(rule, WholeCaseRule) and s.case.suspensions != before.suspensions:
        return True  # whoever fills it in has not seen that
    if row.task is None:
        return _moved_on(form, s.case) is not None or _is_numbered(form, s.case)
    task = s.case.task(row.task)
    if task is None or not task.is_open:
        return True
    if s.is_anothers(task, row.member_id) and row.member_id not in audience(s, task):
        return True
    if not isinstance(rule, DecidingRule):
        return False
    if form.on.revision == task.revision:
        return rule.takes_no_more(s, before, row.member_id, form.on)
    return not rule.takes_older(s, row.member_id, form.on) or rule.form(s, row.member_id, form.on) is None


def _is_numbered(form: Form, case: Case) -> bool:
    """Whether the letter got a number that its form was not begun with: whoever enters another must have seen it."""
    if form.kind != NadineRule.name or form.on.document is None:
        return False
    number = case.nadine_number(form.on.document)
    return number is not None and number not in {item.value for item in form.field("number").options}


def _decides(form: Form) -> bool:
    """Whether its act holds only at the revision at which the form was begun."""
    return isinstance(named(form.kind), DecidingRule)
