"""By what limits and reminders were counted: a mark of a calendar and of the rules, which is kept, so that only what differs
from it makes anybody count again.

A year has a mark of its own. Each new year the calendar is built for other years, and nothing that stands was counted by one
that it did not cover: only a year that is known, and has changed, moves anything.
"""

from datetime import date, timedelta
from hashlib import sha256

from alur.workflow.calendar import Calendar

RULES = (
    2  # raised by whoever changes what limits and reminders are made of (`engine.deadlines`, `reminders`, `watched`)
)


def mark_of(calendar: Calendar) -> dict[str, str]:
    """The mark of each year that the calendar covers, and of what holds in all of them."""
    found = {"rules": str(RULES), "receipt": str(calendar.count_receipt_day)}
    for year in range(calendar.first_year, calendar.last_year + 1):
        text = "\n".join(_hours(calendar, date(year, 1, 1) + timedelta(days=n)) for n in range(_length(year)))
        found[str(year)] = sha256(text.encode()).hexdigest()
    return found


def has_changed(known: dict[str, str] | None, mark: dict[str, str]) -> bool:
    """Whether what was counted by `known` is to be counted again."""
    return known is None or any(known.get(name, value) != value for name, value in mark.items())


def _hours(calendar: Calendar, day: date) -> str:
    """With their offset: another zone, or another law on it, is another moment."""
    if not calendar.is_working_day(day):
        return ""
    return f"{calendar.opening(day).isoformat()} {calendar.closing(day).isoformat()}"


def _length(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days
