"""The documents of a step: what is missing, and what can be taken back."""

from alur.workflow.case import Task, Version
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


def withdrawable(s: Situation, task: Task) -> tuple[Version, ...]:
    """The versions brought in this task that can still be taken back."""
    if task.kind not in BRINGS or not task.is_open:
        return ()
    return tuple(item for item in s.case.versions if item.task == task.id and not item.withdrawn)
