"""How far a case's trail goes, and the checkpoint that covers it: what a paper about the case says of its evidence."""

from alur.services.work import Work
from alur.storage import audit, checkpoints
from alur.workflow.record.control_card import Proof


def case_proof(work: Work, case_id: int | None, *, size: int | None = None) -> Proof | None:
    """As the trail is now; or as it was when the tree had so many entries. None where the case had none."""
    entries = audit.entries(work.session, case_id) if case_id is not None else ()
    own = [item for item in entries if size is None or item.id <= size]
    if not own:
        return None
    row = checkpoints.first_over(work.session, own[-1].id)
    covers = row if row is not None and (size is None or row.size <= size) else None
    return Proof(
        entries=len(own),
        last=own[-1].at,
        note=covers.note if covers is not None else None,
        signed=covers.at if covers is not None else None,
    )
