"""Which form a button begins, after the guards that its act will meet again."""

from alur.workflow import acts
from alur.workflow.engine import Situation
from alur.workflow.engine.archive import check_approved, letter_roles
from alur.workflow.engine.convene import check_may_be_dated, schedulers
from alur.workflow.errors import AlreadyAnswered, DateMissing, Unknown
from alur.workflow.form_kinds import DECIDING, answer_form, meeting_form, nadine_form, task_form
from alur.workflow.forms import Form, FormKind
from alur.workflow.sop import TaskKind

KIND_OF_TASK = {
    FormKind.DISPOSE: TaskKind.DISPOSE,
    FormKind.SUBMIT: TaskKind.PREPARE,
    FormKind.APPROVE: TaskKind.REVIEW,
    FormKind.RETURN: TaskKind.REVIEW,
    FormKind.DIRECT: TaskKind.DIRECT,
    FormKind.ARCHIVE: TaskKind.ARCHIVE,
}


def form_on_task(s: Situation, member: int, button: str, task: int, revision: int) -> Form | None:
    """The form that a button under a card begins; None where nothing is to be asked (`act_without_form`)."""
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


def form_on_case(s: Situation, member: int, button: str, subject: str | None) -> Form | None:
    """The form that a button about the case as a whole begins."""
    match button:
        case "nadine":
            s.actor(member, letter_roles(s, subject or ""))
            check_approved(s.case, subject or "")
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


def act_without_form(button: str, member: int, task: int, revision: int) -> acts.AnyAct:
    """*Ajukan* and *Setujui* where no note is due: one tap decides."""
    if button == FormKind.SUBMIT:
        return acts.Submit(by=member, task=task, revision=revision)
    return acts.Approve(by=member, task=task, revision=revision)
