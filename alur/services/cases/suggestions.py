"""What earlier cases suggest for a form: where meetings were held, and where papers were filed. Asked by `presses`."""

from alur.services.work import Work
from alur.storage import cases
from alur.storage.members import Member
from alur.workflow.engine import Situation
from alur.workflow.forms import Form, offering
from alur.workflow.offers import places
from alur.workflow.people import readers
from alur.workflow.presses import known


def suggested(work: Work, member: Member, s: Situation, form: Form) -> Form:
    """The form with the texts to tap that earlier cases give."""
    if form.kind not in ("schedule", "archive"):
        return form
    recent = [record.case for record in cases.recent(work.session)]
    if form.kind == "schedule":
        reads_all = s.office.appointment(member.id, readers(s.sop), s.at) is not None
        # An outside party reads what it was sent: of the meetings, those that it dates itself.
        only = None if reads_all else (s.sop.id, known(form.step, "step"))
        return offering(form, "place", places(recent, only=only))
    last = next((case.archive for case in recent if case.sop == s.sop.id and case.archive), None)
    if last is None:
        return form
    # The file's number is not among them: each file has its own.
    return offering(offering(form, "classification", (last.classification,)), "location", (last.location,))
