"""Letters: as what the first one comes; who completes an approved one with its number and its signed copy, and whether its
approval stands.
"""

from alur.workflow.case import Case
from alur.workflow.errors import ApprovalUndone, FileRefused, Unknown
from alur.workflow.file_kinds import PAPER, is_kind
from alur.workflow.files import FileRef
from alur.workflow.sop import Sop, TaskKind


def letter_roles(sop: Sop, document: str) -> tuple[str, ...]:
    """Who may complete an approved letter with its number and signed document: whoever drafts it, and the archive."""
    kind = next((item for item in sop.documents if item.id == document), None)
    if kind is None or not kind.numbered:
        raise Unknown(subject=document)
    sources = {source for step in sop.steps for source, product in step.sources.items() if product == document}
    drafters = [step.tasks[-1].role for step in sop.steps if sources & set(step.uploads)]
    archives = [task.role for step in sop.steps for task in step.tasks if task.kind is TaskKind.ARCHIVE]
    return tuple(dict.fromkeys((*drafters, *archives)))


def check_letter(file: FileRef) -> None:
    """A letter came on paper: as a scan, or as a photo. What can still be written in is no letter."""
    if not is_kind(file.mime, PAPER):
        raise FileRefused(fault="paper", name=file.name)


def check_approved(case: Case, document: str) -> None:
    """A letter gets its number while its approval stands: one that was returned is no letter yet."""
    version = case.newest(document)
    if version is None:
        raise Unknown(subject=document)
    if back := case.undone_of(version):
        by = back.by
        raise ApprovalUndone(document=document, **by.as_facts, at=back.at, is_outside=back.is_outside)
