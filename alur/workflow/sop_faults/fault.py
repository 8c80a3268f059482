"""A fault, and the ways through a procedure on which faults are sought."""

from collections.abc import Iterable, Iterator

from alur.workflow.model import Value
from alur.workflow.sop import Sop, Step, TaskDef

Location = tuple[str | int, ...]


class SopFault(Value):
    location: Location  # for example ("steps", 5, "tasks", 0, "returns_to"); it need not exist where a key is missing
    message: str


def fault(message: str, *location: str | int) -> SopFault:
    return SopFault(location=location, message=message)


def each_step(sop: Sop) -> Iterator[tuple[Location, Step]]:
    return ((("steps", index), step) for index, step in enumerate(sop.steps))


def each_task(sop: Sop) -> Iterator[tuple[Location, Step, TaskDef]]:
    for at, step in each_step(sop):
        for index, task in enumerate(step.tasks):
            yield (*at, "tasks", index), step, task


def repeated(values: Iterable[str | None]) -> Iterator[tuple[int, str]]:
    """Index and value of each that stood before."""
    seen = set[str]()
    for index, value in enumerate(values):
        if value in seen:
            yield index, value
        elif value is not None:
            seen.add(value)
