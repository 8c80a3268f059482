"""By when the year's case must begin, and when those concerned are told."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.workflow.calendar import Calendar, CalendarNotCovered
from alur.workflow.year import advised_start, latest_start, moments, path_days, return_days
from tests.factories import SOP, WIB

LIMITS = [1, 3, 1, 1, 3, 1, 1, 1, 3, 1, 1, 1]
ONE_RETURN_EACH = [*LIMITS[:6], 3, 1, *LIMITS[6:7], 1, 1, *LIMITS[7:10], 3, 1, *LIMITS[10:]]  # at 6, 7 and 10
DECREED = dict(
    holidays.country_holidays("ID", years=range(2025, 2029), categories=("public", "government"), language="id")
)


def a_calendar(days_off=None, **changes):
    off = DECREED if days_off is None else days_off
    return Calendar(**{"days_off": off, "first_year": 2025, "last_year": 2028, "zone": WIB} | changes)


def ends(calendar, start, limits):
    """When a case that begins at ten on that day is archived, each step done exactly at its limit."""
    moment = datetime.combine(start, time(10), WIB)
    for limit in limits:
        moment = calendar.due(moment, limit)
    return moment.date()


def brute_force(calendar, year, limits):
    """The last day of the year that still ends within it, by trying every one."""
    days = (date(year, 12, 31) - timedelta(days=n) for n in range(365))
    return next(day for day in days if calendar.is_working_day(day) and ends(calendar, day, limits).year == year)


def test_the_sop_takes_eighteen_working_days_and_one_return_at_each_review_ten_more():
    assert (path_days(SOP), return_days(SOP)) == (sum(LIMITS), sum(ONE_RETURN_EACH) - sum(LIMITS)) == (18, 10)


def test_the_dates_of_2026_are_those_that_the_office_knows():
    assert latest_start(SOP, a_calendar(), 2026) == date(2026, 12, 3)
    assert advised_start(SOP, a_calendar(), 2026) == date(2026, 11, 19)


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_the_dates_are_the_last_that_end_in_time_by_trying_every_day(year):
    calendar = a_calendar()

    assert latest_start(SOP, calendar, year) == brute_force(calendar, year, LIMITS)
    assert advised_start(SOP, calendar, year) == brute_force(calendar, year, ONE_RETURN_EACH)


@given(st.sets(st.dates(date(2026, 10, 1), date(2026, 12, 31)), max_size=20))
def test_whatever_a_decree_takes_off_the_dates_are_still_the_last(days_off):
    calendar = a_calendar(dict.fromkeys(days_off, "Libur"))

    assert latest_start(SOP, calendar, 2026) == brute_force(calendar, 2026, LIMITS)
    assert advised_start(SOP, calendar, 2026) == brute_force(calendar, 2026, ONE_RETURN_EACH)


def test_a_year_that_the_calendar_does_not_reach_has_no_dates():
    with pytest.raises(CalendarNotCovered):
        latest_start(SOP, a_calendar(last_year=2026), 2026)


def test_in_2026_the_calls_come_each_thursday_from_the_first_of_october():
    found = [f"{moment:%a %d %b %H:%M}" for moment in moments(a_calendar(), 2026)]

    assert found[:3] == ["Thu 01 Oct 07:30", "Thu 08 Oct 07:30", "Thu 15 Oct 07:30"]
    assert found[-1] == "Mon 28 Dec 07:30"  # the Thursday before was cuti bersama


@given(st.sampled_from((2025, 2026, 2027)), st.sets(st.dates(date(2025, 9, 25), date(2027, 12, 31)), max_size=60))
def test_calls_are_weekly_at_openings_of_the_last_quarter_and_begin_with_its_first_working_day(year, days_off):
    calendar = a_calendar(dict.fromkeys(days_off, "Libur"))

    found = list(moments(calendar, year))

    assert found[0].date() == calendar.next_working_day(date(year, 9, 30))
    assert all(item.year == year and item == calendar.opening(item.date()) for item in found)
    for one, other in pairwise(found):
        assert other - one >= timedelta(days=7)
        week = one.date() + timedelta(days=7)
        assert other.date() == (week if calendar.is_working_day(week) else calendar.next_working_day(week))
