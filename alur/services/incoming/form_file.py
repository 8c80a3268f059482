"""The file for which an open form will ask later: one that comes before is kept for its place, as it is for a place in a case."""

from collections.abc import Iterable
from dataclasses import dataclass

from alur.services.incoming.form_check import check_other
from alur.services.incoming.form_input import is_meant, parts_of
from alur.services.incoming.form_rows import form_of, save
from alur.services.incoming.replies import Reply
from alur.services.tell import tell
from alur.services.work import Work
from alur.storage import cases, forms, sops
from alur.storage.forms import FormRow
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.engine.acts.open_case import OpenCaseRule
from alur.workflow.engine.meetings import sent_out
from alur.workflow.errors import Refusal
from alur.workflow.files import FileRef
from alur.workflow.form_moves import kept
from alur.workflow.forms import Field, Form
from alur.workflow.matching import Candidate
from alur.workflow.presses import PlaceId
from alur.workflow.sop import Sop
from alur.workflow.taken import AsNothing, Taken

FORM = 0  # in the place of a case's number


@dataclass(frozen=True, kw_only=True)
class FormPlace:
    """The field of an open form that waits for a file."""

    row: FormRow
    form: Form
    field: Field
    titles: tuple[str, ...]  # of the document that it is to be, with its aliases

    @property
    def id(self) -> PlaceId:
        return PlaceId(case=FORM, document=self.field.name)

    def candidate(self) -> Candidate[PlaceId]:
        period = str(self.form.answers.get("period", "")) or (self.form.code or "").rpartition("-")[2]
        return Candidate(key=self.id, titles=self.titles, period=period, is_asked=True)

    def offered(self) -> notices.PlaceOffered:
        title = self.titles[0] if self.titles else ""
        about = {"form": self.form.kind, "field": self.heading}
        return notices.PlaceOffered(case_id=FORM, code=self.form.code or "", place=self.id, title=title, **about)

    @property
    def heading(self) -> str:
        """Under what the form shows the file: of a reason it is beside the words."""
        return "file" if self.field.kind == "reason" else self.field.name


def place_in_form(work: Work, member: Member, reply: Reply | None) -> FormPlace | None:
    """Where a file of his may wait, if his open form has such a place and the file is no reply to anything else."""
    row = forms.open_for(work.session, member.id)
    form = form_of(row) if row else None
    field = form.awaited_file if form else None
    if row is None or form is None or field is None or not is_meant(work, member, row, reply):
        return None
    return FormPlace(row=row, form=form, field=field, titles=tuple(_titles(work, row, form)))


def keep(work: Work, member: Member, place: FormPlace, file: FileRef, caption: str, *, on: int | None = None) -> Taken:
    """Puts the file in its place, and says so; a file that is none for it is refused, and the form goes on."""
    try:
        check_other(work, place.row, place.form, place.field, file)
        form = kept(place.form, file, caption)
    except Refusal as refusal:
        tell(work, member, notices.Refused.by(refusal, case_id=place.row.case_id, on=on))
        return AsNothing()
    said = notices.FileKept(name=file.name, form=form.kind, field=place.heading, case_id=place.row.case_id, on=on)
    save(work, place.row, form, ring=on is None, remark=said if on is None else None)
    if on is not None:
        tell(work, member, said)
    return parts_of(place.row, form, place.field.name, is_file=True, caption=caption)


def _titles(work: Work, row: FormRow, form: Form) -> Iterable[str]:
    for sop, document in _documents(work, row, form):
        found = sop.document(document)
        yield from (found.title, *found.aliases)


def _documents(work: Work, row: FormRow, form: Form) -> Iterable[tuple[Sop, str]]:
    """The documents that the file may be: the letter of the case that is to be opened, the invitation to a meeting. The order
    behind an appointment is none of a procedure's.
    """
    if form.kind == OpenCaseRule.name:
        chosen = form.answers.get("sop")
        yield from ((item.sop, item.sop.letter) for item in work.procedures if chosen in (None, item.sop.id))
        return
    record = cases.get(work.session, row.case_id) if row.case_id is not None else None
    if record is not None and form.kind == "schedule" and form.step is not None:
        sop = sops.get(work.session, record.case.sop_hash)
        if document := sent_out(sop, form.step):
            yield sop, document
