"""The yearly call as a notice, and the occasions on which it was told: what is told there anew once the case is open."""

from datetime import datetime
from itertools import takewhile

from alur.workflow import notices
from alur.workflow.calendar import Calendar, CalendarNotCovered
from alur.workflow.sop import Sop
from alur.workflow.year import advised_start, latest_start, moments


def call_of(sop: Sop, calendar: Calendar, year: int, *, code: str | None = None) -> notices.Year:
    return notices.Year(
        sop=sop.id,
        title=sop.short_title,
        year=year,
        latest=latest_start(sop, calendar, year),
        advised=advised_start(sop, calendar, year),
        code=code,
    )


def occasions_of(sop: Sop, calendar: Calendar, year: int, now: datetime) -> tuple[str, ...]:
    """Those that have come so far, the latest last; none in a year that the calendar does not know."""
    try:
        passed = takewhile(lambda at: at <= now, moments(calendar, year))
        return tuple(f"{notices.Year.template}:{sop.id}:{at.date().isoformat()}" for at in passed)
    except CalendarNotCovered:
        return ()
