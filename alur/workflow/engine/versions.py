"""Versions of a document: what stands at a place, whether a file is another one, what is new in a task, and how versions are
numbered (docs/decisions/0030-versions.md).
"""

from dataclasses import replace

from alur.workflow.case import Case, Task, Version
from alur.workflow.engine.papers import missing_documents
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.slots import Slot
from alur.workflow.errors import SameFile
from alur.workflow.files import FileRef
from alur.workflow.sop import BRINGS, TaskKind

Key = tuple[str, str | None, bool]  # what is counted together: a document, its unit, whether it is the signed copies


def key_of(version: Version) -> Key:
    return (version.document, version.unit, version.signed)


def next_number(case: Case, document: str, *, unit: str | None = None, signed: bool = False) -> int:
    """One more than the highest; a draft that was taken back before anybody else read it has given its own back."""
    wanted = (document, unit, signed)
    return max((item.number for item in case.versions if key_of(item) == wanted), default=0) + 1


def stands_at(s: Situation, key: Key, step: int) -> Version | None:
    """The version whose place a file that is brought for the step would take: of an output, the one brought for that step."""
    document, unit, signed = key
    is_output = not signed and step > 0 and document in s.sop.step(step).uploads
    return s.case.brought(document, step=step) if is_output else s.case.newest(document, unit=unit, signed=signed)


def check_other(s: Situation, slot: Slot, file: FileRef) -> None:
    """Raises `SameFile` where the file is, byte for byte, the one that stands there; a signed copy is also another one than
    the letter. The bytes of an older version are taken: somebody goes back to it.
    """
    standing = stands_at(s, (slot.document, slot.unit, slot.signed), slot.step)
    letter = s.case.standing(slot.document) if slot.signed else None
    for version in (standing, letter):
        if version is not None and version.file.sha256 == file.sha256:
            raise same_file(s, version, is_signature=version is letter, task=s.case.task(slot.task or 0))


def same_file(s: Situation, version: Version, *, is_signature: bool = False, task: Task | None = None) -> SameFile:
    """The refusal, with what may be done without another file: of an open task that is complete, to hand it on."""
    act = _act_on(s, task) if task is not None and task.is_open else None
    return SameFile(
        document=version.document,
        unit=version.unit,
        step=version.step,
        signed=version.signed,
        number=version.number,
        wants="signature" if is_signature else "correction",
        act=act,
        with_note=act is not None and task is not None and needs_note(s, task),
    )


def _act_on(s: Situation, task: Task) -> str | None:
    schedules = s.definition(task).schedules
    is_dated = not schedules or s.case.meeting(schedules) is not None
    if task.kind is TaskKind.PREPARE and is_dated and not missing_documents(s, task):
        return "submit"
    return "approve" if task.kind is TaskKind.REVIEW else None


def changed(s: Situation, task: Task) -> tuple[Version, ...]:
    """The versions by which what the task hands on differs, byte for byte, from what stood when it opened. What a desk beside
    it brought is new to all.
    """
    own, earlier = _own(s, task), _before(s, task)
    brought = [item for item in s.case.versions if item.task in own and item.source is None]
    places = dict.fromkeys((key_of(item), item.step) for item in brought)
    standing = (stands_at(s, key, step) for key, step in places)
    found = tuple(item for item in standing if item is not None)
    return tuple(item for item in found if not _is_same(item, stands_at(earlier, key_of(item), item.step)))


def _own(s: Situation, task: Task) -> set[int | None]:
    return {task.id, *(item.id for item in s.case.beside(task) if s.step(task).together)}


def _before(s: Situation, task: Task) -> Situation:
    """The situation without what was brought in the task."""
    own = _own(s, task)
    kept = tuple(item for item in s.case.versions if item.task not in own)
    return replace(s, case=s.case.model_copy(update={"versions": kept}))


def needs_note(s: Situation, task: Task) -> bool:
    """After a return: nothing was changed, so a note must say why not."""
    return bool(task.returns) and not changed(s, task)


def compared(s: Situation, task: Task, versions: tuple[Version, ...]) -> tuple[tuple[Version, bool], ...] | None:
    """Each of `versions`, which are or were under the task's decision, with whether its content is new: to a desk that brings
    papers, since its task opened; to one that judges them, since the step was last decided. None in the first round.
    """
    if task.round == 1:
        return None
    if task.kind in BRINGS:
        earlier = _before(s, task)
        return tuple((item, not _is_same(item, stands_at(earlier, key_of(item), item.step))) for item in versions)
    last = next(
        (
            item
            for item in reversed(s.case.tasks[: task.id - 1])
            if item.step == task.step and item.round < task.round and item.closing and item.closing.decided
        ),
        None,
    )
    if last is None or last.closing is None:
        return None
    known = {s.case.versions[number - 1].document: s.case.versions[number - 1] for number in last.closing.decided}
    return tuple((item, not _is_same(item, known.get(item.document))) for item in versions)


def _is_same(version: Version, other: Version | None) -> bool:
    return other is not None and other.file.sha256 == version.file.sha256


def is_read(s: Situation, task: Task, version: Version) -> bool:
    """Whether another post may have been shown the version, brought in the open task, with its number: a desk beside it, the
    desk that gets what it accepts, the holder of a meeting whose papers were once complete. What a *prepare* task brings
    is shown to nobody else before it is submitted.
    """
    if s.step(task).together or version.document in s.definition(task).accepts:
        return True
    if task.kind is not TaskKind.CONVENE or version.by.role == task.role:
        return False
    was_complete = any(item.task == task.id and item.withdrawn and item.number for item in s.case.versions)
    return was_complete or not missing_documents(s, task)


def is_draft(s: Situation, version: Version) -> bool:
    """Whether the version's number may still change: its task is open, and nobody else has read it."""
    task = s.case.task(version.task or 0)
    return task is not None and task.is_open and task.kind in BRINGS and not is_read(s, task, version)


def renumbered(s: Situation, version: Version) -> tuple[tuple[int, int], ...]:
    """The new numbers, by version, when `version` is taken back: it gives its own back (0), and those after it move up. None
    moves where one of them has been read: a number never means two contents to anybody.
    """
    later = tuple(
        item
        for item in s.case.versions[version.id :]
        if key_of(item) == key_of(version) and not (item.withdrawn and item.number == 0)
    )
    if not all(is_draft(s, item) and not item.withdrawn for item in (version, *later)):
        return ()
    return ((version.id, 0), *((item.id, item.number - 1) for item in later))
