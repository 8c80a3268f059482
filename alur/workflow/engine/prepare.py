"""prepare: brings documents, then submits them (*Ajukan*)."""

from alur.workflow.acts import Submit
from alur.workflow.case import Outcome, Task
from alur.workflow.engine.advance import close, forward
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import words_of
from alur.workflow.errors import DateMissing, DocumentsMissing, NoteMissing
from alur.workflow.events import Event
from alur.workflow.sop import TaskKind


def submit(s: Situation, act: Submit) -> tuple[Event, ...]:
    task, actor = s.deciding(act, TaskKind.PREPARE)
    check_brought(s, task)
    schedules = s.definition(task).schedules
    if schedules and s.case.meeting(schedules) is None:
        raise DateMissing(step=schedules)
    note = words_of(act.note, "text")
    if needs_note(s, task) and note is None:
        raise NoteMissing(step=task.step)
    return (close(s, task, actor, Outcome.SUBMITTED, text=note), *forward(s, task))


def missing_documents(s: Situation, task: Task) -> tuple[str, ...]:
    """Outputs of the step that nobody has brought yet, in any of its rounds."""
    step = s.step(task)
    return tuple(document for document in step.uploads if s.case.brought(document, step=step.number) is None)


def check_brought(s: Situation, task: Task) -> None:
    if missing := missing_documents(s, task):
        raise DocumentsMissing(documents=missing)


def needs_note(s: Situation, task: Task) -> bool:
    """After a return: nothing new was brought, so a note must say why not."""
    return bool(task.returns) and not any(
        version.task == task.id and not version.withdrawn for version in s.case.versions
    )
