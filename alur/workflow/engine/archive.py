"""archive: the archive's fields are entered, and the case is over. Numbers of letters may come at any time."""

from alur.workflow.acts import Archive, RecordNadine
from alur.workflow.case import Case, Outcome, missing_papers
from alur.workflow.engine.advance import close
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import cleaned
from alur.workflow.errors import ApprovalUndone, FieldMissing, ReasonMissing, Unknown
from alur.workflow.events import CaseFinished, Event, NadineRecorded
from alur.workflow.sop import TaskKind

ASKED = ("letter_number", "classification", "file_number", "location")
SHORTEST_REASON = 5  # characters


def archive(s: Situation, act: Archive) -> tuple[Event, ...]:
    task, actor = s.deciding(act, TaskKind.ARCHIVE)
    for field in ASKED:
        if cleaned(getattr(act.fields, field)) is None:
            raise FieldMissing(field=field)
    reason = cleaned(act.fields.reason_missing)
    if missing_papers(s.sop, s.case) and (reason is None or len(reason) < SHORTEST_REASON):
        raise ReasonMissing(least=SHORTEST_REASON, length=len(reason or ""))
    return (close(s, task, actor, Outcome.ARCHIVED), CaseFinished(archive=act.fields, at=s.at))


def record_nadine(s: Situation, act: RecordNadine) -> tuple[Event, ...]:
    """The number that Nadine gave to an approved letter; a later entry corrects an earlier one."""
    roles = letter_roles(s, act.document)
    actor = s.actor(act.by, roles)
    check_approved(s.case, act.document)
    number = cleaned(act.number)
    if number is None:
        raise FieldMissing(field="nadine")
    late = s.case.finished_at is not None
    return (NadineRecorded(document=act.document, number=number, by=actor, at=s.at, late=late),)


def check_approved(case: Case, document: str) -> None:
    """A letter gets its number while its approval stands: one that was returned is no letter yet."""
    version = case.newest(document)
    if version is None:
        raise Unknown(subject=document)
    if back := case.undone_of(version):
        by = back.by
        raise ApprovalUndone(document=document, role=by.role, appointment=by.kind.value, by=by.name, at=back.at)


def letter_roles(s: Situation, document: str) -> tuple[str, ...]:
    """Who may complete an approved letter with its number and signed document: whoever drafts it, and the archive."""
    kind = next((item for item in s.sop.documents if item.id == document), None)
    if kind is None or not kind.numbered:
        raise Unknown(subject=document)
    sources = {source for step in s.sop.steps for source, product in step.sources.items() if product == document}
    drafters = [step.tasks[-1].role for step in s.sop.steps if sources & set(step.uploads)]
    archives = [task.role for step in s.sop.steps for task in step.tasks if task.kind is TaskKind.ARCHIVE]
    return tuple(dict.fromkeys((*drafters, *archives)))
