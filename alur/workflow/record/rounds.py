"""Each time that a step was done: its round, from landing to the decision of its last desk. A limit in working days belongs to the
round (DOMAIN), so whoever judges steps judges these; reminders and *Kartu Kendali* speak of the desks (`passages`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alur.workflow.calendar import Calendar, CalendarNotCovered
from alur.workflow.case import Given, Grant, Outcome, Round, Task
from alur.workflow.engine import Situation
from alur.workflow.engine.deadlines import extended
from alur.workflow.mending import Pause
from alur.workflow.record import spent


class Course(StrEnum):
    DONE = "done"
    RUNNING = "running"  # open, or its last decision can still be withdrawn
    BROKEN = "broken"  # ended with its case, or as an earlier step was opened again: nobody decided


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """Working days, counted as limits are counted: `used` is within `limit` exactly where the round was in time."""

    limit: int  # what the step has, and what was granted
    used: int  # of them: without the wait for a meeting, and without what was given back of a stretch in which the case stood still
    waited: int  # before they were counted: a meeting's date was not known, or had not come


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundTaken:
    step: int
    number: int
    course: Course
    days: (
        Days | None
    )  # until its end, or until now; None of a year that the calendar does not cover, and of what is broken
    is_late: bool  # ended after its limit, or is open and over it
    awaited: str | None = None  # the outside role for whose meeting it waited
    is_return: bool = False  # it ended by sending the work back
    on_paper: int = 0  # decisions in it that were taken on paper
    granted: int = 0  # days


def rounds(s: Situation) -> tuple[RoundTaken, ...]:
    """Every round of the case, in the order in which they landed."""
    by_round: dict[tuple[int, int], list[Task]] = {}
    for task in s.case.tasks:
        by_round.setdefault((task.step, task.round), []).append(task)
    known = {(item.step, item.number): item for item in s.case.rounds}
    return tuple(_taken(s, known[place], tasks) for place, tasks in by_round.items())


def _taken(s: Situation, found: Round, tasks: list[Task]) -> RoundTaken:
    course, until = _course(tasks), _end(s, tasks)
    closings = [item.closing for item in tasks if item.closing is not None and item.closing.outcome.is_decision]
    is_broken = course is Course.BROKEN
    return RoundTaken(
        step=found.step,
        number=found.number,
        course=course,
        days=None if is_broken else _days(s, found, tasks, until),
        is_late=not is_broken and found.due is not None and until > found.due,
        awaited=s.definition(tasks[0]).waits_for,
        is_return=course is Course.DONE and any(item.outcome is Outcome.RETURNED for item in closings),
        on_paper=sum(item.paper is not None for item in closings),
        granted=sum(grant.days for item in tasks for grant in item.grants),
    )


def _course(tasks: Iterable[Task]) -> Course:
    """A desk that ended with another's decision decides nothing about it."""
    closings = [item.closing for item in tasks]
    if any(item is None or item.held is not None for item in closings):
        return Course.RUNNING
    ends = {item.outcome for item in closings if item is not None}
    return Course.BROKEN if ends & {Outcome.REOPENED, Outcome.CANCELLED} else Course.DONE


def _end(s: Situation, tasks: Iterable[Task]) -> datetime:
    """The last decision, as of when it was taken: on paper that may be long before it was recorded. Now, while it runs."""
    closings = [item.closing for item in tasks]
    if any(item is None or item.held is not None for item in closings):
        return spent.now(s)
    return max(item.at for item in closings if item is not None)


def _days(s: Situation, found: Round, tasks: list[Task], until: datetime) -> Days | None:
    try:
        return _counted(s, found, tasks, until)
    except CalendarNotCovered:
        return None


def _counted(s: Situation, found: Round, tasks: list[Task], until: datetime) -> Days:
    calendar, limit = s.office.calendar, s.sop.step(found.step).working_days
    given = sorted({item for task in tasks for item in task.given}, key=lambda item: item.at)
    is_open = any(item.is_open for item in tasks)
    since = spent.since(s, found.step, found.landed_at, until, is_open=is_open)
    if since is None:
        most = limit + sum(item.days for item in given if isinstance(item, Grant))
        used = spent.by_limit(calendar, most, found.due or until, until)
        return Days(limit=most, used=used, waited=max(0, calendar.days_used(found.landed_at, until) - used))
    paused = _given_back(calendar, since, limit, given)
    most = calendar.days_used(since, found.due) - paused if found.due is not None else limit
    return Days(
        limit=most,
        used=max(0, calendar.days_used(since, until) - paused),
        waited=spent.waited(calendar, found.landed_at, since, until),
    )


def _given_back(calendar: Calendar, since: datetime, limit: int, given: Iterable[Given]) -> int:
    """By how many days stretches in which the case stood still have moved the limit."""
    due, back = calendar.due(since, limit), 0
    for item in given:
        moved = extended(calendar, due, item, since)
        back += calendar.working_days_between(due, moved) if isinstance(item, Pause) else 0
        due = moved
    return back
