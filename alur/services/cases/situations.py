"""The engine's situation from what is stored: the case's own SOP, the office as it is."""

from alur.services.work import Work
from alur.storage import cases, sops
from alur.workflow.case import Case
from alur.workflow.engine import Situation
from alur.workflow.people import Office
from alur.workflow.sop import Sop


def situation(work: Work, case: Case, office: Office | None = None) -> Situation:
    return Situation(
        sop=sops.get(work.session, case.sop_hash),
        case=case,
        at=work.at,
        now=work.now,
        office=office or work.office(),
    )


def sop_of(work: Work, case_id: int) -> Sop | None:
    """The procedure that a case runs on; None where there is no such case."""
    record = cases.get(work.session, case_id)
    return sops.get(work.session, record.case.sop_hash) if record else None
