"""Slots: the places where a person's file may land now. The guards of an upload and the question "which document is
this?" both read them, so that what is offered is what is accepted.
"""

from collections.abc import Iterator
from typing import Literal

from alur.workflow.case import UNIT_FILE, Outcome
from alur.workflow.engine.letters import letter_roles
from alur.workflow.engine.situation import Situation
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
    def signed(self) -> bool:
        return self.use == "signed"


def slots(s: Situation, member: int) -> tuple[Slot, ...]:
    """All slots of a member, the open step's first."""
    return (*_of_open_task(s, member), *_replacements(s, member), *_signed(s, member))


def _of_open_task(s: Situation, member: int) -> Iterator[Slot]:
    task = s.case.open_task
    if task is None:
        return
    definition, step = s.definition(task), s.step(task)
    role = _held(s, member, (task.role, *definition.helpers))
    if role and task.kind in BRINGS:
        for document in (*step.uploads, *step.kept):
            yield Slot(document=document, use="output", role=role, step=step.number, task=task.id)
        if definition.unit_files:
            for unit in s.office.units:
                yield Slot(document=UNIT_FILE, use="unit", role=role, step=step.number, task=task.id, unit=unit)
    if role == task.role and task.kind is TaskKind.REVIEW and task.returns:
        for document in step.sources:
            yield Slot(document=document, use="source", role=role, step=step.number, task=task.id)
    optional = _held(s, member, (task.role, *definition.helpers, *filter(None, (definition.waits_for,))))
    if optional:
        for document in definition.accepts:
            yield Slot(document=document, use="optional", role=optional, step=step.number, task=task.id)
    if task.id == 1 and (starter := _held(s, member, roles_with(s.sop, Right.START))):
        yield Slot(document=s.sop.letter, use="letter", role=starter, step=0)


def _replacements(s: Situation, member: int) -> Iterator[Slot]:
    """Until the next task closes, whoever brought a document may still replace it."""
    task = s.case.open_task
    before = s.case.task(task.id - 1) if task else None
    if before is None or before.closing is None or before.kind not in BRINGS:
        return
    if before.closing.outcome not in (Outcome.SUBMITTED, Outcome.MET):
        return
    role = _held(s, member, (before.role, *s.definition(before).helpers))
    if role is None:
        return
    step = s.step(before)
    for document in (*step.uploads, *step.kept):
        version = s.case.brought(document, step=step.number)
        if version and version.task == before.id and version.by.member == member:
            yield Slot(document=document, use="replacement", role=role, step=step.number, task=before.id)
    for unit in s.office.units if s.definition(before).unit_files else ():
        version = s.case.newest(UNIT_FILE, unit=unit)
        if version and version.task == before.id and version.by.member == member:
            yield Slot(document=UNIT_FILE, use="replacement", role=role, step=step.number, task=before.id, unit=unit)


def _signed(s: Situation, member: int) -> Iterator[Slot]:
    """The signed copy of a letter whose approval stands: at any time, also after archiving."""
    for document in s.sop.documents:
        version = s.case.standing(document.id) if document.numbered else None
        role = _held(s, member, letter_roles(s, document.id)) if version else None
        if version and role:
            yield Slot(document=document.id, use="signed", role=role, step=version.step)


def _held(s: Situation, member: int, roles: tuple[str, ...]) -> str | None:
    appointment = s.office.appointment(member, roles, s.at)
    return appointment.role if appointment else None
