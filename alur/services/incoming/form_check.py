"""What a form cannot know of itself: whether the file that it is given is another one than that which it is to replace."""

from alur.services.cases.situations import situation
from alur.services.work import Work
from alur.storage import cases
from alur.storage.forms import FormRow
from alur.workflow.case import FileRef
from alur.workflow.engine.acts.schedule_meeting import ScheduleRule
from alur.workflow.engine.meetings import check_renewed
from alur.workflow.forms import Field, Form


def check_other(work: Work, row: FormRow, form: Form, field: Field | None, file: FileRef) -> None:
    """Raises `SameFile`: said when the file comes, not when the whole form is sent. A new invitation is the one file of a
    form that takes another's place.
    """
    if field is None or field.kind != "file" or form.kind != ScheduleRule.name or row.case_id is None:
        return
    record = cases.get(work.session, row.case_id)
    if record is not None and form.step is not None:
        check_renewed(situation(work, record.case), form.step, file)
