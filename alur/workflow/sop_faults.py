"""What is wrong with a procedure although each of its fields is well formed: found by `faults`, all at once.

Called by `alur.storage.sop_files` when a file is read, before any case can run on it. A fault carries a path into the
data, with the keys of the file, so that the reader can name the line.
"""

from collections.abc import Iterable, Iterator

from alur.workflow.model import Value
from alur.workflow.sop import BRINGS, LONGEST_LABEL, DocumentKind, Sop, Step, TaskDef, TaskKind

Location = tuple[str | int, ...]


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
}


class SopFault(Value):
    location: Location  # for example ("steps", 5, "tasks", 0, "returns_to"); it need not exist where a key is missing
    message: str


def faults(sop: Sop) -> tuple[SopFault, ...]:
    """All faults of the procedure, none if it can be run. Steps are known by their place, whatever their number says."""
    if not sop.steps:
        return (_fault("a procedure has at least one step", "steps"),)
    checks = (_identities, _references, _order, _flow, _makers, _kinds, _targets, _meetings, _words, _names)
    return tuple(fault for check in checks for fault in check(sop))


def _fault(message: str, *location: str | int) -> SopFault:
    return SopFault(location=location, message=message)


def _steps(sop: Sop) -> Iterator[tuple[Location, Step]]:
    return ((("steps", index), step) for index, step in enumerate(sop.steps))


def _tasks(sop: Sop) -> Iterator[tuple[Location, Step, TaskDef]]:
    for at, step in _steps(sop):
        for index, task in enumerate(step.tasks):
            yield (*at, "tasks", index), step, task


def _repeated(values: Iterable[str | None]) -> Iterator[tuple[int, str]]:
    """Index and value of each that stood before."""
    seen = set[str]()
    for index, value in enumerate(values):
        if value in seen:
            yield index, value
        elif value is not None:
            seen.add(value)


def _identities(sop: Sop) -> Iterator[SopFault]:
    for key, ids in (("roles", [role.id for role in sop.roles]), ("documents", [kind.id for kind in sop.documents])):
        for index, value in _repeated(ids):
            yield _fault(f"the id {value!r} is used twice in {key}", key, index, "id")
    for at, step in _steps(sop):
        for index, value in _repeated(item.document or item.words for item in step.yields):
            yield _fault(f"the step yields {value!r} twice", *at, "yields", index)
        for index, value in _repeated(item.source for item in step.yields):
            yield _fault(f"two documents are made from {value!r}", *at, "yields", index, "from")


def _references(sop: Sop) -> Iterator[SopFault]:
    named_roles, named_documents = tuple(_role_names(sop)), tuple(_document_names(sop))
    roles, documents = {role.id for role in sop.roles}, {kind.id for kind in sop.documents}
    for what, known, named in (("role", roles, named_roles), ("document", documents, named_documents)):
        for at, value in named:
            if value not in known:
                yield _fault(f"unknown {what} {value!r}", *at)

    busy = {value for _, value in named_roles} | {role.id for role in sop.roles if role.may}
    for index, role in enumerate(sop.roles):
        if role.id not in busy:
            yield _fault(f"the role {role.id!r} is never used", "roles", index)
        if role.escalates_to == role.id:
            yield _fault(f"the role {role.id!r} escalates to itself", "roles", index, "escalates_to")
    for index, kind in enumerate(sop.documents):
        if kind.id not in {value for _, value in named_documents}:
            yield _fault(f"the document {kind.id!r} is never used", "documents", index)


def _role_names(sop: Sop) -> Iterator[tuple[Location, str]]:
    for index, role in enumerate(sop.roles):
        if role.escalates_to:
            yield ("roles", index, "escalates_to"), role.escalates_to
    for at, _, task in _tasks(sop):
        yield (*at, "role"), task.role
        if task.waits_for:
            yield (*at, "waits_for"), task.waits_for
        for key, ids in (("helpers", task.helpers), ("participants", task.participants), ("tells", task.tells)):
            yield from (((*at, key, index), value) for index, value in enumerate(ids))


def _document_names(sop: Sop) -> Iterator[tuple[Location, str]]:
    yield ("letter",), sop.letter
    for at, step in _steps(sop):
        yield from (((*at, "needs", index), value) for index, value in enumerate(step.needs))
        for index, item in enumerate(step.yields):
            if item.document:
                yield (*at, "yields", index, "document"), item.document
            if item.source:
                yield (*at, "yields", index, "from"), item.source
    for at, _, task in _tasks(sop):
        for key, ids in (("sends", task.sends), ("accepts", task.accepts)):
            yield from (((*at, key, index), value) for index, value in enumerate(ids))


def _order(sop: Sop) -> Iterator[SopFault]:
    for position, step in enumerate(sop.steps, start=1):
        if step.number != position:
            yield _fault(f"steps are numbered 1, 2, 3 …: expected {position}", "steps", position - 1, "number")

    tasks = [(at, task.kind) for at, _, task in _tasks(sop)]
    end = next((at for at, kind in tasks if kind is TaskKind.ARCHIVE), None)
    if end is None:
        last, kind = tasks[-1]
        why = "nobody follows to whom it could hand on" if kind is TaskKind.DISPOSE else "the case would never end"
        yield _fault(f"the last task must be archive: {why}", *last, "kind")
        return
    after = [at if at[1] == end[1] else at[:2] for at, _ in tasks[tasks.index((end, TaskKind.ARCHIVE)) + 1 :]]
    for at in dict.fromkeys(after):  # one fault for a step, not one for each of its tasks
        yield _fault(f"is never reached: the case ends with the archive of step {int(end[1]) + 1}", *at)


def _flow(sop: Sop) -> Iterator[SopFault]:
    """Documents come into being in the order of the steps; one that is only accepted may never come."""
    known, there = {kind.id for kind in sop.documents}, {sop.letter}
    for at, step in _steps(sop):
        for index, value in enumerate(step.needs):
            if value in known - there:
                yield _fault(f"nothing before this step yields {value!r}", *at, "needs", index)
        for index, item in enumerate(step.yields):
            key, origin = ("document", item.document) if item.kept else ("from", item.source)
            if origin in known - {*step.needs}:
                yield _fault(f"hands on {origin!r}, which the step does not need", *at, "yields", index, key)
        for index, task in enumerate(step.tasks):
            for place, value in enumerate(task.sends):
                if value in known - there:
                    yield _fault(f"nothing before this step yields {value!r}", *at, "tasks", index, "sends", place)
        there |= {item.document for item in step.yields if item.document}


def _makers(sop: Sop) -> Iterator[SopFault]:
    """Each yield of a step has a task that can bring it about."""
    for at, step in _steps(sop):
        kinds = {task.kind for task in step.tasks}
        words = {WORDS_OF_KIND.get(kind) for kind in kinds}
        words |= {"disposisi" for task in step.tasks if task.with_disposition}
        for index, item in enumerate(step.yields):
            here = (*at, "yields", index)
            if item.is_uploaded and kinds.isdisjoint(BRINGS):
                yield _fault(f"no task of the step can upload {item.document!r} (prepare or convene could)", *here)
            if item.source and TaskKind.REVIEW not in kinds:
                yield _fault(f"no review in the step can make {item.document!r} from {item.source!r}", *here, "from")
            if item.words and item.words not in words:
                yield _fault(f"no task of the step gives {item.words}", *here, "words")
        for index, task in enumerate(step.tasks):
            if task.kind is TaskKind.PREPARE and not step.uploads:
                yield _fault("prepare, and nothing to upload", *at, "tasks", index, "kind")


def _kinds(sop: Sop) -> Iterator[SopFault]:
    for at, _, task in _tasks(sop):
        for key, kinds in FIELD_KINDS.items():
            if getattr(task, key) not in (None, False, ()) and task.kind not in kinds:
                yield _fault(f"{key} belongs to {' or '.join(kinds)}, not to {task.kind}", *at, key)


def _targets(sop: Sop) -> Iterator[SopFault]:
    count = len(sop.steps)
    for at, _, task in _tasks(sop):
        position = int(at[1]) + 1
        if task.returns_to is not None and task.returns_to not in range(1, position):
            yield _fault(f"step {task.returns_to} is not one before step {position}", *at, "returns_to")
        if task.schedules is not None and task.schedules not in range(position + 1, count + 1):
            yield _fault(f"step {task.schedules} is not one of steps {position + 1} to {count}", *at, "schedules")
        if task.kind is TaskKind.REVIEW and task.returns_to is None:
            yield _fault("a review names the step that it returns_to", *at)


def _meetings(sop: Sop) -> Iterator[SopFault]:
    convened = {int(at[1]) + 1 for at, _, task in _tasks(sop) if task.kind is TaskKind.CONVENE}
    dated = {task.schedules for _, _, task in _tasks(sop)}
    for at, _, task in _tasks(sop):
        position, target = int(at[1]) + 1, task.schedules
        if target in range(position + 1, len(sop.steps) + 1) and target not in convened:
            yield _fault(f"schedules step {target}, where nobody convenes", *at, "schedules")
        if task.unit_files and target is None and task.kind is TaskKind.PREPARE:
            yield _fault("files for units go with an invitation, but no meeting is scheduled here", *at, "unit_files")
        if task.kind is not TaskKind.CONVENE:
            continue
        if position not in dated and not task.waits_for:
            yield _fault("nothing sets the date: no earlier task schedules this step, and it waits_for nobody", *at)
        if task.sends and not task.participants and not task.waits_for:
            yield _fault("sends documents, and nobody is there to receive them", *at, "sends")
        if task.follow_up and not task.participants:
            yield _fault("a follow_up needs participants to follow it", *at, "follow_up")


def _words(sop: Sop) -> Iterator[SopFault]:
    for at, _, task in _tasks(sop):
        speaks = task.kind in (TaskKind.DISPOSE, TaskKind.DIRECT) or task.with_disposition
        if speaks and not task.instructions:
            yield _fault("instructions are needed: the ticks that are offered", *at)
        for key in ("instructions", "preset", "tells"):
            if getattr(task, key) and not speaks:
                yield _fault(f"{key}, and the task gives no words", *at, key)
        for index, value in enumerate(task.instructions):
            if not value.strip() or len(value) > LONGEST_LABEL:
                message = f"an instruction has 1 to {LONGEST_LABEL} characters, this one {len(value)}"
                yield _fault(message, *at, "instructions", index)
        for index, value in _repeated(task.instructions):
            yield _fault(f"the instruction {value!r} stands there twice", *at, "instructions", index)
        for index, value in enumerate(task.preset):
            if value not in task.instructions:
                yield _fault(f"{value!r} is not one of the instructions", *at, "preset", index)


def _names(sop: Sop) -> Iterator[SopFault]:
    """A file is known by a title or alias in its name: within a step one name must not mean two documents."""
    kinds = {kind.id: (index, kind) for index, kind in enumerate(sop.documents)}
    told = set[tuple[str, str, str]]()
    for step in sop.steps:
        accepted = (value for task in step.tasks for value in task.accepts)
        bringable = dict.fromkeys((*step.uploads, *step.kept, *step.sources, *accepted))
        owners: dict[str, str] = {}
        for index, kind in (kinds[value] for value in bringable if value in kinds):
            for at, name in _spellings(kind):
                owner = owners.setdefault(name, kind.id)
                if owner != kind.id and (owner, kind.id, name) not in told:
                    told.add((owner, kind.id, name))
                    message = f"in step {step.number} {name!r} may mean {owner!r} as well as {kind.id!r}"
                    yield _fault(message, "documents", index, *at)


def _spellings(kind: DocumentKind) -> Iterator[tuple[Location, str]]:
    """Title and aliases as they are compared: case, `_` and `-` ignored."""
    for at, text in (("title",), kind.title), *((("aliases", i), alias) for i, alias in enumerate(kind.aliases)):
        yield at, " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
