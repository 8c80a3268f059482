"""The office's calendar: which days are worked, from when to when, and where a limit in working days ends.

It knows neither holidays nor the clock: `bot.holidays` fills it, and every moment is an argument.
The engine asks it for deadlines, services and jobs for the moments of reminders, the command line for `alur calendar`.

Rules: Perpres 21/2023 on hours; national holidays and cuti bersama from the yearly joint decree. No rule binds
whether the day of receipt counts, so the office chooses (`count_receipt_day`).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cached_property
from itertools import pairwise

from alur.workflow.errors import Fault

FRIDAY, SATURDAY = 4, 5
NOON = time(12)


class CalendarNotCovered(Fault):
    """The calendar was not filled for this year, so any answer would be a guess."""

    def __init__(self, year: int) -> None:
        self.year = year
        super().__init__(f"the calendar does not cover the year {year}")


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When the office opens and closes on one day, in its own zone; what is not a span is refused with ValueError."""

    opening: time
    closing: time

    def __post_init__(self) -> None:
        if self.opening >= self.closing:
            raise ValueError(f"opening {self.opening} is not before closing {self.closing}")


@dataclass(frozen=True, kw_only=True)
class Season:
    """Hours that differ from `first` to `last`, both included: Ramadan, whose dates move each year."""

    first: date
    last: date
    hours: Hours = Hours(opening=time(8), closing=time(15))
    friday: Hours = Hours(opening=time(8), closing=time(15, 30))

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise ValueError(f"the season begins on {self.first}, after its end on {self.last}")


@dataclass(frozen=True, kw_only=True)
class WorkWeek:
    """The hours of Monday to Friday (37 h 30 a week) and the seasons in which others hold.

    Seasons are kept in order of their dates; two that share a day are refused with ValueError.
    """

    hours: Hours = Hours(opening=time(7, 30), closing=time(16))
    friday: Hours = Hours(opening=time(7, 30), closing=time(16, 30))
    seasons: tuple[Season, ...] = ()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.seasons, key=lambda season: season.first))
        for one, other in pairwise(ordered):
            if other.first <= one.last:
                raise ValueError(f"two seasons share {other.first}")
        object.__setattr__(self, "seasons", ordered)

    def on(self, day: date) -> Hours:
        """The hours that hold on this weekday at this time of the year, whether or not the day is worked."""
        season = next((season for season in self.seasons if season.first <= day <= season.last), self)
        return season.friday if day.weekday() == FRIDAY else season.hours


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """Working days from 1 January of `first_year` to 31 December of `last_year`, in the office's zone.

    `days_off` gives each day that is not worked, beyond Saturdays and Sundays, with its reason. Moments may be
    given in any zone and are answered in the calendar's own; naive ones are refused with ValueError. A question
    about a day outside the covered years, or whose answer lies there, raises CalendarNotCovered.
    """

    days_off: Mapping[date, str]
    first_year: int
    last_year: int
    zone: tzinfo
    week: WorkWeek = field(default_factory=WorkWeek)
    count_receipt_day: bool = False
    joint_leave: frozenset[date] = frozenset()  # which of the days off are cuti bersama
    without_joint_leave: frozenset[int] = frozenset()  # years whose cuti bersama is not known: limits may move

    @cached_property
    def _worked(self) -> tuple[date, ...]:
        """Every working day in order, so that the Nth after another is a place in a row and not a walk."""
        first = date(self.first_year, 1, 1)
        length = (date(self.last_year, 12, 31) - first).days + 1
        days = (first + timedelta(days=n) for n in range(length))
        return tuple(day for day in days if day.weekday() < SATURDAY and day not in self.days_off)

    def is_working_day(self, day: date) -> bool:
        self._check_covered(day)
        return day.weekday() < SATURDAY and day not in self.days_off

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after this day."""
        self._check_covered(day)
        return self._at(bisect_right(self._worked, day))

    def previous_working_day(self, day: date) -> date:
        """The last working day strictly before this day."""
        self._check_covered(day)
        return self._at(bisect_left(self._worked, day) - 1)

    def working_day_after(self, day: date, nth: int) -> date:
        """The nth working day strictly after this day, from 1 on."""
        self._check_covered(day)
        return self._at(bisect_right(self._worked, day) + nth - 1)

    def working_days(self, year: int) -> int:
        """How many days of this year are worked."""
        first = date(year, 1, 1)
        self._check_covered(first)
        return bisect_left(self._worked, date(year + 1, 1, 1)) - bisect_left(self._worked, first)

    def opening(self, day: date) -> datetime:
        """The moment at which the office opens; a day that is not worked is refused with ValueError."""
        return self._span(day)[0]

    def closing(self, day: date) -> datetime:
        """The moment at which the office closes; a day that is not worked is refused with ValueError."""
        return self._span(day)[1]

    def is_open(self, moment: datetime) -> bool:
        """Whether the moment lies in office hours, opening and closing included."""
        local = self._local(moment)
        if not self.is_working_day(local.date()):
            return False
        hours = self.week.on(local.date())
        return hours.opening <= local.time() <= hours.closing

    def next_opening(self, moment: datetime) -> datetime:
        """The first opening strictly after the moment: of the same day, if it lies before it."""
        local = self._local(moment)
        day = local.date()
        if self.is_working_day(day) and local.time() < self.week.on(day).opening:
            return self.opening(day)
        return self.opening(self.next_working_day(day))

    def last_closing(self, moment: datetime) -> datetime:
        """The last closing at or before the moment."""
        day = self._local(moment).date()
        if not self.is_working_day(day) or self.closing(day) > moment:
            day = self.previous_working_day(day)
        return self.closing(day)

    def receipt_day(self, moment: datetime) -> date:
        """The working day on which what happens at this moment counts as received.

        Up to closing, closing included, that is the day itself; later, or on a day off, the next working day.
        """
        local = self._local(moment)
        day = local.date()
        if self.is_working_day(day) and local.time() <= self.week.on(day).closing:
            return day
        return self.next_working_day(day)

    def due(self, moment: datetime, days: int) -> datetime:
        """The closing of the Nth working day after receipt, N at least 1 (else ValueError).

        With `count_receipt_day` the day of receipt is itself the first, for what is received before 12.00. What
        arrives outside office hours is then received at the next opening, hence before noon.
        """
        if days < 1:
            raise ValueError(f"a limit is at least one working day, not {days}")
        received = self.receipt_day(moment)
        if self.count_receipt_day and moment < datetime.combine(received, NOON, self.zone):
            days -= 1
        return self.closing(self._at(bisect_left(self._worked, received) + days))

    def days_used(self, since: datetime, until: datetime) -> int:
        """How many days of a limit have gone by: N or fewer as long as `until` is not behind `due(since, N)`. What happens after
        closing happens on the next working day. Never negative.
        """
        received = self.receipt_day(since)
        days = self.working_days_between(self.closing(received), self.closing(self.receipt_day(until)))
        counts = self.count_receipt_day and since < datetime.combine(received, NOON, self.zone) and until > since
        return days + counts

    def close_of_next_working_day(self, moment: datetime) -> datetime:
        """The closing of the working day after the day of receipt, which never counts here, whatever the setting."""
        return self.closing(self.next_working_day(self.receipt_day(moment)))

    def is_later_working_day(self, moment: datetime, than: datetime) -> bool:
        """Whether, after the day on which `than` counts, another working day has begun by `moment`.

        An evening or a day off begins none: what is pressed on Friday and applied on Saturday is not later.
        """
        return self.next_working_day(self.receipt_day(than)) <= self._local(moment).date()

    def working_days_between(self, earlier: datetime, later: datetime) -> int:
        """How many working days have begun after the day of `earlier`, up to and with the day of `later`.

        On the next working day after a deadline it is exceeded by 1. Never negative: 0 where `later` is not later.
        """
        start, end = self._local(earlier).date(), self._local(later).date()
        self._check_covered(start)
        self._check_covered(end)
        return max(0, bisect_right(self._worked, end) - bisect_right(self._worked, start))

    def worked(self, earlier: datetime, later: datetime) -> timedelta:
        """How much of office hours lies between the two moments; nothing where `later` is not later."""
        spans = (self._span(day) for day in self._days_worked(self._local(earlier).date(), self._local(later).date()))
        parts = (min(closes, later) - max(opens, earlier) for opens, closes in spans)
        return sum((part for part in parts if part > timedelta(0)), timedelta(0))

    def close_after_work(self, moment: datetime, work: timedelta) -> datetime:
        """The closing of the day on which so much of office hours has passed since the moment; no work takes none of them."""
        day = self.receipt_day(moment)
        left = work - max(timedelta(0), self.closing(day) - max(moment, self.opening(day)))
        while left > timedelta(0):
            day = self.next_working_day(day)
            left -= self.closing(day) - self.opening(day)
        return self.closing(day)

    def _days_worked(self, first: date, last: date) -> tuple[date, ...]:
        self._check_covered(first)
        self._check_covered(last)
        return self._worked[bisect_left(self._worked, first) : bisect_right(self._worked, last)]

    @cached_property
    def _spans(self) -> dict[date, tuple[datetime, datetime]]:
        """What was asked for already: a tick asks for the same few days thousands of times."""
        return {}

    def _span(self, day: date) -> tuple[datetime, datetime]:
        """Opening and closing of a day."""
        found = self._spans.get(day)
        if found is None:
            if not self.is_working_day(day):
                raise ValueError(f"{day} is not a working day")
            hours = self.week.on(day)
            found = datetime.combine(day, hours.opening, self.zone), datetime.combine(day, hours.closing, self.zone)
            self._spans[day] = found
        return found

    def _local(self, moment: datetime) -> datetime:
        if moment.tzinfo is None:
            raise ValueError(f"a moment needs its zone: {moment.isoformat()}")
        return moment.astimezone(self.zone)

    def _at(self, place: int) -> date:
        """The working day at this place in the row; beyond its ends lies a year that is not covered."""
        if place < 0:
            raise CalendarNotCovered(self.first_year - 1)
        if place >= len(self._worked):
            raise CalendarNotCovered(self.last_year + 1)
        return self._worked[place]

    def _check_covered(self, day: date) -> None:
        if not self.first_year <= day.year <= self.last_year:
            raise CalendarNotCovered(day.year)
