"""A file is sent: each is a version, at one of the places where its sender's files may land now (`engine.slots`)."""

from typing import Literal

from alur.workflow.case import Version
from alur.workflow.engine.letters import check_letter
from alur.workflow.engine.rule import Act, Rule
from alur.workflow.engine.situation import Situation, held_facts
from alur.workflow.engine.slots import Slot, refused_to, slots
from alur.workflow.engine.versions import check_other, next_number, stands_at
from alur.workflow.errors import FileHeld, FileSuspended, NotWanted
from alur.workflow.events import Event, VersionAdded
from alur.workflow.files import FileRef


class Upload(Act):
    act: Literal["upload"] = "upload"
    document: str
    file: FileRef
    unit: str | None = None
    signed: bool = False


class UploadRule(Rule[Upload]):
    act = Upload
    while_suspended = True  # the signed copy of a letter

    def decide(self, s: Situation, act: Upload) -> tuple[Event, ...]:
        slot = _slot(s, act)
        if s.case.suspension is not None and not slot.signed:
            stopped = s.case.suspension
            raise FileSuspended(**stopped.by.as_facts, at=stopped.at)
        for task in () if slot.signed else s.case.held_tasks:
            if slot.task in (task.id, None):
                raise FileHeld(**held_facts(task))
        if slot.use == "letter":
            check_letter(act.file)
        check_other(s, slot, act.file)
        replaced = stands_at(s, (act.document, act.unit, act.signed), slot.step) if slot.is_replaced else None
        actor = s.actor(act.by, (slot.role,))
        version = Version(
            id=len(s.case.versions) + 1,
            document=act.document,
            number=next_number(s.case, act.document, unit=act.unit, signed=act.signed),
            file=act.file,
            by=actor,
            at=s.at,
            step=slot.step,
            task=slot.task,
            unit=act.unit,
            signed=slot.signed,
            late=s.case.finished_at is not None,
            replaces=replaced.id if replaced else None,
        )
        touches = () if slot.signed else s.touched_by(act.document, step=slot.step)
        beside = () if slot.signed else s.shown_beside(act.document, step=slot.step)
        return (VersionAdded(version=version, use=slot.use, touches=touches, beside=beside, mover=act.by),)


def _slot(s: Situation, act: Upload) -> Slot:
    wanted = (act.document, act.unit, act.signed)
    for slot in slots(s, act.by):
        if (slot.document, slot.unit, slot.signed) == wanted:
            return slot
    if (refusal := refused_to(s, act.by, document=act.document)) is not None:
        raise refusal
    raise NotWanted(document=act.document, roles=tuple(task.role for task in s.case.open_tasks))
