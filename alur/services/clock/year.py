"""The yearly call: until the year's case is open, administrators and Tata Usaha are told by when it must begin. And from
the same day on: of which years the calendar does not know the cuti bersama.
"""

from datetime import datetime
from itertools import chain

from alur.services.clock.calls import call_of, occasions_of
from alur.services.tell import tell_administrators, tell_roles
from alur.services.work import Work
from alur.storage import cases, timers
from alur.storage.sop_files import Procedure
from alur.storage.timers import Moved, Wanted
from alur.workflow import notices
from alur.workflow.people import roles_with
from alur.workflow.sop import Right
from alur.workflow.year import moments

KEY, CALENDAR = "year", "calendar"


def keep_in_step(work: Work) -> None:
    """One timer for each yearly procedure, and one for the calendar; those of procedures that are gone end."""
    following = _next(work, work.now)
    keys = (CALENDAR, *(f"{KEY}:{item.sop.id}" for item in work.procedures))
    wanted = {key: Wanted(basis=KEY, at=following) for key in keys}
    timers.keep_in_step(work.session, None, wanted, at=work.now)


def fire(work: Work, timer_id: int, seen_at: datetime) -> None:
    """One timer of the office, whole. A call that was missed until the year was over is void: the next comes in October."""
    row = next(iter(timers.claim(work.session, {timer_id: seen_at})), None)
    if row is None or row.case_id is not None:
        return
    year = work.now.astimezone(work.calendar.zone).year
    item = next((found for found in work.procedures if f"{KEY}:{found.sop.id}" == row.key), None)
    if row.key == CALENDAR:
        _tell_of_gaps(work, year)
    elif item is not None and next(moments(work.calendar, year)) <= work.now:
        _call(work, item, year)
    following = _next(work, work.now)
    if following is None:
        timers.end(work.session, (row.id,))
    else:
        timers.move(work.session, (Moved(id=row.id, since=work.now, at=following),))


def _call(work: Work, item: Procedure, year: int) -> None:
    if cases.taken(work.session, sops=[item.sop.id], periods=[str(year)]):
        return
    *_, latest = occasions_of(item.sop, work.calendar, year, work.now)
    tell_roles(work, roles_with(item.sop, Right.REPORT), call_of(item.sop, work.calendar, year), once=latest)


def _tell_of_gaps(work: Work, year: int) -> None:
    gaps = tuple(gap for gap in (year, year + 1) if gap in work.calendar.without_joint_leave)
    if gaps:
        tell_administrators(work, notices.CalendarGap(years=gaps))


def _next(work: Work, after: datetime) -> datetime | None:
    """The next of the year's moments, this year or next; None beyond the calendar."""
    year = after.astimezone(work.calendar.zone).year
    years = (found for found in (year, year + 1) if found < work.calendar.last_year)
    return next((at for at in chain(*(moments(work.calendar, found) for found in years)) if at > after), None)
