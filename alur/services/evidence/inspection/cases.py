"""A case: its chain, its row and the rows in step with it against a replay of its entries, and which files it names."""

import json
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session

from alur.services.evidence.inspection import chains
from alur.services.evidence.inspection.compared import differences, other
from alur.services.evidence.inspection.files import Files
from alur.services.evidence.inspection.notes import UNREADABLE, Notes
from alur.services.evidence.inspection.sops import Sops
from alur.storage import cases, inspected, versions
from alur.storage.audit import AuditEntry
from alur.storage.cases import SHAPE
from alur.storage.inspected import IN_STEP, Kept
from alur.workflow.apply import replay
from alur.workflow.case import Case
from alur.workflow.engine.acts import RULES
from alur.workflow.events import EVENTS, Event
from alur.workflow.sop import Sop

ACTS = frozenset(rule.act.model_fields["act"].default for rule in RULES)


@dataclass
class Told:
    """What a chain tells."""

    case: Case | None = None
    revision: int = 0
    steps: list[tuple[Event, ...]] = field(default_factory=list)  # each accepted act's
    is_whole: bool = True  # every entry could be replayed

    def follow(self, entry: AuditEntry) -> None:
        """What has no events and is no act of the engine's (a message that did not arrive, the older entries of `OLDER`) changes
        no case, and saves none.
        """
        if "refusal" in entry.entry:
            return
        events = EVENTS.validate_python(entry.entry["events"])
        if events or entry.entry["act"]["act"] in ACTS:
            self.case = replay(events, self.case)
            self.steps.append(events)
            self.revision += 1


def inspect_case(session: Session, notes: Notes, files: Files, sops: Sops, code: str, case_id: int) -> None:
    notes.cases += 1
    with notes.reading(code):
        told = _told(session, notes, files, code, case_id)
        row = inspected.case_row(session, case_id)
        with notes.reading(code, "its state cannot be read"):
            _state(notes, files, code, told, row)
        if told.case is not None and told.is_whole:
            _row(notes, code, told, told.case, row)
            sop = sops.get(code, told.case.sop_hash)
            if sop is not None:
                _in_step(session, notes, code, case_id, sop, told)
        kept = next(item for item in IN_STEP if item.table is versions.VERSIONS)
        files.add(code, (item["sha256"] for item in inspected.stored(session, kept, case_id)))


def _told(session: Session, notes: Notes, files: Files, code: str, case_id: int) -> Told:
    told = Told()
    for entry in chains.entries(session, notes, code, case_id):
        files.add_in(code, entry.entry)
        if told.is_whole:
            try:
                told.follow(entry)
            except UNREADABLE as error:
                told.is_whole = False
                notes.tell(chains.of(code, entry.seq), f"what it tells cannot have happened ({type(error).__name__})")
    if told.case is None and told.is_whole:
        notes.tell(code, "nothing tells how it began")
    return told


def _state(notes: Notes, files: Files, code: str, told: Told, row: inspected.Row) -> None:
    if row["shape"] != SHAPE:
        notes.tell(code, f"its state is of the shape {row['shape']}, which this version does not write")
        return
    case = cases.parsed(row["state"])
    files.add_in(code, json.loads(row["state"]))
    if told.case is not None and told.is_whole and case != told.case:
        wrong = ", ".join(name for name in Case.model_fields if getattr(case, name) != getattr(told.case, name))
        notes.tell(code, f"its state is not as its entries tell: {wrong}")


def _row(notes: Notes, code: str, told: Told, case: Case, row: inspected.Row) -> None:
    must: dict[str, Any] = {
        "code": case.code,
        "sop_id": case.sop,
        "period": case.period,
        "sop_hash": case.sop_hash,
        "revision": told.revision,
        "opened_at": case.opened_at,
        "finished_at": case.finished_at,
        "cancelled_at": case.cancellation.at if case.cancellation is not None else None,
    }
    if wrong := other(must, row):
        notes.tell(code, f"its row is not as its entries tell: {wrong}")


def _in_step(session: Session, notes: Notes, code: str, case_id: int, sop: Sop, told: Told) -> None:
    for kept in IN_STEP:
        with notes.reading(code, f"{kept.table.name} cannot be compared"):
            must = kept.rows(case_id, sop, told.case) if told.case is not None else ()
            stands = inspected.stored(session, kept, case_id)
            found = list(differences(must, stands, kept.keys, kept.table.name))
            if found and kept.only_grows:
                found = list(differences(_grown(kept, case_id, sop, told), stands, kept.keys, kept.table.name))
            for what in found:
                notes.tell(code, what)


def _grown(kept: Kept, case_id: int, sop: Sop, told: Told) -> list[inspected.Row]:
    """What must stand where a row once written stays, though the case would not have it written any more."""
    found: dict[tuple[Any, ...], inspected.Row] = {}
    case = None
    for events in told.steps:
        case = replay(events, case)
        found |= {tuple(row[name] for name in kept.keys): row for row in kept.rows(case_id, sop, case)}
    end = {"finished_at": case.finished_at if case is not None else None}
    return [{**row, **end} for row in found.values()]
