"""The calendar of 2026 and 2027, day by day: what the joint decrees take off between Monday and Friday, and nothing else.

A new version of the library `holidays` that disagrees is a reason to open the decree, not to change this list.
"""

from datetime import date, timedelta

import pytest

from bot.holidays import calendar_for

DAYS_OFF = {
    2026: "01-01 01-16 02-16 02-17 03-18 03-19 03-20 03-23 03-24 04-03 05-01 05-14 05-15 05-27 05-28 06-01 06-16 "
    "08-17 08-25 12-24 12-25",
    2027: "01-01 01-05 02-05 03-08 03-09 03-10 03-11 03-12 03-15 03-25 03-26 05-06 05-17 05-18 05-19 05-20 06-01 "
    "08-17 12-24",
}


@pytest.mark.parametrize("year", sorted(DAYS_OFF))
def test_every_day_of_the_year_is_worked_or_off_as_decreed(year):
    calendar = calendar_for("Asia/Jakarta", first_year=year, last_year=year, overrides=None, count_receipt_day=False)
    decreed = {date.fromisoformat(f"{year}-{day}") for day in DAYS_OFF[year].split()}
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]

    wrong = [day for day in days if calendar.is_working_day(day) != (day.isoweekday() <= 5 and day not in decreed)]

    assert wrong == []
    assert {day.isoweekday() for day in decreed} <= {1, 2, 3, 4, 5}
