"""What stands on the buttons of a form: days and hours of the office, places of earlier meetings, a letter's class."""

from datetime import date, datetime, time

import pytest

from alur.workflow.offers import classification_in, days_ahead, days_back, hours, places
from tests.factories import WIB, a_calendar

MAULUD, JOINT_LEAVE = date(2026, 12, 24), date(2026, 12, 25)
CALENDAR = a_calendar(days_off=dict.fromkeys((MAULUD, JOINT_LEAVE), "libur"), last_year=2026)


def values(options):
    return [option.value for option in options]


def at(day, hour, minute=0):
    return datetime(2026, 12, day, hour, minute, tzinfo=WIB)


def test_a_meeting_is_offered_the_next_ten_working_days_and_no_day_off():
    days = values(days_ahead(CALENDAR, at(14, 9)))

    assert len(days) == 10
    assert days[0] == "2026-12-14"
    assert days[-3:] == ["2026-12-23", "2026-12-28", "2026-12-29"]


@pytest.mark.parametrize(
    ("now", "first"),
    [(at(14, 16), "2026-12-14"), (at(14, 16, 1), "2026-12-15"), (at(19, 10), "2026-12-21"), (at(23, 17), "2026-12-28")],
)
def test_today_is_offered_until_the_office_closes(now, first):
    assert values(days_ahead(CALENDAR, now))[0] == first


def test_a_day_that_is_known_stands_in_its_place_once():
    days = values(days_ahead(CALENDAR, at(14, 9), also=date(2026, 12, 10)))
    assert (days[0], len(days)) == ("2026-12-10", 11)
    assert len(days_ahead(CALENDAR, at(14, 9), also=date(2026, 12, 15))) == 10


def test_days_beyond_the_calendar_are_not_offered():
    assert values(days_ahead(CALENDAR, at(30, 9))) == ["2026-12-30", "2026-12-31"]
    assert days_ahead(CALENDAR, at(31, 17)) == ()
    assert days_back(CALENDAR, date(2030, 1, 1)) == ()


def test_a_letter_is_offered_the_last_five_working_days_from_the_latest_on():
    assert values(days_back(CALENDAR, date(2026, 12, 28))) == [
        "2026-12-28",
        "2026-12-23",
        "2026-12-22",
        "2026-12-21",
        "2026-12-18",
    ]
    assert values(days_back(CALENDAR, date(2026, 12, 26)))[0] == "2026-12-23"


def test_hours_are_the_full_ones_of_the_working_day_and_one_that_is_known():
    full = ["08:00", "09:00", "10:00", "11:00", "12:00", "13:00", "14:00", "15:00"]
    assert values(hours()) == full
    assert values(hours(also=time(9))) == full
    assert values(hours(also=time(9, 30)))[:3] == ["08:00", "09:00", "09:30"]


def test_of_the_places_of_earlier_meetings_the_first_three_are_offered_each_once():
    assert places(["Ruang B", "Aula", "Ruang B", "Biro SDM", "Aula", "Ruang A"]) == ("Ruang B", "Aula", "Biro SDM")
    assert places([]) == ()


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("231.ND/KP.05/DLB/2026", "KP.05"),
        ("5.Und / OT.02.01 / DJL.1 / 2026", "OT.02.01"),
        ("B-12/2026", None),
        ("17", None),
        ("", None),
        ("1/DJL.1/2026", None),
    ],
)
def test_the_classification_is_the_second_part_where_it_looks_like_one(number, found):
    assert classification_in(number) == found
