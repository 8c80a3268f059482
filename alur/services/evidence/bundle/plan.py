"""What a bundle of a case consists of, file by file: made of the entries of its trail up to some size of the tree, the SOP with
which it began, and the first checkpoint that covers them. The same whenever, wherever and by whom it is made.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlmodel import Session

from alur.evidence import verifikasi
from alur.evidence.tree import Tree
from alur.services.evidence.bundle.source import Papers, Source
from alur.services.evidence.checkpoints import TrailBroken
from alur.storage import audit, cases, checkpoints, sops
from alur.storage.checkpoints import CheckpointRow
from alur.storage.errors import FileDamaged
from alur.storage.file_store import FileStore
from alur.storage.sop_files import content_hash, said
from alur.workflow.calendar import Calendar
from alur.workflow.errors import Fault
from alur.workflow.sop import Sop


class NotExportable(Fault):
    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"{code} cannot be exported: {why}; `alur audit verify {code}` says more")


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One file: its bytes, or where the store has them."""

    name: str  # inside the bundle, with its folder
    sha256: str
    size: int  # bytes
    data: bytes | None = None

    def read(self, store: FileStore) -> bytes:
        """Raises `FileDamaged`."""
        if self.data is not None:
            return self.data
        try:
            return store.read(self.sha256)
        except FileDamaged:
            raise FileDamaged(self.sha256, self.name) from None


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    code: str
    at: datetime  # the office's hour of the last entry: the date of every file
    entries: int
    items: tuple[Item, ...]  # what is needed to check the rest comes first
    checkpoint: CheckpointRow | None
    left_out: tuple[str, ...]


def planned(
    session: Session,
    calendar: Calendar,
    case_id: int,
    *,
    papers: Papers,
    size: int | None = None,
    by_chat: bool = False,
) -> Plan:
    """Of the entries up to that size of the tree; None: of all. `by_chat` leaves out what no ZIP for a chat can hold.

    `papers` are all of `verifikasi.MADE`. Raises `NotExportable` where the case's own trail is not whole, and `TrailBroken` where the tree is not the signed one.
    """
    code = cases.names_of(session, [case_id])[0].code
    trail = _trail(session, case_id, code, size)
    entries = _read(code, trail)
    row = checkpoints.first_over(session, entries[-1]["id"])
    sop = _sop(session, code, entries)
    source = Source(entries=entries, sop=sop, calendar=calendar, checkpoint=row)
    printed = {name: papers[name](source) for name in verifikasi.MADE}  # before the whole tree is in memory as well
    said_of = said(sop)
    proven = _proven(session, row, entries) if row else None
    found = verifikasi.layout(entries, said_of).files
    left_out = tuple(item.path for item in found if by_chat and item.size > verifikasi.LARGEST)
    kept = [Item(name=item.path, sha256=item.sha256, size=item.size) for item in found if item.path not in left_out]
    texts = _texts(source, said_of, trail, proven, left_out)
    made = [_made(name, data) for name, data in {**texts, **printed}.items()]
    sums = verifikasi.sums_text({item.name: item.sha256 for item in (*made, *kept)}).encode()
    return Plan(
        code=code,
        at=verifikasi.moment_of(entries[-1]["at"]).astimezone(calendar.zone),
        entries=len(entries),
        items=(made[0], _made(verifikasi.SUMS, sums), *made[1:], *kept),
        checkpoint=row,
        left_out=left_out,
    )


def _trail(session: Session, case_id: int, code: str, size: int | None) -> str:
    lines = []
    try:
        for entry in audit.entries(session, case_id):
            if size is None or entry.id <= size:
                whole = {"seq": entry.seq, "at": entry.at.isoformat(), "case": code, "member": entry.member}
                hashed = {**whole, "entry": entry.entry, "prev": entry.prev}
                lines.append(verifikasi.trail_line(hashed, entry.id, entry.hash))
    except ValueError:
        raise NotExportable(code, "an entry of its trail cannot be read") from None
    return "".join(lines)


def _read(code: str, trail: str) -> list[dict[str, Any]]:
    try:
        entries = verifikasi.read_trail(trail)
    except verifikasi.Damaged:
        raise NotExportable(code, "its trail is not whole") from None
    return entries


def _sop(session: Session, code: str, entries: list[dict[str, Any]]) -> Sop:
    wanted = verifikasi.events_of(entries[0])[0]["sop_hash"]
    sop = sops.get(session, wanted)
    if content_hash(sop) != wanted:
        raise NotExportable(code, "the stored SOP is not the one with which it began")
    return sop


def _texts(
    source: Source,
    sop: dict[str, Any],
    trail: str,
    proven: verifikasi.Checkpoint | None,
    left_out: tuple[str, ...],
) -> dict[str, bytes]:
    """What the program in the bundle makes again of the trail, and itself; the text for the reader is the first."""
    entries = source.entries
    has_checkpoint = proven is not None
    texts = {
        verifikasi.README: verifikasi.readme_text(entries, sop, has_checkpoint=has_checkpoint, left_out=left_out),
        verifikasi.CHECKPOINT: verifikasi.checkpoint_text(proven),
        verifikasi.TRAIL: trail,
        verifikasi.TABLE: verifikasi.table_text(entries, sop),
        verifikasi.PROCEDURE: verifikasi.sop_text(sop),
    }
    return {name: text.encode() for name, text in texts.items()} | {
        verifikasi.PROGRAM: Path(verifikasi.__file__).read_bytes()
    }


def _proven(session: Session, row: CheckpointRow, entries: list[dict[str, Any]]) -> verifikasi.Checkpoint:
    tree = Tree(audit.leaves(session, upto=row.size))
    if (tree.size, tree.root.hex()) != (row.size, row.root):
        raise TrailBroken(row.size)
    places = [entry["id"] - 1 for entry in entries]
    proofs = tuple((place, tree.inclusion(place)) for place in places)
    return verifikasi.Checkpoint(note=row.note, key=row.key, proofs=proofs)


def _made(name: str, data: bytes) -> Item:
    return Item(name=name, sha256=sha256(data).hexdigest(), size=len(data), data=data)
