"""The SOP as a cross-functional chart: who does what after whom, who is asked in, what comes back. Places are made of it by
`alur.views.board`.

Read from the SOP as the engine reads it (`alur.workflow.engine.advance`): a step's tasks in turn or together, then the next step
or the chosen way; a return lands where its step lands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from alur.workflow.case import Case, Outcome, Task
from alur.workflow.sop import Sop, Step, TaskDef, TaskKind


class Shape(StrEnum):
    START = "start"  # where a case may begin in several ways
    CAPSULE = "capsule"  # the first task and the last
    BOX = "box"
    DIAMOND = "diamond"  # a review
    PARTY = "party"  # who is invited, or comes from outside
    BAR = "bar"  # where tasks begin together, and where they are all behind


class Course(StrEnum):
    ONWARD = "onward"
    BACK = "back"
    WITH = "with"  # a task and those whom it asks in; no arrow


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    step: int
    level: int  # within its step, from 0; no two of one role stand on the same
    role: str
    shape: Shape
    task: int | None = None  # the place of its task in the step


@dataclass(frozen=True, kw_only=True, slots=True)
class Edge:
    """From one node to another, by their places among the nodes."""

    source: int
    target: int
    course: Course


@dataclass(frozen=True, kw_only=True)
class Flow:
    roles: tuple[str, ...]  # those that have something to do, in the SOP's order
    nodes: tuple[Node, ...]  # by step and level
    edges: tuple[Edge, ...]

    def of_task(self, step: int, index: int) -> int:
        return next(at for at, node in enumerate(self.nodes) if (node.step, node.task) == (step, index))

    @property
    def start(self) -> int | None:
        return next((at for at, node in enumerate(self.nodes) if node.shape is Shape.START), None)

    def path(self, source: int, target: int, course: Course) -> tuple[int, ...]:
        """The edges that lead from the one to the other with nothing but bars between; empty where none do."""
        for at, edge in enumerate(self.edges):
            if edge.source != source or edge.course is not course:
                continue
            if edge.target == target:
                return (at,)
            if self.nodes[edge.target].shape is Shape.BAR:
                rest = self.path(edge.target, target, Course.ONWARD)
                if rest:
                    return (at, *rest)
        return ()


def flow(sop: Sop) -> Flow:
    found = _Drawn(sop)
    for step in sop.steps:
        found.lay(step)
    found.join()
    used = {node.role for node in found.nodes}
    roles = tuple(role.id for role in sop.roles if role.id in used)
    return Flow(roles=roles, nodes=tuple(found.nodes), edges=tuple(found.edges))


def walked(found: Flow, case: Case) -> frozenset[int]:
    """The edges by which the case has gone."""
    return frozenset(edge for task in case.tasks for edge in _ways_to(found, case, task))


def _ways_to(found: Flow, case: Case, task: Task) -> Iterator[int]:
    own = found.of_task(task.step, task.index)
    yield from _asked_in(found, own)
    if case.reopened(task) is not None:  # outside of the SOP's course
        return
    if not task.before and found.start is not None:
        yield from found.path(found.start, own, Course.ONWARD)
    for number in task.before:
        earlier = case.tasks[number - 1]
        is_back = earlier.closing is not None and earlier.closing.outcome is Outcome.RETURNED
        source = found.of_task(earlier.step, earlier.index)
        yield from found.path(source, own, Course.BACK if is_back else Course.ONWARD)


def _asked_in(found: Flow, source: int) -> Iterator[int]:
    for at, edge in enumerate(found.edges):
        if edge.source == source and edge.course is Course.WITH:
            yield at
            yield from _asked_in(found, edge.target)


@dataclass
class _Drawn:
    sop: Sop
    nodes: list[Node] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    entries: dict[int, int] = field(default_factory=dict)  # of each step, the node in which it lands
    exits: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)  # a node, and the steps that follow it
    backs: list[tuple[int, int]] = field(default_factory=list)

    def lay(self, step: Step) -> None:
        """Its nodes, level by level, and what leads from one to another."""
        level = 0
        if step.number == 1 and self.sop.start.ways:
            start = self._add(Node(step=1, level=0, role=step.tasks[0].role, shape=Shape.START))
            self.exits.append((start, tuple(way.to for way in self.sop.start.ways)))
            level = 1
        if step.together:
            self._lay_together(step, level)
        else:
            self._lay_in_turn(step, level)

    def join(self) -> None:
        last = len(self.sop.steps)
        for node, steps in self.exits:
            for number in steps:
                if number <= last:
                    self._link(node, self.entries[number], Course.ONWARD)
        for node, number in self.backs:
            self._link(node, self.entries[number], Course.BACK)

    def _lay_in_turn(self, step: Step, level: int) -> None:
        before: int | None = None
        for index, task in enumerate(step.tasks):
            node = self._task(step, index, level)
            if before is None:
                self.entries[step.number] = node
            else:
                self._link(before, node, Course.ONWARD)
            before, level = node, level + 1
            self._ask_in(task, node)
        if before is not None:
            self.exits.append((before, _following(step, step.tasks[-1])))

    def _lay_together(self, step: Step, level: int) -> None:
        middle = sorted((task.role for task in step.tasks), key=self._lane)[len(step.tasks) // 2]
        fork = self._add(Node(step=step.number, level=level, role=middle, shape=Shape.BAR))
        self.entries[step.number] = fork
        tasks = [self._task(step, index, level + 1) for index in range(len(step.tasks))]
        for node in tasks:
            self._link(fork, node, Course.ONWARD)
        if any(task.ways for task in step.tasks):
            self.exits += [(node, _following(step, task)) for node, task in zip(tasks, step.tasks, strict=True)]
            return
        if step.number == len(self.sop.steps):
            return
        bar = self._add(Node(step=step.number, level=level + 2, role=middle, shape=Shape.BAR))
        for node in tasks:
            self._link(node, bar, Course.ONWARD)
        self.exits.append((bar, (step.number + 1,)))

    def _task(self, step: Step, index: int, level: int) -> int:
        task = step.tasks[index]
        node = self._add(
            Node(step=step.number, level=level, role=task.role, shape=self._shape(step, index), task=index)
        )
        if task.returns_to is not None:
            self.backs.append((node, task.returns_to))
        return node

    def _shape(self, step: Step, index: int) -> Shape:
        is_first = step.number == 1 and (index == 0 or step.together) and not self.sop.start.ways
        is_last = step.number == len(self.sop.steps) and (index == len(step.tasks) - 1 or step.together)
        if is_first or is_last:
            return Shape.CAPSULE
        return Shape.DIAMOND if step.tasks[index].kind is TaskKind.REVIEW else Shape.BOX

    def _ask_in(self, task: TaskDef, node: int) -> None:
        """On either side of who convenes, each linked to the one beside it."""
        own = self.nodes[node]
        parties = dict.fromkeys(role for role in (*task.participants, task.waits_for) if role and role != task.role)
        for side in (-1, 1):
            beside = [role for role in parties if (self._lane(role) - self._lane(task.role)) * side > 0]
            before = node
            for role in sorted(beside, key=lambda item: self._lane(item) * side):
                party = self._add(Node(step=own.step, level=own.level, role=role, shape=Shape.PARTY))
                self._link(before, party, Course.WITH)
                before = party

    def _lane(self, role: str) -> int:
        return next(at for at, item in enumerate(self.sop.roles) if item.id == role)

    def _add(self, node: Node) -> int:
        self.nodes.append(node)
        return len(self.nodes) - 1

    def _link(self, source: int, target: int, course: Course) -> None:
        self.edges.append(Edge(source=source, target=target, course=course))


def _following(step: Step, task: TaskDef) -> tuple[int, ...]:
    return tuple(way.to for way in task.ways) or (step.number + 1,)
