"""Where the work goes, in words: the desks that get it next, those that a step still waits for, the steps that are skipped."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alur.views import words
from alur.views.environment import joined, vocabulary
from alur.workflow.case import Outcome, Task
from alur.workflow.engine import Situation
from alur.workflow.engine.vacancy import waits_onward
from alur.workflow.mending import Paper
from alur.workflow.people import Actor
from alur.workflow.sop import Step


@dataclass(frozen=True, kw_only=True)
class Beside:
    """A desk that has the same step at the same time."""

    title: str
    is_vacant: bool  # nobody holds it
    outcome: Outcome | None  # None: it has not decided yet
    by: Actor | None


@dataclass(frozen=True, kw_only=True)
class Ender:
    """What ended a task that did not decide itself."""

    outcome: Outcome
    by: Actor
    at: datetime
    paper: Paper | None = None


def of_task(s: Situation, task: Task) -> dict[str, Any]:
    """What the card of a task says of it."""
    return {
        "to_next": to_next(s, task),
        "unheld": unheld(s, task),
        "awaits": awaited(s, task),
        "beside": tuple(_beside(s, item) for item in s.case.beside(task)) if s.step(task).together else (),
        "together": s.step(task).together,
        "ended": _ender(s, task),
        "skipped": skipped(s, task),
        "skipped_before": named(s, _skipped_before(s, task)),
    }


def to_next(s: Situation, task: Task) -> str:
    """Who gets the work after it, as the end of a phrase (" kepada Kepala Bagian Umum"); empty at the SOP's end, while the
    step waits for others, and while the way is still to be chosen. Where it lies and nobody holds the post, nobody got it.
    """
    nobody = waits_onward(s, task)
    titles = [words.role_title(role, (s.sop,)) for role in _next_roles(s, task) if role not in nobody]
    return " " + vocabulary("titles")["to"].format(joined(titles)) if titles else ""


def unheld(s: Situation, task: Task) -> str:
    """The posts before which the work lies since and which nobody holds."""
    return joined(words.role_title(role, (s.sop,)) for role in waits_onward(s, task))


def _next_roles(s: Situation, task: Task) -> tuple[str, ...]:
    step, way = s.step(task), task.closing.way if task.closing else None
    if not step.together and task.index + 1 < len(step.tasks):
        return (step.tasks[task.index + 1].role,)
    following = way or task.step + 1
    if awaited(s, task) or following > len(s.sop.steps) or (task.is_open and s.definition(task).ways):
        return ()
    return _landing(s, following)


def desks_of(s: Situation, step: int) -> str:
    """The posts to which the step lands."""
    return joined(words.role_title(role, (s.sop,)) for role in _landing(s, step))


def _landing(s: Situation, step: int) -> tuple[str, ...]:
    landing = s.sop.step(step)
    count = len(landing.tasks) if landing.together else 1
    return tuple(dict.fromkeys(item.role for item in landing.tasks[:count]))


def leads_on(s: Situation, task: Task) -> bool:
    """Whether it was this decision that handed the work on: of desks beside each other, the last."""
    others = (item.closing.recorded_at for item in s.case.beside(task) if item.closing)
    return s.step(task).together is None or (
        task.closing is not None and task.closing.recorded_at >= max(others, default=task.closing.recorded_at)
    )


def awaited(s: Situation, task: Task) -> tuple[str, ...]:
    """The posts for whose decision its step still waits, where its own has been taken."""
    if task.is_open or s.step(task).together != "all":
        return ()
    roles = dict.fromkeys(item.role for item in s.case.beside(task) if item.is_open or item.held)
    return tuple(_desk(s, role) for role in roles)


def _desk(s: Situation, role: str) -> str:
    """The post; of one that nobody holds, that it is so."""
    title = words.role_title(role, (s.sop,))
    return vocabulary("titles")["vacant"].format(title) if s.is_vacant(role) else title


def skipped(s: Situation, task: Task) -> tuple[str, ...]:
    """The steps that its decision passed over."""
    return named(s, _skipped_by(task))


def named(s: Situation, steps: Iterable[int]) -> tuple[str, ...]:
    """As in "langkah 4 (Rapat validasi)"."""
    return tuple(_name(s.sop.step(number)) for number in steps)


def _name(step: Step) -> str:
    return vocabulary("titles")["step"].format(step.number, step.title)


def _skipped_by(task: Task) -> range:
    way = task.closing.way if task.closing else None
    return range(task.step + 1, way or 0)


def _skipped_before(s: Situation, task: Task) -> range:
    """On the way to the task itself."""
    if task.returns or (task.index and not s.step(task).together):
        return range(0)
    earlier = (s.case.tasks[number - 1].step for number in task.before)
    return range(max(earlier, default=0) + 1, task.step)


def _beside(s: Situation, task: Task) -> Beside:
    closing = task.closing
    return Beside(
        title=words.role_title(task.role, (s.sop,)),
        is_vacant=task.is_open and s.is_vacant(task.role),
        outcome=closing.outcome if closing else None,
        by=closing.by if closing else None,
    )


def _ender(s: Situation, task: Task) -> Ender | None:
    """The decision that ended it, where it was not its own; of an approval that was undone, who returned it or opened its step
    again.
    """
    number = task.closing.ended_by if task.closing else None
    other = s.case.task(number) if number is not None else None
    if other is None or other.closing is None:
        return None
    back = s.case.overturned(other)
    if back is not None:
        outcome = Outcome.REOPENED if back.is_outside else Outcome.RETURNED
        return Ender(outcome=outcome, by=back.by, at=back.at, paper=back.paper)
    closing = other.closing
    return Ender(outcome=closing.outcome, by=closing.by, at=closing.at, paper=closing.paper)
