"""The whole inspection, one case after the other, from one snapshot."""

from collections.abc import Sequence

from sqlmodel import Session

from alur.evidence.note import Verifier
from alur.services.evidence.inspection.cases import inspect_case
from alur.services.evidence.inspection.files import Files
from alur.services.evidence.inspection.notes import Notes, Report
from alur.services.evidence.inspection.people import inspect_office
from alur.services.evidence.inspection.sops import Sops
from alur.services.evidence.inspection.tree import TRAIL, inspect_tree
from alur.storage import cases, guards, inspected
from alur.storage.file_store import FileStore
from alur.storage.named_files import named_beside
from alur.workflow.plural import plural

BESIDE = "forms and uploads"


def inspect(
    session: Session,
    store: FileStore,
    *,
    code: str | None = None,
    pasted: Sequence[str] = (),
    own: Verifier | None = None,
) -> Report:
    """Of the case with that code, or of all cases, their files and the office; the tree is always the whole one. `pasted` are
    checkpoints that people kept, `own` the key of this data folder.
    """
    notes = Notes()
    files, sops = Files(store, notes), Sops(session, notes)
    for table in guards.missing(session):
        notes.tell(TRAIL, guards.MISSING.format(table))
    keys = inspect_office(session, notes, files if code is None else None)
    codes = cases.codes(session)
    for name, number in codes.items() if code is None else ((code, codes[code]),):
        inspect_case(session, notes, files, sops, name, number)
    inspect_tree(session, notes, keys, pasted, own)
    for table, count in inspected.of_no_case(session):
        notes.tell(TRAIL, f"{plural(count, 'row')} of {table} of a case that is not there")
    if code is None:
        with notes.reading(BESIDE):
            files.add(BESIDE, named_beside(session))
    return Report(
        findings=tuple(notes.findings),
        entries=notes.entries,
        cases=notes.cases,
        files=files.count,
        checkpoints=notes.checkpoints,
    )
