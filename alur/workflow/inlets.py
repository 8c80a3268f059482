"""Whose files may come to a case, as far as the case alone tells: what is kept beside it, so that it need not be read for a
file that is none of its own. Which file may land where, and whether, is said by `alur.workflow.engine.slots`.
"""

from collections.abc import Iterator

from alur.workflow.case import Case, Task
from alur.workflow.people import roles_with
from alur.workflow.sop import BRINGS, Right, Sop, TaskDef, TaskKind


def inlets(sop: Sop, case: Case) -> frozenset[str]:
    """The roles whose files may land now, but for signed copies of letters; with them some whose file may not."""
    return frozenset(role for task in case.tasks_at_hand for role in _at(sop, case, task))


def letters(sop: Sop, case: Case) -> tuple[str, ...]:
    """The letters whose signed copy may come, at any time: those whose approval stands. None in a case that was called off."""
    if case.cancellation is not None:
        return ()
    return tuple(item.id for item in sop.documents if item.numbered and case.standing(item.id))


def _at(sop: Sop, case: Case, task: Task) -> Iterator[str]:
    definition = sop.task(task.step, task.index)
    if task.kind in BRINGS:
        yield from _desk(definition)
        if definition.waits_for and definition.accepts:
            yield definition.waits_for
    if task.kind is TaskKind.REVIEW and task.returns:
        yield task.role
    if not task.before:
        yield from roles_with(sop, Right.START)
    for number in task.before:
        before = case.tasks[number - 1]
        if before.kind in BRINGS:
            yield from _desk(sop.task(before.step, before.index))


def _desk(definition: TaskDef) -> tuple[str, ...]:
    return (definition.role, *definition.helpers)
