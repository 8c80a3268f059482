"""Makers of the notices about the year's case: that it must begin, that it has begun, and what the calendar lacks."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from alur.views import course, words
from alur.views.buttons import button
from alur.views.notice.maker import Given, Parts, make
from alur.workflow import notices
from alur.workflow.calendar import CalendarNotCovered
from alur.workflow.engine import Situation
from alur.workflow.engine.vacancy import vacant
from alur.workflow.people import roles_with
from alur.workflow.presses import PressOpen
from alur.workflow.sop import Right
from alur.workflow.year import advised_start, latest_start


@make.register
def _year(notice: notices.Year, given: Given) -> Parts:
    """The reader may begin it himself where his role has the right; the others are only told."""
    sop = next((item for item in given.sops if item.id == notice.sop), None)
    may = sop is not None and bool(set(roles_with(sop, Right.START)) & set(given.reader.roles))
    official = sop is not None and any(words.is_official(role, sop) for role in given.reader.roles)
    context = {**_dates(given.today, notice.latest, notice.advised), "may": may, "official": official}
    return Parts(context, ((button(PressOpen()),),) if may and notice.code is None else ())


@make.register
def _case_opened(_notice: notices.CaseOpened, given: Given) -> Parts:
    s = given.situation
    first = s.case.tasks[0]
    landed = (first, *s.case.beside(first))
    nobody = vacant(s, (item.role for item in landed if item.is_open))
    context = {
        "task": first,
        "roles": tuple(item.role for item in landed if item.role not in nobody),
        "nobody": nobody,
        "skipped": course.named(s, range(1, first.step)),
    }
    return Parts({**context, **_of_year(s)})


def _of_year(s: Situation) -> Mapping[str, Any]:
    """Whether the case began later than advised; nothing where the calendar does not know its year."""
    calendar, opened = s.office.calendar, s.case.opened_at
    try:
        latest = latest_start(s.sop, calendar, int(s.case.period))
        advised = advised_start(s.sop, calendar, int(s.case.period))
    except CalendarNotCovered:
        return _dates(None, None, None)
    return _dates(opened.astimezone(calendar.zone).date(), latest, advised)


def _dates(today: date | None, latest: date | None, advised: date | None) -> Mapping[str, Any]:
    return {
        "latest": latest,
        "advised": advised,
        "day": words.day,
        "is_after_latest": bool(today and latest and today > latest),
        "is_after_advised": bool(today and advised and today > advised),
    }


@make.register
def _calendar_gap(notice: notices.CalendarGap, _given: Given) -> Parts:
    return Parts({"years": [str(year) for year in notice.years]})
