"""Forms as they are kept: the value in its row, how it ended, and those that a changed case leaves behind."""

from typing import Literal

from alur.services.work import Work
from alur.storage import forms
from alur.storage.forms import FormRow
from alur.workflow.case import Case
from alur.workflow.engine import Situation
from alur.workflow.form_archive import kept_up
from alur.workflow.form_kinds import DECIDING
from alur.workflow.forms import Form, FormKind
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


def kept(form: Form, *, begun_by: int | None, how: Ending | None = None) -> dict[str, object]:
    return {"form": form.model_dump(mode="json"), "how": how, "begun_by": begun_by}


def token_of(form: Form, change: int) -> str | None:
    """Names one asking by a prompt, so that each is asked once, and again when it comes again."""
    return f"{form.asking}#{change}" if form.is_prompting else None


def save(work: Work, row: FormRow, form: Form, *, ring: bool) -> None:
    """The form as it has moved; with `ring` it comes anew at the bottom of the chat."""
    token = token_of(form, row.wanted + 1)
    forms.save(
        work.session, row.id, answers=kept(form, begun_by=begun_by_of(row)), asking=token, at=work.now, ring=ring
    )


def end(work: Work, row: FormRow, how: Ending) -> None:
    forms.save(
        work.session, row.id, answers=kept(form_of(row), begun_by=begun_by_of(row), how=how), asking=None, at=work.now
    )
    forms.end(work.session, row.id, at=work.now)


def keep_up(work: Work, case_id: int, s: Situation, before: Case) -> None:
    """Open forms for the archive ask no more for what has come meanwhile."""
    task = s.case.open_task
    if task is None or task.kind is not TaskKind.ARCHIVE:
        return
    for row in forms.open_on(work.session, case_id, task.id):
        form = form_of(row)
        fresh = kept_up(form, s, before) if form.kind is FormKind.ARCHIVE else form
        if fresh != form:
            save(work, row, fresh, ring=False)


def overtake(work: Work, case_id: int, case: Case, *, except_form: int | None) -> None:
    """Ends the forms that a changed case has left behind: their task is closed, or what they decide on has moved."""
    for task in case.tasks[-2:]:
        for row in forms.open_on(work.session, case_id, task.id):
            form = form_of(row)
            is_old = not task.is_open or (form.kind in DECIDING and form.revision != task.revision)
            if is_old and row.id != except_form:
                end(work, row, "overtaken")
