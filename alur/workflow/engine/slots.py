"""Slots: the places where a person's file may land now. The guards of an upload and the question "which document is
this?" both read them, so that what is offered is what is accepted.
"""

from collections.abc import Iterator
from typing import Literal

from alur.workflow.case import UNIT_FILE, Outcome, Task
from alur.workflow.engine.letters import letter_roles
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import FileOfAnother
from alur.workflow.model import Value
from alur.workflow.people import roles_with
from alur.workflow.sop import BRINGS, Right, TaskKind


class Slot(Value):
    document: str
    use: Literal["letter", "output", "optional", "unit", "source", "replacement", "signed"]
    role: str  # in which the file would be brought
    step: int
    task: int | None = None
    unit: str | None = None

    @property
    def is_asked(self) -> bool:
        """Whether a stray file may land here without a word: what could be replaced is never taken by chance."""
        return self.use not in ("replacement", "letter", "signed")

    @property
    def is_replaced(self) -> bool:
        """Whether what stands there has been handed on already."""
        return self.use in ("replacement", "letter")

    @property
    def signed(self) -> bool:
        return self.use == "signed"


def slots(s: Situation, member: int) -> tuple[Slot, ...]:
    """All slots of a member, those of open tasks first. While the case stands still, or a decision is held, they are shown all the
    same, so that what is sent for one is refused with that reason (`UploadRule`); in a case that was called off there is none.
    """
    if s.case.cancellation is not None:
        return ()
    found: dict[tuple[str, str, str | None], Slot] = {}
    for task in s.case.tasks_at_hand:
        for slot in _of_task(s, member, task):
            found.setdefault((slot.document, slot.use, slot.unit), slot)  # desks beside each other share theirs
    return (*found.values(), *_replacements(s, member), *_signed(s, member))


def refused_to(s: Situation, member: int, *, document: str | None = None) -> FileOfAnother | None:
    """Why a file of the member has no place, or that document of his has none, where its task was handed to another."""
    for task in s.case.open_tasks:
        step = s.step(task)
        takes = (*step.uploads, *step.kept) if task.kind in BRINGS else tuple(step.sources) if task.returns else ()
        is_meant = document in takes if document is not None else bool(takes)
        if is_meant and task.assigned is not None and s.is_anothers(task, member, s.at):
            return FileOfAnother(step=task.step, **task.assigned.to.as_facts, at=task.assigned.at)
    return None


def _of_task(s: Situation, member: int, task: Task) -> Iterator[Slot]:
    definition, step = s.definition(task), s.step(task)
    is_undecided = s.is_undecided(s.case.beside(task)) if step.together else True
    role = _held(s, member, s.roles_at(task, member, s.desk(task)))
    if role and task.kind in BRINGS:
        for document in (*step.uploads, *step.kept):
            yield Slot(document=document, use="output", role=role, step=step.number, task=task.id)
        if definition.unit_files:
            for unit in s.office.units:
                yield Slot(document=UNIT_FILE, use="unit", role=role, step=step.number, task=task.id, unit=unit)
    if role == task.role and task.kind is TaskKind.REVIEW and task.returns and is_undecided:
        for document in step.sources:
            yield Slot(document=document, use="source", role=role, step=step.number, task=task.id)
    brings = (*s.desk(task), *filter(None, (definition.waits_for,)))
    optional = _held(s, member, s.roles_at(task, member, brings))
    if optional:
        for document in definition.accepts:
            yield Slot(document=document, use="optional", role=optional, step=step.number, task=task.id)
    if not task.before and is_undecided and (starter := _held(s, member, roles_with(s.sop, Right.START))):
        yield Slot(document=s.sop.letter, use="letter", role=starter, step=0)


def _replacements(s: Situation, member: int) -> Iterator[Slot]:
    """Until a task to which its own led closes, whoever brought a document may still replace it."""
    for number in dict.fromkeys(number for task in s.case.open_tasks for number in task.before):
        before = s.case.tasks[number - 1]
        if s.is_undecided(s.case.after(before)):
            yield from _replacements_at(s, member, before)


def _replacements_at(s: Situation, member: int, before: Task) -> Iterator[Slot]:
    if before.closing is None or before.kind not in BRINGS:
        return
    if before.closing.outcome not in (Outcome.SUBMITTED, Outcome.MET):
        return
    role = _held(s, member, (before.role, *s.definition(before).helpers))
    if role is None:
        return
    step = s.step(before)
    for document in (*step.uploads, *step.kept):
        version = s.case.brought(document, step=step.number)
        if version and version.by.member == member:  # also where only another one came anew after a return
            yield Slot(document=document, use="replacement", role=role, step=step.number, task=before.id)
    for unit in s.office.units if s.definition(before).unit_files else ():
        version = s.case.newest(UNIT_FILE, unit=unit)
        if version and version.step == step.number and version.by.member == member:
            yield Slot(document=UNIT_FILE, use="replacement", role=role, step=step.number, task=before.id, unit=unit)


def _signed(s: Situation, member: int) -> Iterator[Slot]:
    """The signed copy of a letter whose approval stands: at any time, also after archiving."""
    for document in s.sop.documents:
        version = s.case.standing(document.id) if document.numbered else None
        role = _held(s, member, letter_roles(s.sop, document.id)) if version else None
        if version and role:
            yield Slot(document=document.id, use="signed", role=role, step=version.step)


def _held(s: Situation, member: int, roles: tuple[str, ...]) -> str | None:
    appointment = s.office.appointment(member, roles, s.at)
    return appointment.role if appointment else None
