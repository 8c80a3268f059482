"""What a form cannot know of itself: whether the file that it is given is another one than that which it is to replace, and
whether the number that it is given is another letter's.
"""

from alur.services.cases.situations import situation
from alur.services.work import Work
from alur.storage import cases, letter_numbers, sops
from alur.storage.forms import FormRow
from alur.workflow.correcting import LETTER_NUMBER, NADINE, filed
from alur.workflow.engine.acts.correct import CorrectRule, check_corrected
from alur.workflow.engine.acts.record_nadine import NadineRule
from alur.workflow.engine.acts.schedule_meeting import ScheduleRule
from alur.workflow.engine.correctable import WHAT
from alur.workflow.engine.filed import result_of
from alur.workflow.engine.meetings import check_renewed
from alur.workflow.files import FileRef
from alur.workflow.forms import Field, Form


def check_other(work: Work, row: FormRow, form: Form, field: Field | None, file: FileRef) -> None:
    """Raises `SameFile`: said when the file comes, not when the whole form is sent. A new invitation and a corrected letter
    are the files of forms that take another's place.
    """
    if field is None or field.kind != "file" or row.case_id is None:
        return
    record = cases.get(work.session, row.case_id)
    if record is None or form.kind not in (ScheduleRule.name, CorrectRule.name):
        return
    s = situation(work, record.case)
    if form.kind == CorrectRule.name:
        check_corrected(s, file)
    elif form.step is not None:
        check_renewed(s, form.step, file)


def numbered(work: Work, row: FormRow, form: Form) -> tuple[str, ...]:
    """The codes of the cases of which another letter has the number that was entered, of the first three."""
    number = form.answers.get(_number_of(form))
    if not isinstance(number, str):
        return ()
    found = letter_numbers.having(work.session, number, besides=_own_letter(work, row, form))
    return tuple(item.code for item in cases.names_of(work.session, found)) if found else ()


def _number_of(form: Form) -> str:
    """The field in which a letter's number was entered."""
    if form.kind != CorrectRule.name:
        return "number" if form.kind == NadineRule.name else "letter_number"
    what = str(form.answers.get(WHAT, ""))
    return what if what.partition(":")[0] in (LETTER_NUMBER, NADINE, filed("letter_number")) else ""


def _own_letter(work: Work, row: FormRow, form: Form) -> tuple[int, str] | None:
    """The letter that the number is of, by its case and document; None for one that begins a case."""
    if row.case_id is None:
        return None
    if form.kind == CorrectRule.name:
        asked, _, document = form.answers[WHAT].partition(":")
        if document or asked == LETTER_NUMBER:
            return row.case_id, document or letter_numbers.LETTER
    if form.on.document is not None:
        return row.case_id, form.on.document
    record = cases.get(work.session, row.case_id)
    filed = result_of(sops.get(work.session, record.case.sop_hash), record.case) if record else None
    return (row.case_id, filed.id) if filed else None
