"""The year's work: by when a yearly procedure must begin, computed backwards through the calendar (DOMAIN)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from alur.workflow.calendar import Calendar
from alur.workflow.sop import Sop

FIRST_MONTH = 10  # "triwulan IV"
WEEK = timedelta(days=7)


def latest_start(sop: Sop, calendar: Calendar, year: int) -> date:
    """The last day on which it can begin and end within the year, each step done at its limit, without a day to spare."""
    return _back(calendar, year, path_days(sop))


def advised_start(sop: Sop, calendar: Calendar, year: int) -> date:
    """The same with one return at each review."""
    return _back(calendar, year, path_days(sop) + return_days(sop))


def path_days(sop: Sop) -> int:
    return sum(step.working_days for step in sop.steps)


def return_days(sop: Sop) -> int:
    """Working days that one return at each review adds: the steps from the one that is redone up to the review."""
    return sum(
        step.working_days
        for review in sop.steps
        for task in review.tasks
        if task.returns_to
        for step in sop.steps[task.returns_to - 1 : review.number]
    )


def moments(calendar: Calendar, year: int) -> Iterator[datetime]:
    """When those concerned are told that the year's case is not open: weekly, from the first working day of October."""
    day = calendar.next_working_day(date(year, FIRST_MONTH, 1) - timedelta(days=1))
    while day.year == year:
        yield calendar.opening(day)
        week = day + WEEK
        day = week if calendar.is_working_day(week) else calendar.next_working_day(week)


def _back(calendar: Calendar, year: int, days: int) -> date:
    day = calendar.previous_working_day(date(year + 1, 1, 1))
    for _ in range(days):
        day = calendar.previous_working_day(day)
    return day
