"""Tasks: whether each can do what it is there for, and says only what its kind can."""

from collections.abc import Iterator

from alur.workflow.sop import BRINGS, LONGEST_LABEL, Sop, TaskKind
from alur.workflow.sop_faults.fault import SopFault, each_step, each_task, fault, repeated

WORDS_OF_KIND = {TaskKind.DISPOSE: "disposisi", TaskKind.DIRECT: "arahan", TaskKind.ARCHIVE: "arsip"}

# Fields that mean something at these kinds of task only; elsewhere nobody would read them.
FIELD_KINDS = {
    "helpers": (TaskKind.PREPARE, TaskKind.REVIEW, TaskKind.CONVENE, TaskKind.ARCHIVE),
    "returns_to": (TaskKind.REVIEW,),
    "with_disposition": (TaskKind.REVIEW,),
    "participants": (TaskKind.CONVENE,),
    "waits_for": (TaskKind.CONVENE,),
    "follow_up": (TaskKind.CONVENE,),
    "sends": (TaskKind.CONVENE,),
    "accepts": BRINGS,
    "schedules": (TaskKind.PREPARE,),
    "unit_files": (TaskKind.PREPARE,),
    "ways": tuple(kind for kind in TaskKind if kind is not TaskKind.ARCHIVE),
}


def makers(sop: Sop) -> Iterator[SopFault]:
    """Each yield of a step has a task that can bring it about."""
    for at, step in each_step(sop):
        kinds = {task.kind for task in step.tasks}
        words = {WORDS_OF_KIND.get(kind) for kind in kinds}
        words |= {"disposisi" for task in step.tasks if task.with_disposition}
        for index, item in enumerate(step.yields):
            here = (*at, "yields", index)
            if item.is_uploaded and kinds.isdisjoint(BRINGS):
                yield fault(f"no task of the step can upload {item.document!r} (prepare or convene could)", *here)
            if item.source and TaskKind.REVIEW not in kinds:
                yield fault(f"no review in the step can make {item.document!r} from {item.source!r}", *here, "from")
            if item.words and item.words not in words:
                yield fault(f"no task of the step gives {item.words}", *here, "words")
        for index, task in enumerate(step.tasks):
            if task.kind is TaskKind.PREPARE and not step.uploads:
                yield fault("prepare, and nothing to upload", *at, "tasks", index, "kind")


def kinds(sop: Sop) -> Iterator[SopFault]:
    for at, _, task in each_task(sop):
        for key, kinds in FIELD_KINDS.items():
            if getattr(task, key) not in (None, False, ()) and task.kind not in kinds:
                yield fault(f"{key} belongs to {' or '.join(kinds)}, not to {task.kind}", *at, key)


def targets(sop: Sop) -> Iterator[SopFault]:
    count = len(sop.steps)
    for at, _, task in each_task(sop):
        position = int(at[1]) + 1
        if task.returns_to is not None and task.returns_to not in range(1, position):
            yield fault(f"step {task.returns_to} is not one before step {position}", *at, "returns_to")
        if task.schedules is not None and task.schedules not in range(position + 1, count + 1):
            yield fault(f"step {task.schedules} is not one of steps {position + 1} to {count}", *at, "schedules")
        if task.kind is TaskKind.REVIEW and task.returns_to is None:
            yield fault("a review names the step that it returns_to", *at)


def meetings(sop: Sop) -> Iterator[SopFault]:
    convened = {int(at[1]) + 1 for at, _, task in each_task(sop) if task.kind is TaskKind.CONVENE}
    dated = {task.schedules for _, _, task in each_task(sop)}
    for at, _, task in each_task(sop):
        position, target = int(at[1]) + 1, task.schedules
        if target in range(position + 1, len(sop.steps) + 1) and target not in convened:
            yield fault(f"schedules step {target}, where nobody convenes", *at, "schedules")
        if task.unit_files and target is None and task.kind is TaskKind.PREPARE:
            yield fault("files for units go with an invitation, but no meeting is scheduled here", *at, "unit_files")
        if task.kind is not TaskKind.CONVENE:
            continue
        if position not in dated and not task.waits_for:
            yield fault("nothing sets the date: no earlier task schedules this step, and it waits_for nobody", *at)
        if task.sends and not task.participants and not task.waits_for:
            yield fault("sends documents, and nobody is there to receive them", *at, "sends")
        if task.follow_up and not task.participants:
            yield fault("a follow_up needs participants to follow it", *at, "follow_up")


def words(sop: Sop) -> Iterator[SopFault]:
    for at, _, task in each_task(sop):
        speaks = task.kind in (TaskKind.DISPOSE, TaskKind.DIRECT) or task.with_disposition
        if speaks and not task.instructions:
            yield fault("instructions are needed: the ticks that are offered", *at)
        for key in ("instructions", "preset", "tells"):
            if getattr(task, key) and not speaks:
                yield fault(f"{key}, and the task gives no words", *at, key)
        for index, value in enumerate(task.instructions):
            if not value.strip() or len(value) > LONGEST_LABEL:
                message = f"an instruction has 1 to {LONGEST_LABEL} characters, this one {len(value)}"
                yield fault(message, *at, "instructions", index)
        for index, value in repeated(task.instructions):
            yield fault(f"the instruction {value!r} stands there twice", *at, "instructions", index)
        for index, value in enumerate(task.preset):
            if value not in task.instructions:
                yield fault(f"{value!r} is not one of the instructions", *at, "preset", index)
