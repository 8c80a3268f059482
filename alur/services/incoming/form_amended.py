"""What a change inside a message makes of the answer that the message gave to a form."""

from alur.services.incoming.form_input import parts_of
from alur.services.incoming.form_rows import ask_anew, form_of, remark_of, save
from alur.services.tell import tell
from alur.services.work import Work
from alur.storage import forms
from alur.storage.forms import FormRow
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.errors import Refusal
from alur.workflow.files import FileRef
from alur.workflow.form_moves import refiled, retyped
from alur.workflow.forms import Field, Form, file_of, named_option
from alur.workflow.taken import AsAnswer

FILES = ("file", "reason")  # the kinds of field that a file answers


def takes_file(work: Work, member: Member, taken: AsAnswer) -> bool:
    """Whether another file may take the place of what the message gave."""
    row = _row(work, member, taken)
    return row is not None and form_of(row).field(taken.field).kind in FILES


def amend(
    work: Work, member: Member, taken: AsAnswer, *, words: str, file: FileRef | None, is_file: bool
) -> AsAnswer | None:
    """The form with what the message says now; `file` where another was fetched. None where it is not his to change any more:
    the form is over, or the field was answered otherwise since. What cannot be read leaves the form as it was.
    """
    row = _row(work, member, taken)
    form = form_of(row) if row is not None else None
    if row is None or form is None or not _fits(form.field(taken.field), words, is_file=is_file):
        return None
    try:
        moved = _moved(work, form, taken, words, file, is_file=is_file)
    except Refusal as refusal:
        if form.asking == taken.field:
            ask_anew(work, row, notices.Refused.by(refusal, of_form=row.kind))
        else:  # the form asks for something else now
            tell(work, member, notices.Refused.by(refusal, case_id=row.case_id, of_form=row.kind))
        return taken
    if moved != form:
        is_on = moved.asking != form.asking
        save(work, row, moved, ring=is_on, remark=None if is_on else remark_of(row))
    return parts_of(row, moved, taken.field, is_file=is_file, caption=words)


def _moved(work: Work, form: Form, taken: AsAnswer, words: str, file: FileRef | None, *, is_file: bool) -> Form:
    name = taken.field
    if not is_file:
        zone = work.calendar.zone
        return retyped(form, name, words, today=work.at.astimezone(zone).date(), zone=zone)
    held = file or file_of(form, name if form.field(name).kind == "file" else "file")
    if held is None:
        return form
    kept = {key: value for key, value in form.answers.items() if key not in taken.parts}
    return refiled(form.model_copy(update={"answers": kept}), name, held, words)


def _row(work: Work, member: Member, taken: AsAnswer) -> FormRow | None:
    """The open form in which stands what the message gave; or which still asks, where what it gave was refused."""
    row = forms.get(work.session, taken.form)
    if row is None or row.ended_at is not None or row.member_id != member.id:
        return None
    form = form_of(row)
    if not taken.parts:
        return row if form.asking == taken.field else None
    return row if parts_in(form, taken) else None


def parts_in(form: Form, taken: AsAnswer) -> bool:
    return all(_said(form, name) == value for name, value in taken.parts.items())


def _said(form: Form, name: str) -> str | None:
    answer = form.answers.get(name)
    return answer["sha256"] if isinstance(answer, dict) else None if answer is None else str(answer)


def _fits(field: Field, words: str, *, is_file: bool) -> bool:
    if is_file:
        return field.kind in FILES
    return field.kind != "file" and (field.is_typed or named_option(field, words) is not None)
