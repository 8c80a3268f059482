"""What earlier cases suggest for a form: where meetings were held, and where papers were filed. Asked by `presses`."""

from alur.services.work import Work
from alur.storage import entered
from alur.storage.members import Member
from alur.workflow.engine import Situation
from alur.workflow.engine.filing import as_filed_before
from alur.workflow.forms import Form, offering
from alur.workflow.offers import places
from alur.workflow.people import readers
from alur.workflow.presses import known


def suggested(work: Work, member: Member, s: Situation, form: Form) -> Form:
    """The form with the texts to tap that earlier cases give, and the place that a meeting has now."""
    if form.kind == "schedule":
        reads_all = s.office.appointment(member.id, readers(s.sop), s.at) is not None
        # An outside party reads what it was sent: of the meetings, those that it dates itself.
        only = None if reads_all else (s.sop.id, known(form.step, "step"))
        set_before = s.case.meeting(known(form.step, "step"))
        present = (set_before.place,) if set_before else ()
        return offering(form, "place", places((*present, *entered.places(work.session, only=only))))
    filed = entered.last_filed(work.session, s.sop.id) if form.kind == "archive" else None
    if filed is None:
        return form
    classification, location = filed
    # The file's number is not among them: each file has its own.
    form = offering(offering(form, "classification", (classification,)), "location", (location,))
    if s.case.archive is not None:  # it was archived before: what was entered then stands
        return form
    return as_filed_before(form, entered.filed_before(work.session, s.sop.id))
