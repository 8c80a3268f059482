"""When people are reminded, and of what: pure, from what the clock knows of a task and the calendar (DESIGN §6).

Nothing here sends or stores. A timer's row holds the next moment of one thing, and what its moments depend on; when it
fires, and again when the message is rendered, `agenda` says whom a moment concerns. Whoever changes a rule here, or one
of `agenda` or `engine.deadlines`, raises `RULES` in `counted.py`. An office opens at 07.30 and closes at 16.00, on Friday at
16.30; in Ramadan it is 08.00 to 15.00 and 15.30 (`WorkWeek` in `calendar.py`; the override file may say others).
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

from alur.workflow.calendar import Calendar
from alur.workflow.model import Value
from alur.workflow.watched import Thing, Watched, WatchedMeeting

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
    MEETING_EVE = "meeting_eve"  # the working day before it, at opening
    MEETING_DAY = "meeting_day"  # its day, at opening
    MEETING_HOUR = "meeting_hour"  # an hour before it

    @property
    def thing(self) -> Thing:
        return Thing.MEETING if self in MEETINGS else Thing.TASK


MEETINGS = (Occasion.MEETING_EVE, Occasion.MEETING_DAY, Occasion.MEETING_HOUR)


class Moment(Value):
    at: datetime
    occasion: Occasion
    nth: int = 0  # of overdue working days, or of weeks of waiting


def moments(calendar: Calendar, watched: Watched, thing: Thing, after: datetime | None = None) -> Iterator[Moment]:
    """All moments of the task, or of its meeting, after `after`, in order; none before it landed or its date was entered."""
    if thing is Thing.TASK:
        return task_moments(calendar, watched, after)
    dated = watched.dated
    if dated is None:
        return iter(())
    begins = max(dated.at, after) if after is not None else dated.at
    if dated.starts <= begins:  # long ago, perhaps: before the first day that the calendar knows
        return iter(())
    return (moment for moment in meeting_moments(calendar, dated) if moment.at > begins)


def task_moments(calendar: Calendar, task: Watched, after: datetime | None = None) -> Iterator[Moment]:
    """All moments of an open task after its landing, or after `after`, in order, without end."""
    begins = max(task.landed_at, after) if after is not None else task.landed_at
    return (moment for moment in _of_task(calendar, task, begins) if moment.at > begins)


def _of_task(calendar: Calendar, task: Watched, begins: datetime) -> Iterator[Moment]:
    """Those before `begins` as far as it is easier to count them too."""
    if not calendar.is_open(task.arrived_at):
        yield Moment(at=calendar.next_opening(task.arrived_at), occasion=Occasion.ARRIVAL)
    if task.due is None:
        yield from _waiting(calendar, task)
        return
    due_day = task.due.astimezone(calendar.zone).date()
    if begins <= calendar.closing(due_day):
        yield from _until(calendar, task, due_day)
    nth = max(0, calendar.working_days_between(task.due, begins) - 1)  # the days over that limit may be hundreds
    while True:
        nth += 1
        yield Moment(at=calendar.opening(calendar.working_day_after(due_day, nth)), occasion=Occasion.OVERDUE, nth=nth)


def _until(calendar: Calendar, task: Watched, due_day: date) -> Iterator[Moment]:
    """Those of the limit itself, which is the closing of its day."""
    if task.working_days >= EVE_FROM:
        yield Moment(at=calendar.opening(calendar.previous_working_day(due_day)), occasion=Occasion.EVE)
    yield Moment(at=calendar.opening(due_day), occasion=Occasion.DUE)
    closing = calendar.closing(due_day) - BEFORE_CLOSING
    if closing > calendar.opening(due_day) and not _is_meeting_on(task, closing):
        yield Moment(at=closing, occasion=Occasion.CLOSING)


def meeting_moments(calendar: Calendar, meeting: WatchedMeeting) -> Iterator[Moment]:
    """At opening on the working day before and on the day, and an hour before, where that is later. Of a meeting on a day
    off, or before the office opens, only the first; of one whose date was entered afterwards, none.
    """
    if meeting.starts <= meeting.at:
        return
    starts = meeting.starts.astimezone(calendar.zone)
    day = starts.date()
    yield Moment(at=calendar.opening(calendar.previous_working_day(day)), occasion=Occasion.MEETING_EVE)
    if not calendar.is_working_day(day) or starts < calendar.opening(day):
        return
    opening = calendar.opening(day)
    yield Moment(at=opening, occasion=Occasion.MEETING_DAY)
    hour = starts - BEFORE_MEETING
    if hour > opening and calendar.is_open(hour):
        yield Moment(at=hour, occasion=Occasion.MEETING_HOUR)


def come(found: Iterator[Moment], until: datetime) -> tuple[tuple[Moment, ...], Moment | None]:
    """Those of the moments that are not after `until`, several where some were missed; and the one that follows."""
    past: list[Moment] = []
    for moment in found:
        if moment.at > until:
            return tuple(past), moment
        past.append(moment)
    return tuple(past), None


def tells_superior(nth: int) -> bool:
    """On the first and third overdue working day, then weekly."""
    return nth in TOLD_SUPERIOR or (nth > TOLD_SUPERIOR[-1] and (nth - TOLD_SUPERIOR[-1]) % WORKING_WEEK == 0)


def _waiting(calendar: Calendar, task: Watched) -> Iterator[Moment]:
    """At opening, a week after the wait began and then weekly: with the landing, or when the meeting was cancelled."""
    cancelled_at = task.meeting.cancelled_at if task.meeting else None
    begun, nth = max(task.landed_at, cancelled_at or task.landed_at), 0
    while True:
        nth += 1
        week = begun.astimezone(calendar.zone) + nth * WEEK
        at = calendar.opening(week.date()) if calendar.is_working_day(week.date()) else calendar.next_opening(week)
        yield Moment(at=at, occasion=Occasion.WAITING, nth=nth)


def _is_meeting_on(task: Watched, at: datetime) -> bool:
    """Whether the meeting that the task is about has begun that day: nobody is nudged out of it."""
    if task.dated is None:
        return False
    return task.dated.starts <= at and task.dated.starts.astimezone(at.tzinfo).date() == at.date()
