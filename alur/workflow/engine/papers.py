"""The documents of a step: what is missing, what can be taken back, and how versions are counted."""

from alur.workflow.case import Case, Task, Version
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import DocumentsMissing
from alur.workflow.sop import BRINGS


def missing_documents(s: Situation, task: Task) -> tuple[str, ...]:
    """Outputs of the step that nobody has brought yet, in any of its rounds."""
    step = s.step(task)
    return tuple(document for document in step.uploads if s.case.brought(document, step=step.number) is None)


def check_brought(s: Situation, task: Task) -> None:
    if missing := missing_documents(s, task):
        raise DocumentsMissing(documents=missing)


def needs_note(s: Situation, task: Task) -> bool:
    """After a return: nothing new was brought, so a note must say why not. What a desk beside it brought is new to all."""
    own = {task.id, *(item.id for item in s.case.beside(task) if s.step(task).together)}
    return bool(task.returns) and not any(version.task in own and not version.withdrawn for version in s.case.versions)


def withdrawable(s: Situation, task: Task) -> tuple[Version, ...]:
    """The versions brought in this task that can still be taken back."""
    if task.kind not in BRINGS or not task.is_open:
        return ()
    return tuple(item for item in s.case.versions if item.task == task.id and not item.withdrawn)


def count_of(case: Case, document: str, *, unit: str | None = None, signed: bool = False) -> int:
    """How many versions there were, withdrawn ones too: a number is never given twice."""
    return sum((item.document, item.unit, item.signed) == (document, unit, signed) for item in case.versions)
