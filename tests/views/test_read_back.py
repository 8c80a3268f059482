"""Whatever the bot itself writes as a day, an hour or a zone is read back as the same when it is typed."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.views import words
from alur.workflow.engine.filing import day_in_words
from alur.workflow.form_moves import typed
from alur.workflow.forms import Field, Form, begun
from alur.workflow.written_days import read_date
from alur.workflow.written_hours import read_hour

TODAY = date(2026, 11, 30)
YEAR = [date(2026, 1, 1) + timedelta(days=number) for number in range(730)]
ZONES = ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura")


@pytest.mark.parametrize("written", [words.day, words.letter_day, day_in_words, date.isoformat])
def test_every_day_that_is_shown_with_its_year_is_read_back(written):
    assert [read_date(written(day), TODAY) for day in YEAR] == YEAR


def test_every_day_on_a_button_is_read_back_where_it_is_offered_or_near():
    for day in YEAR:
        assert read_date(words.short_day(day), TODAY, offered=[day]) == day
        assert read_date(words.short_day(day), day - timedelta(days=14)) == day
        assert read_date(words.short_day(day), day + timedelta(days=7)) == day


@pytest.mark.parametrize("name", ZONES)
def test_every_minute_that_is_shown_is_read_back(name):
    zone = ZoneInfo(name)
    for minute in range(24 * 60):
        clock = time(*divmod(minute, 60))
        local = datetime.combine(TODAY, clock, tzinfo=zone)
        for text in (words.hour(local), f"{clock:%H.%M}", f"{clock:%H:%M}"):
            read = read_hour(text, zone=zone, day=TODAY)
            assert (read.clock, read.zoned, read.until) == (clock, "", "")


@pytest.mark.parametrize("day", [date(2026, 1, 15), date(2026, 7, 15)])
def test_the_name_that_an_hour_has_in_any_zone_is_read_there(day):
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        local = datetime.combine(day, time(9, 30), tzinfo=zone)
        read = read_hour(words.hour(local), zone=zone, day=day)
        assert (read.clock, read.zoned) == (time(9, 30), ""), name


@given(day=st.dates(date(2020, 1, 1), date(2033, 1, 1)), clock=st.times(), name=st.sampled_from(ZONES))
def test_a_moment_is_read_as_the_day_and_the_hour_that_a_form_asks_for(day, clock, name):
    zone = ZoneInfo(name)
    fields = (Field(name="date", kind="date"), Field(name="time", kind="time"))
    form = begun(Form(kind="schedule", fields=fields))

    text = words.moment(datetime.combine(day, clock, tzinfo=zone), zone)
    answers = typed(form, text, today=TODAY, zone=zone).answers

    assert answers == {"date": day.isoformat(), "time": f"{clock:%H:%M}"}
