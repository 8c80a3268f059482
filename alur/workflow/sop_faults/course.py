"""The course: which steps are reached and by which ways, what is open together, and what is there when a step comes."""

from collections.abc import Iterator

from alur.workflow.sop import LONGEST_LABEL, Sop, Step, TaskKind, Way
from alur.workflow.sop_faults.fault import SopFault, each_step, each_task, fault, repeated

TOGETHER = (TaskKind.DISPOSE, TaskKind.REVIEW, TaskKind.DIRECT)  # kinds that only decide: they may be open at once


def order(sop: Sop) -> Iterator[SopFault]:
    for position, step in enumerate(sop.steps, start=1):
        if step.number != position:
            yield fault(f"steps are numbered 1, 2, 3 …: expected {position}", "steps", position - 1, "number")

    tasks = [(at, task.kind) for at, _, task in each_task(sop)]
    end = next((at for at, kind in tasks if kind is TaskKind.ARCHIVE), None)
    if end is None:
        last, kind = tasks[-1]
        why = "nobody follows to whom it could hand on" if kind is TaskKind.DISPOSE else "the case would never end"
        yield fault(f"the last task must be archive: {why}", *last, "kind")
        return
    after = [at if at[1] == end[1] else at[:2] for at, _ in tasks[tasks.index((end, TaskKind.ARCHIVE)) + 1 :]]
    for at in dict.fromkeys(after):  # one fault for a step, not one for each of its tasks
        yield fault(f"is never reached: the case ends with the archive of step {int(end[1]) + 1}", *at)


def ways(sop: Sop) -> Iterator[SopFault]:
    count, reached = len(sop.steps), set(_targets_of(sop.start.ways, 1))
    yield from _faults_of(sop.start.ways, range(1, count + 1), "start", "ways")
    for at, step in each_step(sop):
        position = int(at[1]) + 1
        for index, task in enumerate(step.tasks):
            here = (*at, "tasks", index, "ways")
            yield from _faults_of(task.ways, range(position + 1, count + 1), *here)
            if task.ways and step.together == "all":
                yield fault("desks that must all decide cannot each choose a way", *here)
            if task.ways and step.together is None and index + 1 < len(step.tasks):
                yield fault("the way is chosen by the last task of a step", *here)
        if position in reached:
            reached |= _following(step, position)
    for position in range(1, count + 1):
        if position not in reached and not _is_after_the_archive(sop, position):
            yield fault("is never reached: every way goes past it", "steps", position - 1)


def _faults_of(ways: tuple[Way, ...], targets: range, *at: str | int) -> Iterator[SopFault]:
    if len(ways) == 1:
        yield fault("one way alone is no choice", *at)
    for index, way in enumerate(ways):
        if way.to not in targets:
            yield fault(f"step {way.to} is not one of steps {targets.start} to {targets.stop - 1}", *at, index, "to")
        if not way.label.strip() or len(way.label) > LONGEST_LABEL:
            yield fault(f"a label has 1 to {LONGEST_LABEL} characters, this one {len(way.label)}", *at, index, "label")
    for index, value in repeated(way.label for way in ways):
        yield fault(f"the label {value!r} stands there twice", *at, index, "label")
    for index, _ in repeated(str(way.to) for way in ways):
        yield fault(f"two ways lead to step {ways[index].to}", *at, index, "to")


def _is_after_the_archive(sop: Sop, position: int) -> bool:
    """A fault that `_order` finds."""
    return any(task.kind is TaskKind.ARCHIVE for step in sop.steps[: position - 1] for task in step.tasks)


def together(sop: Sop) -> Iterator[SopFault]:
    """Desks that have a step at the same time only decide: what one of them brought would change what the others see."""
    for at, step in each_step(sop):
        if step.together is None:
            continue
        if len(step.tasks) < 2:
            yield fault("one task alone is together with none", *at, "together")
        for index, task in enumerate(step.tasks):
            if task.kind not in TOGETHER:
                yield fault(f"{task.kind} cannot be open together with others", *at, "tasks", index, "kind")
        for index, value in repeated(task.role for task in step.tasks):
            yield fault(f"the role {value!r} has two tasks at once", *at, "tasks", index, "role")
        if len({task.kind for task in step.tasks}) > 1:
            yield fault("tasks that are open together are of one kind", *at, "together")


def flow(sop: Sop) -> Iterator[SopFault]:
    """Documents come into being in the order of the steps; one that is only accepted may never come."""
    known, ever = {kind.id for kind in sop.documents}, {sop.letter}
    for (at, step), there in zip(each_step(sop), _there(sop), strict=True):
        for index, value in enumerate(step.needs):
            if value in known - there:
                yield fault(_why_missing(value, ever), *at, "needs", index)
        for index, item in enumerate(step.yields):
            key, origin = ("document", item.document) if item.kept else ("from", item.source)
            if origin in known - {*step.needs}:
                yield fault(f"hands on {origin!r}, which the step does not need", *at, "yields", index, key)
        for index, task in enumerate(step.tasks):
            for place, value in enumerate(task.sends):
                if value in known - there:
                    yield fault(_why_missing(value, ever), *at, "tasks", index, "sends", place)
        ever |= {item.document for item in step.yields if item.document}


def _why_missing(value: str, ever: set[str]) -> str:
    if value in ever:
        return f"{value!r} comes only from a step that may be skipped"
    return f"nothing before this step yields {value!r}"


def _there(sop: Sop) -> Iterator[set[str]]:
    """Of each step, the documents that are there by whichever way it is reached."""
    everything = {kind.id for kind in sop.documents} | {sop.letter}
    arriving = {number: [{sop.letter}] for number in _targets_of(sop.start.ways, 1)}
    for position, step in enumerate(sop.steps, start=1):
        found = arriving.get(position, [])
        there = set.intersection(*found) if found else everything  # what is never reached is a fault of its own
        yield there
        after = there | {item.document for item in step.yields if item.document}
        for number in _following(step, position) if found else ():
            arriving.setdefault(number, []).append(after)


def _targets_of(ways: tuple[Way, ...], otherwise: int) -> tuple[int, ...]:
    return tuple(way.to for way in ways) or (otherwise,)


def _following(step: Step, position: int) -> set[int]:
    """The steps to which a decision at this one may lead."""
    deciding = step.tasks if step.together else step.tasks[-1:]
    return {number for task in deciding for number in _targets_of(task.ways, position + 1) if number > position}
