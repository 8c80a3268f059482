"""What is unusual about a day and an hour that somebody sets a meeting for. It is said before *Kirim* and forbids nothing: a
meeting may be set on any date, past ones too. Asked by `alur.views.oddities`, whichever way the day was entered.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from alur.workflow.calendar import FRIDAY, NOON, SATURDAY, Calendar


class Oddity(StrEnum):
    PAST = "past"
    WEEKEND = "weekend"
    JOINT_LEAVE = "joint_leave"  # cuti bersama
    HOLIDAY = "holiday"
    HOURS = "hours"  # the office is closed then
    REST = "rest"  # the break of the day
    UNDECREED = "undecreed"  # the year's cuti bersama is not known yet
    UNTIL = "until"  # an end was written, of which a meeting has none


@dataclass(frozen=True, kw_only=True)
class Rest:
    """The break of a working day (Perpres 21/2023: an hour, on Friday one and a half; in Ramadan half an hour less)."""

    begins: time
    ends: time
    is_friday: bool  # with the prayer: no meeting is offered then

    def holds(self, clock: time) -> bool:
        return self.begins <= clock < self.ends


def rest_on(calendar: Calendar, day: date) -> Rest:
    is_friday = day.weekday() == FRIDAY
    is_short = any(season.first <= day <= season.last for season in calendar.week.seasons)
    ends = time(12, 30) if is_short else time(13)
    return Rest(begins=time(11, 30) if is_friday else NOON, ends=ends, is_friday=is_friday)


def odd(calendar: Calendar, now: datetime, day: date, clock: time | None) -> Iterator[Oddity]:
    """In the order in which it is said. `clock` is None while the hour is still to be asked for."""
    here = now.astimezone(calendar.zone)
    is_past = day < here.date() or (day == here.date() and clock is not None and clock < here.time())
    if is_past:
        yield Oddity.PAST
    if day.weekday() >= SATURDAY:
        yield Oddity.WEEKEND
    if day in calendar.days_off:
        yield Oddity.JOINT_LEAVE if day in calendar.joint_leave else Oddity.HOLIDAY
    if day.weekday() >= SATURDAY or day in calendar.days_off:
        return
    hours = calendar.week.on(day)
    if clock is not None and not hours.opening <= clock < hours.closing:
        yield Oddity.HOURS
    elif clock is not None and rest_on(calendar, day).holds(clock):
        yield Oddity.REST
    is_covered = calendar.first_year <= day.year <= calendar.last_year
    if not is_past and (not is_covered or day.year in calendar.without_joint_leave):
        yield Oddity.UNDECREED
