"""Each time a desk had a case before it: how many working days it had, and how many it used. Kartu kendali, board and report are
made of these.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alur.workflow.case import Grant, Outcome, Task
from alur.workflow.engine import Situation
from alur.workflow.engine.deadlines import present_limits
from alur.workflow.record import spent


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
    """One task. Days are working days, counted as limits are counted: what the step has and what was granted, or fewer, were in
    time. More can be so too: what is granted once the limit has passed counts from then.
    """

    task: Task
    standing: Standing
    granted: int  # days, beside those that its step has
    was_over: bool  # its limit had passed when days were granted
    used: int | None  # until it was decided, or until now; None where it was never this desk's alone to decide
    waited: int  # days between its coming and the beginning of that count: a meeting's date was not known, or not come
    is_late: bool  # decided after its limit, or open and over it
    is_undone: bool  # what it decided does not stand any more


def passages(s: Situation) -> tuple[Passage, ...]:
    """Every task of the case, in order of opening."""
    return tuple(_passage(s, task) for task in s.case.tasks)


def _passage(s: Situation, task: Task) -> Passage:
    standing = _standing(s, task)
    until = task.closing.at if task.closing is not None else spent.now(s)
    granted = sum(grant.days for grant in task.grants)
    used, waited = _counted(s, task, s.step(task).working_days + granted, until)
    return Passage(
        task=task,
        standing=standing,
        granted=granted,
        was_over=any(_was_over(s, task, grant) for grant in task.grants),
        used=None if standing in (Standing.ENDED, Standing.WAITING) else used,
        waited=waited,
        is_late=standing is not Standing.ENDED and task.due is not None and until > task.due,
        is_undone=s.case.undone(task) is not None,
    )


def _counted(s: Situation, task: Task, limit: int, until: datetime) -> tuple[int, int]:
    """Days used, and days waited before these."""
    calendar, landed = s.office.calendar, task.landed_at
    since = spent.since(s, task.step, landed, until, is_open=task.is_open)
    if since is not None:
        return calendar.days_used(since, until), spent.waited(calendar, landed, since, until)
    used = spent.by_limit(calendar, limit, task.due or until, until)
    return used, max(0, calendar.days_used(landed, until) - used)


def _was_over(s: Situation, task: Task, grant: Grant) -> bool:
    """By the limit that the task had before it, as it is counted now."""
    before = {name: tuple(item for item in getattr(task, name) if item.at < grant.at) for name in ("grants", "pauses")}
    due = present_limits(s, task.model_copy(update=before)).of_task
    return due is not None and grant.at > due


def _standing(s: Situation, task: Task) -> Standing:
    if task.closing is None:
        if task.due is None:
            return Standing.WAITING
        return Standing.OVERDUE if spent.now(s) > task.due else Standing.OPEN
    if task.held is not None:
        return Standing.HELD
    if not task.closing.outcome.is_decision:
        return Standing.ENDED
    return Standing.RETURNED if task.closing.outcome is Outcome.RETURNED else Standing.DONE
