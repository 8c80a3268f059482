"""Each time a desk had a case before it: how many working days it had, and how many it used. Kartu kendali, board and report are
made of these.
"""

from dataclasses import dataclass
from enum import StrEnum

from alur.workflow.case import Outcome, Task
from alur.workflow.engine import Situation
from alur.workflow.engine.deadlines import begins
from alur.workflow.sop import TaskKind


class Standing(StrEnum):
    DONE = "done"
    RETURNED = "returned"  # sent back by this desk
    ENDED = "ended"  # by another's decision, by an opening anew, or with its case
    HELD = "held"  # decided, and about to be handed on
    OPEN = "open"
    WAITING = "waiting"  # open, and without a limit: a meeting has no date yet
    OVERDUE = "overdue"


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """One task. Days are working days, counted as limits are counted: so many or fewer were in time."""

    task: Task
    standing: Standing
    limit: int  # days that its step has, and what was granted to it
    used: int | None  # until it was decided, or until now; None where it was never this desk's alone to decide
    waited: int  # days between its coming and the beginning of that count: a meeting's date was not known, or not come
    is_late: bool  # decided after its limit, or open and over it
    is_undone: bool  # what it decided does not stand any more


def passages(s: Situation) -> tuple[Passage, ...]:
    """Every task of the case, in order of opening."""
    return tuple(_passage(s, task) for task in s.case.tasks)


def _passage(s: Situation, task: Task) -> Passage:
    calendar, standing = s.office.calendar, _standing(s, task)
    until = task.closing.at if task.closing is not None else s.now
    since = task.landed_at
    if task.kind is TaskKind.CONVENE:
        dated = begins(s, task.step, since) if s.case.meeting(task.step) is not None else until
        since = min(max(since, dated), until)  # whoever met before the day that was set had his days before him
    counted = standing not in (Standing.ENDED, Standing.WAITING)
    return Passage(
        task=task,
        standing=standing,
        limit=s.step(task).working_days + sum(grant.days for grant in task.grants),
        used=calendar.days_used(since, until) if counted else None,
        waited=calendar.days_used(task.landed_at, since) if task.kind is TaskKind.CONVENE else 0,
        is_late=standing is not Standing.ENDED and task.due is not None and until > task.due,
        is_undone=s.case.undone(task) is not None,
    )


def _standing(s: Situation, task: Task) -> Standing:
    if task.closing is None:
        if task.due is None:
            return Standing.WAITING
        return Standing.OVERDUE if s.now > task.due else Standing.OPEN
    if task.held is not None:
        return Standing.HELD
    if not task.closing.outcome.is_decision:
        return Standing.ENDED
    return Standing.RETURNED if task.closing.outcome is Outcome.RETURNED else Standing.DONE
