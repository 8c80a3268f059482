"""The calendar's rules, against the decrees of 2025 to 2027 and for any calendar at all."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from alur.workflow.calendar import Calendar, CalendarNotCovered, Hours, Season, WorkWeek

WIB = ZoneInfo("Asia/Jakarta")
DECREED = dict(
    holidays.country_holidays("ID", years=(2025, 2026, 2027), categories=("public", "government"), language="id")
)
LIMITS = (1, 3, 1, 1, 3, 1, 1, 1, 3, 1, 1, 1)  # the SOP's twelve steps, in working days


def a_calendar(*, days_off=None, week=None, first_year=2025, last_year=2027, count_receipt_day=False):
    return Calendar(
        days_off=DECREED if days_off is None else days_off,
        first_year=first_year,
        last_year=last_year,
        zone=WIB,
        week=week or WorkWeek(),
        count_receipt_day=count_receipt_day,
    )


def wib(text):
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


OFFICE = a_calendar()
EARLY_OFFICE = a_calendar(count_receipt_day=True)

# Moments and days that leave room for 40 working days before the calendar's end.
moments = st.datetimes(datetime(2025, 1, 2), datetime(2027, 9, 30), timezones=st.just(WIB))  # noqa: DTZ001 - aware
days = st.dates(date(2025, 1, 10), date(2027, 12, 20))
limits = st.integers(1, 40)
offices = st.sampled_from([OFFICE, EARLY_OFFICE])


@pytest.mark.parametrize(("year", "count"), [(2025, 237), (2026, 240), (2027, 242)])
def test_a_year_has_the_working_days_of_its_decree(year, count):
    assert OFFICE.working_days(year) == count


@pytest.mark.parametrize(
    ("received", "limit", "due"),
    [
        ("2026-12-23 10:00", 1, "2026-12-28 16:00"),
        ("2027-03-05 10:00", 3, "2027-03-18 16:00"),
        ("2026-12-22 16:30", 1, "2026-12-28 16:00"),
    ],
)
def test_a_limit_ends_at_the_close_of_its_last_working_day(received, limit, due):
    assert OFFICE.due(wib(received), limit) == wib(due)


@pytest.mark.parametrize(
    ("started", "ended"),
    [("2026-12-01 09:00", "2026-12-29 16:00"), ("2026-12-03 09:00", "2026-12-31 16:00")],
)
def test_the_whole_sop_done_at_its_limits_ends_when_the_office_expects(started, ended):
    moment = wib(started)

    for limit in LIMITS:
        moment = OFFICE.due(moment, limit)

    assert moment == wib(ended)


def test_what_arrives_exactly_at_closing_counts_that_day_and_a_moment_later_the_next():
    closing = OFFICE.closing(date(2026, 12, 1))

    assert OFFICE.receipt_day(closing) == date(2026, 12, 1)
    assert OFFICE.receipt_day(closing + timedelta(microseconds=1)) == date(2026, 12, 2)
    assert OFFICE.is_open(closing)
    assert not OFFICE.is_open(closing + timedelta(microseconds=1))


def test_what_arrives_before_opening_counts_that_day():
    assert OFFICE.receipt_day(wib("2026-12-01 05:00")) == date(2026, 12, 1)
    assert not OFFICE.is_open(wib("2026-12-01 05:00"))


def test_a_friday_closes_half_an_hour_later():
    assert OFFICE.closing(date(2026, 12, 4)) == wib("2026-12-04 16:30")
    assert OFFICE.opening(date(2026, 12, 4)) == wib("2026-12-04 07:30")
    assert OFFICE.receipt_day(wib("2026-12-04 16:15")) == date(2026, 12, 4)


def test_ramadan_has_shorter_hours_on_its_days_only():
    office = a_calendar(week=WorkWeek(seasons=(Season(first=date(2026, 2, 19), last=date(2026, 3, 17)),)))

    assert office.closing(date(2026, 2, 18)) == wib("2026-02-18 16:00")
    assert office.opening(date(2026, 2, 19)) == wib("2026-02-19 08:00")
    assert office.closing(date(2026, 2, 19)) == wib("2026-02-19 15:00")
    assert office.closing(date(2026, 2, 20)) == wib("2026-02-20 15:30")
    assert office.closing(date(2026, 3, 17)) == wib("2026-03-17 15:00")
    assert office.receipt_day(wib("2026-02-19 15:30")) == date(2026, 2, 20)


def test_seasons_that_share_a_day_are_refused():
    with pytest.raises(ValueError, match="share 2026-03-01"):
        WorkWeek(
            seasons=(
                Season(first=date(2026, 3, 1), last=date(2026, 3, 9)),
                Season(first=date(2026, 2, 1), last=date(2026, 3, 1)),
            )
        )


def test_hours_and_seasons_that_end_before_they_begin_are_refused():
    with pytest.raises(ValueError, match="not before closing"):
        Hours(opening=time(16), closing=time(7))
    with pytest.raises(ValueError, match="after its end"):
        Season(first=date(2026, 3, 2), last=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-12-01 07:00", "2026-12-01 16:00"),
        ("2026-12-01 11:59:59", "2026-12-01 16:00"),
        ("2026-12-01 12:00", "2026-12-02 16:00"),
        ("2026-12-01 16:00", "2026-12-02 16:00"),
        ("2026-12-01 16:01", "2026-12-02 16:00"),
        ("2026-12-05 18:00", "2026-12-07 16:00"),
    ],
)
def test_where_the_day_of_receipt_counts_it_counts_for_what_arrives_before_noon(received, due):
    assert EARLY_OFFICE.due(wib(received), 1) == wib(due)


def test_the_close_of_the_next_working_day_never_counts_the_day_of_receipt():
    assert EARLY_OFFICE.close_of_next_working_day(wib("2026-12-01 08:00")) == wib("2026-12-02 16:00")
    assert OFFICE.close_of_next_working_day(wib("2026-12-23 16:01")) == wib("2026-12-29 16:00")


def test_the_next_opening_is_strictly_later():
    assert OFFICE.next_opening(wib("2026-12-01 07:29")) == wib("2026-12-01 07:30")
    assert OFFICE.next_opening(wib("2026-12-01 07:30")) == wib("2026-12-02 07:30")
    assert OFFICE.next_opening(wib("2026-12-23 09:00")) == wib("2026-12-28 07:30")


@pytest.mark.parametrize(
    ("pressed", "applied", "later"),
    [
        ("2026-12-01 15:59:59", "2026-12-01 16:00:01", False),
        ("2026-12-01 15:00", "2026-12-02 07:00", True),
        ("2026-12-01 17:00", "2026-12-02 10:00", False),
        ("2026-12-04 15:00", "2026-12-05 10:00", False),
        ("2026-12-04 15:00", "2026-12-07 08:00", True),
        ("2026-12-02 10:00", "2026-12-01 10:00", False),
    ],
)
def test_an_act_is_late_only_when_another_working_day_has_begun(pressed, applied, later):
    assert OFFICE.is_later_working_day(wib(applied), wib(pressed)) is later


@pytest.mark.parametrize(
    ("now", "exceeded"),
    [
        ("2026-12-14 18:00", 0),
        ("2026-12-15 07:30", 1),
        ("2026-12-19 09:00", 4),
        ("2026-12-21 07:30", 5),
        ("2026-12-28 07:30", 8),
        ("2026-12-01 07:30", 0),
    ],
)
def test_a_deadline_is_exceeded_by_the_working_days_begun_since(now, exceeded):
    assert OFFICE.working_days_between(wib("2026-12-14 16:00"), wib(now)) == exceeded


def test_a_naive_moment_is_refused_everywhere():
    naive = datetime(2026, 12, 1, 10)  # noqa: DTZ001 - the fault under test
    aware = wib("2026-12-01 10:00")

    for question in (
        lambda: OFFICE.is_open(naive),
        lambda: OFFICE.next_opening(naive),
        lambda: OFFICE.receipt_day(naive),
        lambda: OFFICE.due(naive, 1),
        lambda: OFFICE.close_of_next_working_day(naive),
        lambda: OFFICE.is_later_working_day(naive, aware),
        lambda: OFFICE.is_later_working_day(aware, naive),
        lambda: OFFICE.working_days_between(naive, aware),
        lambda: OFFICE.working_days_between(aware, naive),
    ):
        with pytest.raises(ValueError, match="needs its zone"):
            question()


def test_a_year_that_is_not_covered_is_named():
    for question, year in (
        (lambda: OFFICE.is_working_day(date(2028, 1, 3)), 2028),
        (lambda: OFFICE.working_days(2024), 2024),
        (lambda: OFFICE.next_working_day(date(2027, 12, 31)), 2028),
        (lambda: OFFICE.previous_working_day(date(2025, 1, 2)), 2024),
        (lambda: OFFICE.due(wib("2027-12-30 10:00"), 5), 2028),
        (lambda: OFFICE.due(wib("2031-01-06 10:00"), 1), 2031),
        (lambda: OFFICE.working_days_between(wib("2024-12-30 10:00"), wib("2025-02-03 10:00")), 2024),
    ):
        with pytest.raises(CalendarNotCovered) as refused:
            question()
        assert refused.value.year == year


def test_a_day_off_neither_opens_nor_closes():
    with pytest.raises(ValueError, match="not a working day"):
        OFFICE.opening(date(2026, 12, 25))
    with pytest.raises(ValueError, match="not a working day"):
        OFFICE.closing(date(2026, 12, 26))


def test_a_limit_of_no_days_is_refused():
    with pytest.raises(ValueError, match="at least one working day"):
        OFFICE.due(wib("2026-12-01 10:00"), 0)


def test_a_moment_from_another_zone_is_answered_in_the_offices_own():
    evening_in_utc = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)  # 16.30 WIB, after closing

    assert OFFICE.receipt_day(evening_in_utc) == date(2026, 12, 2)
    assert OFFICE.due(evening_in_utc, 1).isoformat() == "2026-12-03T16:00:00+07:00"


def test_a_frozen_pydantic_value_can_hold_a_calendar():
    class Office(BaseModel):
        model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)
        calendar: Calendar

    assert Office(calendar=OFFICE).calendar is OFFICE


@given(offices, moments, limits)
def test_a_deadline_is_the_closing_of_a_working_day_and_not_before_its_receipt(office, moment, limit):
    due = office.due(moment, limit)

    assert office.is_working_day(due.date())
    assert due == office.closing(due.date())
    assert due >= moment


@given(offices, moments, limits)
def test_one_day_more_is_the_next_working_day(office, moment, limit):
    one_more = office.due(moment, limit + 1)

    assert one_more == office.closing(office.next_working_day(office.due(moment, limit).date()))


@given(offices, moments, moments, limits)
def test_who_receives_later_is_never_due_earlier(office, one, other, limit):
    earlier, later = sorted((one, other))

    assert office.due(earlier, limit) <= office.due(later, limit)


@given(moments, limits)
def test_a_limit_spans_exactly_its_working_days(moment, limit):
    received = OFFICE.receipt_day(moment)

    assert OFFICE.working_days_between(OFFICE.opening(received), OFFICE.due(moment, limit)) == limit


@given(moments, limits)
def test_counting_the_day_of_receipt_saves_at_most_one_day(moment, limit):
    saved = OFFICE.working_days_between(EARLY_OFFICE.due(moment, limit), OFFICE.due(moment, limit))

    assert saved in (0, 1)


@given(days)
def test_neighbouring_working_days_have_none_between_them(day):
    before, after = OFFICE.previous_working_day(day), OFFICE.next_working_day(day)

    assert before < day < after
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert [d for d in between if OFFICE.is_working_day(d)] == ([day] if OFFICE.is_working_day(day) else [])


@given(moments)
def test_the_office_is_closed_between_a_closed_moment_and_its_next_opening(moment):
    opening = OFFICE.next_opening(moment)

    assert opening > moment
    assert OFFICE.is_open(opening)
    if not OFFICE.is_open(moment):
        halfway = moment + (opening - moment) / 2
        assert not OFFICE.is_open(halfway)
        assert OFFICE.next_opening(halfway) == opening


@given(st.sets(st.dates(date(2025, 1, 1), date(2025, 12, 31)), max_size=200))
def test_any_days_off_are_never_worked(days_off):
    office = a_calendar(days_off=dict.fromkeys(days_off, "libur"), last_year=2025)

    worked = [day for n in range(365) if office.is_working_day(day := date(2025, 1, 1) + timedelta(days=n))]

    assert len(worked) == office.working_days(2025)
    assert not days_off & set(worked)
    assert all(office.next_working_day(one) == other for one, other in pairwise(worked))
