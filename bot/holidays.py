"""Fills the office's calendar: days off from the library `holidays`, and what the office's own file says against it.

`bot.wiring` calls `calendar_for` at start, whenever the file changes and with each new year. What makes no calendar wrong
but may be a slip is told beside it: `doubts` about the file's entries, and `years_without_joint_leave` whose decree on
cuti bersama is not known yet. `alur check`, `alur calendar` and the log say both.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import holidays

from alur.workflow.calendar import SATURDAY, Calendar, WorkWeek
from bot.overrides import read_overrides

# The library's categories. Cuti bersama is told by its category, never by its name.
PUBLIC, JOINT_LEAVE = "public", "government"
DECREED_BY = 10  # month: the next year's decree is out by October


def calendar_for(
    zone: str, *, first_year: int, last_year: int, overrides: Path | None, count_receipt_day: bool
) -> Calendar:
    """The calendar of these years, both included, in this IANA zone.

    Raises OverridesInvalid for a faulty file and ZoneInfoNotFoundError for an unknown zone.
    """
    file = read_overrides(overrides)
    days_off = _from_library(range(first_year, last_year + 1), PUBLIC, JOINT_LEAVE)
    for _, removed in file.removed:
        days_off.pop(removed.date, None)
    joint_leave = set(_from_library(range(first_year, last_year + 1), JOINT_LEAVE)) & days_off.keys()
    joint_leave -= {added.date for _, added in file.added if not added.joint_leave}
    joint_leave |= {added.date for _, added in file.added if added.joint_leave}
    days_off |= {added.date: f"{added.name} ({added.decree})" for _, added in file.added}
    return Calendar(
        days_off=days_off,
        first_year=first_year,
        last_year=last_year,
        zone=ZoneInfo(zone),
        week=WorkWeek(seasons=file.seasons),
        count_receipt_day=count_receipt_day,
        joint_leave=frozenset(joint_leave),
        without_joint_leave=frozenset(
            years_without_joint_leave(first_year=first_year, last_year=last_year, overrides=overrides)
        ),
    )


def years_without_joint_leave(*, first_year: int, last_year: int, overrides: Path | None) -> tuple[int, ...]:
    """The years for which neither the library nor the file (an added day with `joint_leave`) has any cuti bersama.

    Their deadlines would fall on days that a later decree takes off.
    """
    years = range(first_year, last_year + 1)
    known = set(_from_library(years, JOINT_LEAVE))
    known |= {added.date for _, added in read_overrides(overrides).added if added.joint_leave}
    return tuple(sorted(set(years) - {day.year for day in known}))


def years_needed(now: datetime) -> range:
    """The years whose decree should be out, for deadlines of cases that begin now."""
    return range(now.year, now.year + (2 if now.month >= DECREED_BY else 1))


def warnings(years: Collection[int], overrides: Path | None) -> Iterator[str]:
    """A sentence each: years among these whose decree is not known, and every doubt about the file."""
    for year in years_without_joint_leave(first_year=min(years), last_year=max(years), overrides=overrides):
        yield f"no cuti bersama is known for {year}: its limits may move; name the decree's days in ALUR_HOLIDAYS_FILE"
    yield from doubts(overrides)


def doubts(overrides: Path | None) -> Iterator[str]:
    """Entries of the file that change nothing, each with file and line: a slip of the finger, or an amendment that the
    library has learned meanwhile. So they are no faults: a new version of the library must not stop an office.
    """
    file = read_overrides(overrides)
    entries = [(line, entry.date) for line, entry in file.added]
    entries += [(line, entry.date) for line, entry in file.removed]
    known = _from_library({day.year for _, day in entries}, PUBLIC, JOINT_LEAVE)
    added = {entry.date for _, entry in file.added}
    for line, day in sorted(entries):
        if day.weekday() >= SATURDAY:
            yield f"{overrides}:{line}: {day} is a {day:%A}, no working day anyway"
        elif day in added and day in known:
            yield f"{overrides}:{line}: {day} is a day off already ({known[day]})"
        elif day not in added and day not in known:
            yield f"{overrides}:{line}: {day} is removed, but it is no day off"


def _from_library(years: Collection[int], *categories: str) -> dict[date, str]:
    if not years:
        return {}
    return dict(holidays.country_holidays("ID", years=years, categories=categories, language="id"))
