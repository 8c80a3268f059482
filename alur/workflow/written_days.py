"""Days as people write them, and as the bot writes them itself: whatever it shows as a day is read back as the same day."""

import re
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from alur.workflow.errors import DayUnclear, FieldMissing
from alur.workflow.written import plain

MONTHS = ("jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des")
SPELLINGS = {"agt": "agu", "ags": "agu", "peb": "feb", "nop": "nov"}  # as some write them
WEEKDAYS = ("sen", "sel", "rab", "kam", "jum", "sab", "min")  # by their first letters, Monday first
SUNDAY = {"aha": "min", "mgg": "min"}
SPOKEN = {"hari ini": timedelta(0), "kemarin": timedelta(days=-1)}  # from today
FARTHEST = timedelta(days=3653)  # from today, ten years: a day beyond is a slip of the finger
NEAR = timedelta(days=240)  # eight months: of a day without its year two may be meant, if both are as near as that
WEEK = timedelta(days=7)
MOST = 3  # readings that are named

WEEKDAY = r"(?:senin|selasa|rabu|kamis|jum['`]?at|sabtu|minggu|ahad|sen|sel|rab|kam|jum|sab|min|mgg)\b\.?"
LEADING = re.compile(rf"(?:(?P<weekday>{WEEKDAY})|(?:pada|hari|tanggal|tgl)\b\.?)[\s,./:-]*", re.IGNORECASE)
TRAILING = re.compile(rf"[\s,]*\(?(?P<weekday>{WEEKDAY})\)?", re.IGNORECASE)
ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
FIGURES = re.compile(r"(?P<day>\d{1,2})[\s./-]+(?P<month>\d{1,2})(?:[\s./-]+(?P<year>\d{4}|\d{2}))?")
WORDS = re.compile(r"(?P<day>\d{1,2})[\s./-]*(?P<month>[A-Za-z]{3,9})(?:[\s.,/-]*(?P<year>\d{4}|\d{2}))?")


def read_date(text: str, today: date, field: str = "date", *, offered: Collection[date] = ()) -> date:
    """A day as people write it: 15-12-2026, 2026-12-15, 15/12/26, 15.12, 15 Desember 2026, Selasa/15 Desember 2026,
    tanggal 15 Des, Sel 15 Des, kemarin. Without a year: one of the days `offered`, else the one that is nearest to `today`.

    Raises `FieldMissing` for what is no day of these years, and `DayUnclear` where the weekday is another day's, or two
    years are as near.
    """
    if (spoken := SPOKEN.get(plain(text).casefold())) is not None:
        return today + spoken
    weekday, bare = _without_weekday(plain(text), field)
    match = ISO.fullmatch(bare) or FIGURES.fullmatch(bare) or WORDS.fullmatch(bare)
    if match is None:
        raise FieldMissing(field=field)
    month, day = _month(match["month"]), int(match["day"])
    if match["year"]:
        found = _existing([int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)], month, day)
        near = [item for item in found if abs(item - today) <= FARTHEST]
    else:
        known = [item for item in offered if (item.day, item.month) == (day, month) and _fits(item, weekday)]
        if len(known) == 1:
            return known[0]
        found = _existing(range(today.year - 1, today.year + 2), month, day)
        found.sort(key=lambda item: abs(item - today))
        near = [item for item in found if abs(item - today) <= NEAR] or found[:1]
    if not near:
        raise FieldMissing(field=field)
    fitting = [item for item in near if _fits(item, weekday)]
    if len(fitting) == 1:
        return fitting[0]
    readings = near if weekday is None else [*near, *_others(near[0], weekday, today)]
    raise DayUnclear(field=field, readings=tuple(item.isoformat() for item in dict.fromkeys(readings))[:MOST])


def _without_weekday(text: str, field: str) -> tuple[int | None, str]:
    """The weekday that is named beside the date, and the date alone."""
    said: set[int] = set()
    while (match := LEADING.match(text)) is not None:
        if match["weekday"]:
            said.add(_weekday(match["weekday"]))
        text = text[match.end() :]
    if (match := re.search(rf"(?i:{TRAILING.pattern})$", text)) is not None:
        said.add(_weekday(match["weekday"]))
        text = text[: match.start()]
    if len(said) > 1:
        raise FieldMissing(field=field)
    return next(iter(said), None), text.strip(" ,.")


def _weekday(word: str) -> int:
    short = word.lower()[:3]
    return WEEKDAYS.index(SUNDAY.get(short, short))


def _month(text: str) -> int:
    """0 for what is no month."""
    if text.isdecimal():
        return int(text)
    name = text.lower()[:3]
    name = SPELLINGS.get(name, name)
    return MONTHS.index(name) + 1 if name in MONTHS else 0


def _existing(years: Iterable[int], month: int, day: int) -> list[date]:
    found = []
    for year in years:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


def _fits(day: date, weekday: int | None) -> bool:
    return weekday is None or day.weekday() == weekday


def _others(day: date, weekday: int, today: date) -> list[date]:
    """Which days with that weekday may be meant instead: the same one of a year that is nearer, and the nearest to it."""
    years = [item for item in _existing((day.year - 1, day.year + 1), day.month, day.day) if _fits(item, weekday)]
    nearer = [item for item in years if abs(item - today) < abs(day - today)]
    later = day + timedelta(days=(weekday - day.weekday()) % 7)
    return [*nearer, min(later, later - WEEK, key=lambda item: abs(item - day))]
