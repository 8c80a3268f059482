"""When people are reminded, and of what: pure, from the state of a case and the calendar (DESIGN §6).

Nothing here sends or stores. A timer's row holds the next moment of one thing; when it fires, and again when the message
is rendered, these functions say whom the moment concerns. An office opens at 07.30 and closes at 16.00, on Friday at
16.30; in Ramadan it is 08.00 to 15.00 and 15.30 (`WorkWeek` in `calendar.py`; the override file may say others).
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile

from alur.workflow.case import Meeting, Task
from alur.workflow.engine.situation import Situation
from alur.workflow.model import Value
from alur.workflow.sop import TaskKind

BEFORE_CLOSING = timedelta(hours=2)
BEFORE_MEETING = timedelta(hours=1)
WEEK = timedelta(days=7)
WORKING_WEEK = 5  # working days between two reports of an overdue task, after the first ones
EVE_FROM = 2  # working days: a shorter limit has no reminder on the day before
TOLD_SUPERIOR = (1, 3)  # overdue working days on which the superior is told; then weekly
TOLD_ADMINISTRATORS = 3


class Occasion(StrEnum):
    ARRIVAL = "arrival"  # landed outside office hours, silently: named at the next opening
    EVE = "eve"  # the working day before the limit
    DUE = "due"  # the day of the limit, at opening
    CLOSING = "closing"  # two hours before it closes
    OVERDUE = "overdue"  # each working day after it, at opening
    WAITING = "waiting"  # a week without a meeting's date
    MEETING_DAY = "meeting_day"
    MEETING_HOUR = "meeting_hour"


class Moment(Value):
    at: datetime
    occasion: Occasion
    nth: int = 0  # of overdue working days, or of weeks of waiting


def task_moments(s: Situation, task: Task) -> Iterator[Moment]:
    """All moments of an open task after its landing, in order, without end."""
    return (moment for moment in _of_task(s, task) if moment.at > task.landed_at)


def _of_task(s: Situation, task: Task) -> Iterator[Moment]:
    calendar = s.office.calendar
    arrived = task.arrived_at or task.landed_at
    if not calendar.is_open(arrived):
        yield Moment(at=calendar.next_opening(arrived), occasion=Occasion.ARRIVAL)
    if task.due is None:
        yield from _waiting(s, task)
        return
    due_day = task.due.astimezone(calendar.zone).date()
    days = s.step(task).working_days
    if days >= EVE_FROM:
        yield Moment(at=calendar.opening(calendar.previous_working_day(due_day)), occasion=Occasion.EVE)
    yield Moment(at=calendar.opening(due_day), occasion=Occasion.DUE)
    closing = calendar.closing(due_day) - BEFORE_CLOSING
    if closing > calendar.opening(due_day) and not _is_meeting_on(s, task, closing):
        yield Moment(at=closing, occasion=Occasion.CLOSING)
    day, nth = due_day, 0
    while True:
        day, nth = calendar.next_working_day(day), nth + 1
        yield Moment(at=calendar.opening(day), occasion=Occasion.OVERDUE, nth=nth)


def meeting_moments(s: Situation, meeting: Meeting) -> Iterator[Moment]:
    """At opening on the day, and an hour before; once where the latter is no later. A meeting on a day off, or before the
    office opens, is reminded of on the working day before; one whose date was entered afterwards, not at all.
    """
    if meeting.starts <= meeting.at:
        return
    calendar = s.office.calendar
    starts = meeting.starts.astimezone(calendar.zone)
    day = starts.date()
    is_ahead = calendar.is_working_day(day) and calendar.opening(day) <= starts
    opening = calendar.opening(day if is_ahead else calendar.previous_working_day(day))
    yield Moment(at=opening, occasion=Occasion.MEETING_DAY)
    hour = starts - BEFORE_MEETING
    if hour > opening and calendar.is_open(hour):
        yield Moment(at=hour, occasion=Occasion.MEETING_HOUR)


def first_after(moments: Iterator[Moment], after: datetime) -> Moment | None:
    return next((moment for moment in moments if moment.at > after), None)


def come(moments: Iterator[Moment], since: datetime, until: datetime) -> tuple[Moment, ...]:
    """The moments after `since` and not after `until`: several where some were missed."""
    return tuple(moment for moment in takewhile(lambda item: item.at <= until, moments) if moment.at > since)


def tells_superior(nth: int) -> bool:
    """On the first and third overdue working day, then weekly."""
    return nth in TOLD_SUPERIOR or (nth > TOLD_SUPERIOR[-1] and (nth - TOLD_SUPERIOR[-1]) % WORKING_WEEK == 0)


def _waiting(s: Situation, task: Task) -> Iterator[Moment]:
    """At opening, a week after the wait began and then weekly: with the landing, or when the meeting was cancelled."""
    calendar, nth = s.office.calendar, 0
    meeting = s.case.last_meeting(task.step)
    cancelled_at = meeting.cancelled_at if meeting else None
    begun = max(task.landed_at, cancelled_at or task.landed_at)
    while True:
        nth += 1
        week = begun.astimezone(calendar.zone) + nth * WEEK
        at = calendar.opening(week.date()) if calendar.is_working_day(week.date()) else calendar.next_opening(week)
        yield Moment(at=at, occasion=Occasion.WAITING, nth=nth)


def _is_meeting_on(s: Situation, task: Task, at: datetime) -> bool:
    """Whether the meeting that the task is about has begun that day: nobody is nudged out of it."""
    meeting = s.case.meeting(task.step) if task.kind is TaskKind.CONVENE else None
    if meeting is None:
        return False
    return meeting.starts <= at and meeting.starts.astimezone(at.tzinfo).date() == at.date()
