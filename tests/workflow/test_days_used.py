"""How many days of a limit have gone by agrees with when the limit is, whatever the hour and the setting."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import a_calendar

START = datetime.fromisoformat("2026-11-30T00:00:00+07:00")
MOMENTS = st.integers(0, 45 * 24 * 60).map(lambda minutes: START + timedelta(minutes=minutes))


@pytest.mark.parametrize("counts", [False, True])
@given(since=MOMENTS, until=MOMENTS, days=st.integers(1, 9))
def test_so_many_or_fewer_were_used_as_long_as_the_limit_has_not_passed(counts, since, until, days):
    calendar = a_calendar(count_receipt_day=counts)

    assert (calendar.days_used(since, max(since, until)) <= days) == (max(since, until) <= calendar.due(since, days))


def test_what_is_done_on_the_day_of_its_receipt_took_no_day():
    calendar = a_calendar()
    monday = datetime.fromisoformat("2026-11-30T09:00:00+07:00")

    assert calendar.days_used(monday, monday + timedelta(hours=5)) == 0
    assert calendar.days_used(monday, monday + timedelta(hours=9)) == 1  # after closing
    assert calendar.days_used(monday, monday + timedelta(days=4, hours=5)) == 4
    assert calendar.days_used(monday, monday - timedelta(days=4)) == 0
