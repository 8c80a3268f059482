"""What a thumb is quicker with than with typing: days, hours, and texts of earlier cases, as options of a form's fields.

A day's or an hour's option is its own value, worded by the view. The options stand in the form from its beginning, so that
a press means what was shown, however late it comes.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time

from alur.workflow.calendar import Calendar, CalendarNotCovered
from alur.workflow.forms import Option

AHEAD, BACK = 10, 5  # working days: a meeting is set within two weeks, a letter is answered within one
HOURS = tuple(time(hour) for hour in range(8, 16))
MOST_PLACES = 3
CLASSIFICATION = re.compile(r"[A-Z]{2}(\.\d{2})+")  # as in "KP.05"


def days_ahead(calendar: Calendar, now: datetime, *, also: date | None = None) -> tuple[Option, ...]:
    """The next working days, today among them up to closing; `also` is a day that is known already."""
    days = _walk(lambda: calendar.receipt_day(now), calendar.next_working_day, AHEAD)
    return _each(item.isoformat() for item in sorted({*days, *filter(None, (also,))}))


def days_back(calendar: Calendar, today: date) -> tuple[Option, ...]:
    """The last working days, today among them, from the latest on."""

    def last() -> date:
        return today if calendar.is_working_day(today) else calendar.previous_working_day(today)

    return _each(item.isoformat() for item in _walk(last, calendar.previous_working_day, BACK))


def hours(*, also: time | None = None) -> tuple[Option, ...]:
    """The full hours at which meetings begin; `also` is one that is known already."""
    return _each(item.isoformat("minutes") for item in sorted({*HOURS, *filter(None, (also,))}))


def places(named: Iterable[str]) -> tuple[str, ...]:
    """The first few of the places that earlier meetings were called to, each once."""
    return tuple(dict.fromkeys(named))[:MOST_PLACES]


def classification_in(number: str) -> str | None:
    """The second part of a letter's number, where it is a classification: "KP.05" of "231.ND/KP.05/DLB/2026"."""
    parts = [part.strip() for part in number.split("/")]
    return parts[1] if len(parts) > 1 and CLASSIFICATION.fullmatch(parts[1]) else None


def _walk(first: Callable[[], date], following: Callable[[date], date], count: int) -> list[date]:
    """As many days as the calendar knows, at most `count`; one that it does not know can still be typed."""
    days: list[date] = []
    try:
        while len(days) < count:
            days.append(following(days[-1]) if days else first())
    except CalendarNotCovered:
        pass
    return days


def _each(values: Iterable[str]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label="") for value in values)
