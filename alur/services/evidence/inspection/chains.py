"""A chain: of one case or of the office, gone through once, for whoever replays it."""

from collections.abc import Iterator

from sqlmodel import Session

from alur.services.evidence.inspection.notes import Notes
from alur.storage import audit
from alur.storage.audit import AuditEntry

OFFICE = "office"  # how the chain of no case is called


def entries(session: Session, notes: Notes, name: str, case_id: int | None) -> Iterator[AuditEntry]:
    """Those that can be read, from the first to the last; what is wrong with the chain is noted on the way."""

    def tell(seq: int | None, what: str) -> None:
        notes.tell(name if seq is None else of(name, seq), what)

    for entry in audit.walk(session, case_id, tell):
        notes.entries += 1
        yield entry


def of(name: str, seq: int) -> str:
    return f"{name}, entry {seq}"
