"""What a case's *Kartu Kendali* says, without a word of it: the SOP's steps in order, each time that a desk had one of them, and
what sent the work back. `alur.views.control_card` makes a paper of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from alur.workflow.case import Case, Return, Task, Version
from alur.workflow.engine import Situation
from alur.workflow.people import Actor
from alur.workflow.record.passages import Passage, Standing, passages
from alur.workflow.sop import Step

STANDS = (Standing.DONE, Standing.HELD)  # what can cease to hold; a return has done what it was to do


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """What the trail has of the case, and the checkpoint that covers the last of it."""

    entries: int
    last: datetime  # when the last of them was written down
    note: str | None = None  # as it was signed; None before there is one
    signed: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A document at a desk: the version that it decided over or left, what was brought before that, and what took its place once
    the desk had decided. `made` is what its approval made of it.
    """

    version: Version
    earlier: tuple[Version, ...] = ()
    later: tuple[Version, ...] = ()
    made: Version | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A desk's turn at a step; without a passage one that has not come, or was passed over."""

    step: Step
    role: str
    is_first: bool  # of its step
    passage: Passage | None = None
    holders: tuple[Actor, ...] = ()  # those who have it now, while it is open
    papers: tuple[Paper, ...] = ()
    is_skipped: bool = False
    back: int | None = None  # the number of the return that it decided
    undone: int | None = None  # the number of that by which its decision stands no longer
    again: tuple[int, ...] = ()  # the numbers of those for which it is done again


@dataclass(frozen=True, kw_only=True, slots=True)
class ControlCard:
    as_of: datetime
    lines: tuple[Line, ...]
    returns: tuple[tuple[int, Return], ...]  # with the number by which lines name them, in order
    letters: tuple[Version, ...]  # the versions of the letter with which it began
    others: tuple[Version, ...]  # what came without any desk's turn
    proof: Proof


def as_of(s: Situation, proof: Proof) -> datetime:
    """A case that is over stands as its last entry left it."""
    return s.now if s.case.tasks_at_hand else proof.last


def control_card(s: Situation, proof: Proof) -> ControlCard:
    numbers = {item.id: number for number, item in enumerate(s.case.returns, 1)}
    lines = tuple(_lines(s, numbers))
    papers = [paper for line in lines for paper in line.papers]
    named = {item.id for paper in papers for item in (paper.version, *paper.earlier, *paper.later, paper.made) if item}
    letters = tuple(item for item in _standing(s.case) if item.document == s.sop.letter)
    return ControlCard(
        as_of=as_of(s, proof),
        lines=lines,
        returns=tuple((numbers[item.id], item) for item in s.case.returns),
        letters=letters,
        others=tuple(item for item in _standing(s.case) if item.id not in named and item not in letters),
        proof=proof,
    )


def _lines(s: Situation, numbers: dict[int, int]) -> Iterator[Line]:
    """By step, and in it as the desks had it; what has not come stands there as the SOP has it."""
    found = passages(s)
    for step in s.sop.steps:
        had = [item for item in found if item.task.step == step.number]
        first = True
        for item in had:
            yield _had(s, step, item, numbers, is_first=first)
            first = False
        for role in _ahead(s, step, had):
            yield Line(step=step, role=role, is_first=first, is_skipped=step.number in s.case.skipped)
            first = False


def _had(s: Situation, step: Step, passage: Passage, numbers: dict[int, int], *, is_first: bool) -> Line:
    task, undone = passage.task, s.case.undone(passage.task)
    back = next((item for item in s.case.returns if item.task == task.id and not item.is_outside), None)
    return Line(
        step=step,
        role=task.role,
        is_first=is_first,
        passage=passage,
        holders=tuple(item.actor() for item in s.holders(task)) if task.is_open else (),
        papers=tuple(_papers(s, task)),
        back=numbers[back.id] if back is not None else None,
        undone=numbers[undone.id] if undone is not None and passage.standing in STANDS else None,
        again=tuple(numbers[item] for item in reversed(task.returns) if item in numbers),
    )


def _ahead(s: Situation, step: Step, had: list[Passage]) -> tuple[str, ...]:
    """The desks of the step that it still lacks: all of them, or those behind the one that has it now."""
    if not had:
        return tuple(item.role for item in step.tasks)
    last = had[-1].task
    at_hand = {item.id for item in s.case.tasks_at_hand}
    if last.id not in at_hand or step.together is not None:
        return ()
    return tuple(item.role for item in step.tasks[last.index + 1 :])


def _standing(case: Case) -> tuple[Version, ...]:
    return tuple(item for item in case.versions if not item.withdrawn and item.number > 0)


def _papers(s: Situation, task: Task) -> Iterator[Paper]:
    """What was decided over, or is to be, then what was brought to the desk beside it; of one document the newest, with those
    before it and, where one was replaced after the decision, those behind it.
    """
    known = {item.id: item for item in _standing(s.case)}
    numbers = task.closing.decided if task.closing else [item.id for item in s.under_decision(task)]
    decided = [known[number] for number in numbers if number in known]
    place = (task.step, task.index, task.round)
    own = [item for item in known.values() if item.task == task.id or item.sheet_of == place]
    made = {item.source: item for item in own if item.source is not None}
    brought = [item for item in own if item.source is None and item not in decided]
    groups: dict[tuple[str, str | None, bool], list[Version]] = {}
    for item in (*decided, *brought):
        groups.setdefault((item.document, item.unit, item.signed), []).append(item)
    for group in groups.values():
        stands = next((item for item in group if item in decided), group[-1])
        yield Paper(
            version=stands,
            earlier=tuple(item for item in group if item.number < stands.number),
            later=tuple(item for item in group if item.number > stands.number),
            made=made.pop(stands.id, None),
        )
    for item in made.values():
        yield Paper(version=item)
