"""The procedures with which cases began, against the hashes by which the cases' entries name them."""

from sqlmodel import Session

from alur.services.evidence.inspection.notes import Notes
from alur.storage import inspected
from alur.storage.sop_files import content_hash
from alur.workflow.sop import Sop


class Sops:
    """Each is read once; an office has few, and thousands of cases of each."""

    def __init__(self, session: Session, notes: Notes) -> None:
        self._session, self._notes = session, notes
        self._seen: dict[str, Sop | None] = {}

    def get(self, where: str, sop_hash: str) -> Sop | None:
        """None where it is gone or another, which is noted once."""
        if sop_hash not in self._seen:
            self._seen[sop_hash] = None
            with self._notes.reading(where, "its SOP cannot be read"):
                self._seen[sop_hash] = self._read(where, sop_hash)
        return self._seen[sop_hash]

    def _read(self, where: str, sop_hash: str) -> Sop | None:
        row = inspected.sop_row(self._session, sop_hash)
        if row is None:
            self._notes.tell(where, "its SOP is gone")
            return None
        sop = Sop.model_validate_json(row["body"])
        if (content_hash(sop), sop.id) != (sop_hash, row["sop_id"]):
            self._notes.tell(where, "its SOP is not the one that it began with")
            return None
        return sop
