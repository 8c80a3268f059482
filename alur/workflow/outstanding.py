"""What a case still waits for by its SOP: the papers of an approved letter, the date that an outside party is to name."""

from typing import Literal

from alur.workflow.case import Case, Task
from alur.workflow.sop import Sop, TaskKind


def missing_papers(sop: Sop, case: Case) -> tuple[tuple[str, Literal["number", "signed"]], ...]:
    """What an approved letter still lacks: its Nadine number, its signed document."""
    lacks: list[tuple[str, Literal["number", "signed"]]] = []
    for document in sop.documents:
        if document.numbered and case.standing(document.id):
            if case.nadine_number(document.id) is None:
                lacks.append((document.id, "number"))
            if case.signed_copy(document.id) is None:
                lacks.append((document.id, "signed"))
    return tuple(lacks)


def waits_outside(sop: Sop, case: Case, task: Task) -> bool:
    """Whether the clock stands still because an outside party has neither named the meeting's date nor sent its invitation."""
    definition = sop.task(task.step, task.index)
    return (
        task.kind is TaskKind.CONVENE
        and task.is_open
        and case.meeting(task.step) is None
        and bool(definition.waits_for)
        and not any(case.brought(document, step=task.step) for document in definition.accepts)
    )
