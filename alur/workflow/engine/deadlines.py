"""Deadlines, computed from what the case knows and the calendar as it is now (DOMAIN, "The SOP, and the traps").

The same function gives the limit of a task when it lands, when its meeting is dated, when days are granted and when the
calendar has changed: a deadline has one rule.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from alur.workflow.calendar import Calendar
from alur.workflow.case import Given, Meeting, Task
from alur.workflow.engine.situation import Situation
from alur.workflow.mending import Pause
from alur.workflow.model import Value
from alur.workflow.sop import TaskKind

A_SLIP = timedelta(minutes=1)


def round_due(s: Situation, step: int, landed_at: datetime) -> datetime | None:
    """The limit of a round that landed then; None while its meeting has no date."""
    definition = s.sop.step(step)
    if definition.tasks[0].kind is not TaskKind.CONVENE:
        return s.office.calendar.due(landed_at, definition.working_days)
    meeting = s.case.meeting(step)
    return meeting_due(s, meeting, landed_at=landed_at) if meeting else None


def meeting_due(s: Situation, meeting: Meeting, *, landed_at: datetime) -> datetime:
    """A meeting's days count from the latest of the meeting, the entry of its date and the landing."""
    return s.office.calendar.due(max(meeting.starts, meeting.at, landed_at), s.sop.step(meeting.step).working_days)


def begins(s: Situation, step: int, landed_at: datetime) -> datetime:
    """From when the days of a round that landed then are counted."""
    is_convened = s.sop.step(step).tasks[0].kind is TaskKind.CONVENE
    meeting = s.case.meeting(step) if is_convened else None
    return max(meeting.starts, meeting.at, landed_at) if meeting else landed_at


class Limits(Value):
    """The limit of a round, and of one task in it; None while a meeting has no date."""

    of_round: datetime | None
    of_task: datetime | None


def limits(
    s: Situation,
    *,
    step: int,
    is_later: bool,
    round_landed_at: datetime,
    landed_at: datetime,
    earlier: Iterable[Given] = (),
    own: Iterable[Given] = (),
) -> Limits:
    """`earlier` is what was given in the round before the task landed, `own` what was given to the task: each moves both limits.
    A task that comes later in its round never pays for those before it: it has at least until the close of the working day after it landed, and what
    is granted to it is added to what it had.
    """
    calendar = s.office.calendar
    of_round = round_due(s, step, round_landed_at)
    if of_round is None:
        return Limits(of_round=None, of_task=None)
    since = begins(s, step, round_landed_at)
    for given in earlier:
        of_round = extended(calendar, of_round, given, since)
    of_task = max(of_round, calendar.close_of_next_working_day(landed_at)) if is_later else of_round
    for given in own:
        of_round, of_task = (extended(calendar, due, given, since) for due in (of_round, of_task))
    return Limits(of_round=of_round, of_task=of_task)


def extended(calendar: Calendar, due: datetime, given: Given, begins: datetime) -> datetime:
    """So many more working days after the limit or, where that has passed, after the day of the grant. Of a stretch in which the
    case stood still, as much of office hours as was lost since the days began, rounded up to closing; what was undone within a
    minute was a slip, and gives none.
    """
    if isinstance(given, Pause):
        lost = calendar.worked(max(given.since, begins), given.at)
        return calendar.close_after_work(due, lost) if lost >= A_SLIP else due
    grant = given
    day = max(due, grant.at).astimezone(calendar.zone).date()
    for _ in range(grant.days):
        day = calendar.next_working_day(day)
    return calendar.closing(day)


def present_limits(s: Situation, task: Task, *, more: Given | None = None, without: Given | None = None) -> Limits:
    """The limits of a task by the calendar as it is now, with `more` where something is given, `without` where it is taken
    back. What is granted to a desk
    beside others moves its own limit, and the round's as far as it is the latest.
    """
    rounds = (item for item in s.case.rounds if (item.step, item.number) == (task.step, task.round))
    is_together = s.step(task).together is not None
    before = () if is_together else (item for item in s.case.beside(task) if item.id < task.id)
    found = limits(
        s,
        step=task.step,
        is_later=task.index > 0 and not is_together,
        round_landed_at=next(rounds).landed_at,
        landed_at=task.landed_at,
        earlier=[given for item in before for given in item.given],
        own=(*(item for item in task.given if item != without), *((more,) if more else ())),
    )
    others = [item.due for item in s.case.beside(task) if item.due] if is_together else []
    return found.model_copy(update={"of_round": max(found.of_round, *others)}) if found.of_round and others else found
