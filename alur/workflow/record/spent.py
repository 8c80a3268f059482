"""From when days are counted, and how many have gone by: what desks (`passages`) and steps (`rounds`) have in common."""

from datetime import datetime

from alur.workflow.calendar import Calendar
from alur.workflow.engine import Situation


def now(s: Situation) -> datetime:
    """Until when an open task is counted: a case that stands still has stood since then, and its limits move when it goes on."""
    return s.case.suspension.at if s.case.suspension is not None else s.now


def since(s: Situation, step: int, landed_at: datetime, until: datetime, *, is_open: bool) -> datetime | None:
    """From when days are counted that ended then. A meeting's are counted from its date, or the entry of that, which may be later:
    whoever met before it had his days before him. None where the meeting has another date by now, as the step was done again: a case keeps its last.
    """
    if not s.is_meeting(step):
        return landed_at
    if is_open and s.case.meeting(step) is None:
        return until
    meeting = s.case.last_meeting(step)
    if meeting is None or (not is_open and meeting.at > until):
        return None
    return max(landed_at, meeting.starts, meeting.at)


def waited(calendar: Calendar, landed_at: datetime, since: datetime, until: datetime) -> int:
    """Days before those that are counted."""
    return calendar.days_used(landed_at, min(since, until)) if since > landed_at else 0


def by_limit(calendar: Calendar, limit: int, due: datetime, until: datetime) -> int:
    """How many days had gone by, told from the limit alone: so many as it had, and those behind it, or less those before it."""
    ended = calendar.closing(calendar.receipt_day(until))
    beyond = calendar.working_days_between(due, ended) - calendar.working_days_between(ended, due)
    return max(0, limit + beyond)
