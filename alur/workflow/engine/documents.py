"""Files: each upload is a version; what is not yet submitted can be withdrawn."""

from alur.workflow.acts import Upload, Withdraw
from alur.workflow.case import Version
from alur.workflow.engine.review import count_of
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.slots import BRINGS, Slot, slots
from alur.workflow.errors import NotHolder, NotWanted, Unknown
from alur.workflow.events import Event, VersionAdded, VersionWithdrawn


def upload(s: Situation, act: Upload) -> tuple[Event, ...]:
    slot = _slot(s, act)
    actor = s.actor(act.by, (slot.role,))
    version = Version(
        id=len(s.case.versions) + 1,
        document=act.document,
        number=count_of(s.case, act.document, unit=act.unit, signed=act.signed) + 1,
        file=act.file,
        by=actor,
        at=s.at,
        step=slot.step,
        task=slot.task,
        unit=act.unit,
        signed=slot.signed,
        late=s.case.finished_at is not None,
    )
    touches = () if slot.signed else s.touched_by(act.document, step=slot.step)
    return (VersionAdded(version=version, use=slot.use, touches=touches),)


def withdraw(s: Situation, act: Withdraw) -> tuple[Event, ...]:
    """*Batalkan Berkas*: until its task is closed, by the task's holder or whoever brought it. A button dies only where
    the version stood under the decision: an older one that is taken back changes nothing of it.
    """
    version = s.case.version(act.version)
    if version is None or version.withdrawn or version.task is None:
        raise Unknown(subject=f"{s.case.code}#{act.version}")
    task = s.case.task(version.task)
    if task is None or task.kind not in BRINGS:
        raise Unknown(subject=f"{s.case.code}#{act.version}")
    definition = s.definition(task)
    actor = s.actor(act.by, (task.role, *definition.helpers, *filter(None, (definition.waits_for,))))
    if actor.role != task.role and version.by.member != act.by:
        raise NotHolder(role=task.role)
    s.open_task(task.id)
    touches = (task.id,) if version in s.under_decision(task) else ()
    return (VersionWithdrawn(version=version.id, by=actor, at=s.at, touches=touches),)


def _slot(s: Situation, act: Upload) -> Slot:
    wanted = (act.document, act.unit, act.signed)
    for slot in slots(s, act.by):
        if (slot.document, slot.unit, slot.signed) == wanted:
            return slot
    task = s.case.open_task
    raise NotWanted(document=act.document, role=task.role if task else None)
