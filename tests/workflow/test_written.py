"""Days, hours and numbers as people write them: what is read, what is asked about, and what a zone makes of an hour."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.workflow.errors import DayUnclear, FieldMissing, HourElsewhere, NumberMissing
from alur.workflow.written import number_key, read_number
from alur.workflow.written_days import read_date
from alur.workflow.written_hours import Hour, read_hour

TODAY = date(2026, 11, 30)
TUESDAY = date(2026, 12, 15)
ZONES = {"WIB": ZoneInfo("Asia/Jakarta"), "WITA": ZoneInfo("Asia/Makassar"), "WIT": ZoneInfo("Asia/Jayapura")}


def hour(text, zone="WIB", day=TUESDAY):
    return read_hour(text, zone=ZONES.get(zone) or ZoneInfo(zone), day=day)


# --- Days


@pytest.mark.parametrize(
    "text",
    [
        "Selasa/15 Desember 2026",
        "Selasa / 15 Desember 2026",
        "Hari/Tanggal : Selasa/15 Desember 2026",
        "Hari, tanggal: Selasa, 15 Desember 2026",
        "Hari Selasa, 15 Desember 2026",
        "hari Selasa tanggal 15 Desember 2026",
        "pada hari Selasa, tanggal 15 Desember 2026",
        "Sel 15 Des",
        "Sel, 15 Des 2026",
        "Sel. 15 Des. 2026",
        "SEL 15 DES",
        "tanggal 15 Desember 2026",
        "Tanggal: 15 Desember 2026",
        "tgl 15 Des 2026",
        "tgl. 15/12/2026",
        "2026-12-15",
        "2026/12/15",
        "15 Desember, 2026",
        "15Des2026",
        "15\u201312\u20132026",
        "15\u00a0Desember\u00a02026",
        "15-12-2026 (Selasa)",
        "15 Des 2026, Selasa",
    ],
)
def test_days_of_letters_buttons_and_machines_are_read(text):
    assert read_date(text, TODAY) == TUESDAY


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Jum'at, 18 Desember 2026", date(2026, 12, 18)),
        ("Jum\u2019at/18 Desember 2026", date(2026, 12, 18)),
        ("Jumat 18 Des", date(2026, 12, 18)),
        ("Ahad, 20 Desember 2026", date(2026, 12, 20)),
        ("Mgg 20 Des", date(2026, 12, 20)),
        ("Min 20 Des", date(2026, 12, 20)),
    ],
)
def test_weekdays_have_several_names(text, day):
    assert read_date(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("Rabu, 15 Desember 2026", ["2026-12-15", "2026-12-16"]),
        ("Senin/15-12-2026", ["2026-12-15", "2026-12-14"]),
        ("Rab 2026-12-15", ["2026-12-15", "2026-12-16"]),
        ("Rabu 15 Des", ["2026-12-15", "2026-12-16"]),
        ("Selasa, 5 Januari 2026", ["2026-01-05", "2027-01-05", "2026-01-06"]),  # the year of yesterday
    ],
)
def test_a_weekday_that_does_not_fit_its_date_is_asked_about_with_the_readings(text, readings):
    with pytest.raises(DayUnclear) as refused:
        read_date(text, TODAY, "letter_date")
    assert refused.value == DayUnclear(field="letter_date", readings=tuple(readings))


def test_two_weekdays_are_no_date():
    with pytest.raises(FieldMissing):
        read_date("Senin Selasa 15 Des", TODAY)


def test_a_day_without_a_year_that_may_be_of_two_is_asked_about_and_a_weekday_says_which():
    with pytest.raises(DayUnclear) as refused:
        read_date("1 Juni", TODAY)
    assert refused.value.facts["readings"] == ("2026-06-01", "2027-06-01")
    assert read_date("Senin, 1 Juni", TODAY) == date(2026, 6, 1)
    assert read_date("Sel 1 Jun", TODAY) == date(2027, 6, 1)


def test_a_day_that_is_offered_is_meant_however_far_it_is():
    far = date(2028, 12, 15)
    assert read_date("Jum 15 Des", TODAY, offered=[far]) == far
    assert read_date("15 Des", TODAY, offered=[far]) == far
    assert read_date("Sel 15 Des", TODAY, offered=[far]) == TUESDAY


@given(today=st.dates(date(2000, 1, 1), date(2099, 12, 31)), days=st.integers(-120, 120))
def test_a_day_within_four_months_needs_no_year(today, days):
    day = today + timedelta(days=days)
    if (day.month, day.day) != (2, 29):
        assert read_date(f"{day.day}-{day.month}", today) == day


@given(day=st.dates(date(2017, 1, 1), date(2036, 1, 1)), said=st.integers(0, 6))
def test_every_weekday_is_held_against_its_date(day, said):
    name = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")[said]
    try:
        assert read_date(f"{name}, {day:%d-%m-%Y}", TODAY) == day
        assert day.weekday() == said
    except DayUnclear as refused:
        assert day.weekday() != said
        first, *others = map(date.fromisoformat, refused.facts["readings"])
        assert first == day
        assert others
        assert all(other.weekday() == said for other in others)
        assert min(abs(other - day) for other in others) <= timedelta(days=3)


# --- Hours


@pytest.mark.parametrize(
    ("text", "clock", "until"),
    [
        ("09.00 WIB s.d. selesai", time(9), ""),
        ("09.00 s.d. selesai", time(9), ""),
        ("pukul 09.00 WIB sampai dengan selesai", time(9), ""),
        ("09.00 s/d selesai", time(9), ""),
        ("09.00 - selesai", time(9), ""),
        ("09.00 s.d. selesai WIB", time(9), ""),
        ("09.00-11.00", time(9), "11.00"),
        ("09.00 \u2013 11.00 WIB", time(9), "11.00"),
        ("9 s.d. 11", time(9), "11.00"),
        ("0930-1100", time(9, 30), "11.00"),
        ("Pukul 09.00 s.d. pukul 11.30 WIB", time(9), "11.30"),
        ("Waktu : 09.00 WIB", time(9), ""),
        ("09.00 (WIB)", time(9), ""),
        ("09.00 waktu setempat", time(9), ""),
        ("09.00 Waktu Indonesia Barat", time(9), ""),
        ("09,00", time(9), ""),
        ("jam 9 pagi", time(9), ""),
        ("9 pagi", time(9), ""),
        ("jam 1 siang", time(13), ""),
        ("11 siang", time(11), ""),
        ("12 siang", time(12), ""),
        ("3 sore", time(15), ""),
        ("15.30 sore", time(15, 30), ""),
        ("7 malam", time(19), ""),
        ("setengah 10", time(9, 30), ""),
        ("jam setengah 2 siang", time(13, 30), ""),
        ("1-3 siang", time(13), "15.00"),
        ("9 - 1 siang", time(9), "13.00"),
    ],
)
def test_hours_of_letters_and_of_speech_are_read(text, clock, until):
    assert hour(text) == Hour(clock=clock, until=until)


@pytest.mark.parametrize(
    "text",
    [
        "11.00-09.00",
        "09.00-09.00",
        "09.00 WIB - 11.00 WITA",
        "12 malam",
        "13 pagi",
        "9 sore",
        "setengah 0",
        "setengah 9.30",
        "09.00 CET",
        "09.00 GMT+99",
        "selesai",
        "3 - 7 malam",
        "09.00-25.00",
    ],
)
def test_what_is_no_hour_or_no_span_is_asked_for_again(text):
    with pytest.raises(FieldMissing):
        hour(text)


@pytest.mark.parametrize(
    ("text", "office", "clock", "zoned"),
    [
        ("09.00 WIB", "WITA", time(10), "09.00 WIB"),
        ("10.00 WITA", "WITA", time(10), ""),
        ("10.00", "WITA", time(10), ""),
        ("10.00 WITA", "WIB", time(9), "10.00 WITA"),
        ("09.00 WIB", "WIT", time(11), "09.00 WIB"),
        ("11.00 WIT", "WIB", time(9), "11.00 WIT"),
        ("jam 9 pagi WIB", "WITA", time(10), "09.00 WIB"),
        ("02.00 UTC", "WITA", time(10), "02.00 UTC"),
        ("09.00 GMT+7", "WITA", time(10), "09.00 GMT+7"),
        ("09.00 UTC+07:00", "WIB", time(9), ""),
        ("09.00 Waktu Indonesia Barat", "WITA", time(10), "09.00 WIB"),
    ],
)
def test_a_zone_that_is_typed_counts(text, office, clock, zoned):
    assert hour(text, office) == Hour(clock=clock, zoned=zoned)


def test_an_end_is_told_in_the_zone_that_was_written():
    assert hour("09.00-11.00 WIB", "WITA") == Hour(clock=time(10), zoned="09.00 WIB", until="11.00 WIB")


def test_an_hour_at_which_the_office_has_another_day_is_asked_for_in_the_offices_own_zone():
    with pytest.raises(HourElsewhere) as refused:
        hour("00.30 WIT", "WIB")
    assert refused.value == HourElsewhere(zone="WIB")


@given(clock=st.times(), said=st.sampled_from([*ZONES]), office=st.sampled_from([*ZONES]))
def test_an_hour_of_any_zone_is_the_same_moment_in_the_offices(clock, said, office):
    clock = clock.replace(second=0, microsecond=0)
    names = [*ZONES]
    shifted = clock.hour + names.index(office) - names.index(said)
    if 0 <= shifted <= 23:
        assert hour(f"{clock:%H.%M} {said}", office).clock == clock.replace(hour=shifted)
    else:
        with pytest.raises(HourElsewhere):
            hour(f"{clock:%H.%M} {said}", office)


# --- Numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Nomor : 1234", "1234"),
        ("Nomor: B-12/KP.05/2026", "B-12/KP.05/2026"),
        ("nomor 1234", "1234"),
        ("No. 1234", "1234"),
        ("no 1234", "1234"),
        ("No.1234", "1234"),
        ("No1234", "1234"),
        ("Nomor Surat : 12 / OT.03 / SDL/2026", "12/OT.03/SDL/2026"),
        ("Nomor Nadine: ND-7/2026", "ND-7/2026"),
        ("Nomor berkas 17", "17"),
        ("1234", "1234"),
        ("NOTA-1/2026", "NOTA-1/2026"),
        ("ND/No.12/2026", "ND/No.12/2026"),
        ("XII", "XII"),
        ("Nomor :", ""),
        ("", ""),
    ],
)
def test_a_number_stands_without_the_word_before_it(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["-", "--", ".", "?", "tidak ada", "belum ada", "n/a", "\u2014", "Nomor: -"])
def test_what_has_no_figure_is_no_number(text):
    with pytest.raises(NumberMissing) as refused:
        read_number(text, "letter_number")
    assert refused.value == NumberMissing(field="letter_number")


def test_spellings_of_one_number_have_one_key():
    spellings = [
        "B-12/KP.05/2026",
        "b-12/kp.05/2026",
        "B - 12 /KP.05/ 2026",
        "B\u201312/KP.05/2026",
        "B-12/KP.05/2026.",
    ]
    assert len({number_key(item) for item in spellings}) == 1
    assert number_key("B-13/KP.05/2026") != number_key(spellings[0])
