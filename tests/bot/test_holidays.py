"""The calendar as `bot` fills it: the library's decrees, and the office's own file against them."""

from datetime import date
from textwrap import dedent

import pytest

from bot.holidays import OverridesInvalid, calendar_for, years_without_joint_leave


@pytest.fixture
def file_of(tmp_path):
    def write(text):
        path = tmp_path / "libur.yaml"
        path.write_text(dedent(text), encoding="utf-8")
        return path

    return write


def a_calendar(overrides=None, *, zone="Asia/Jakarta", first_year=2025, last_year=2027, count_receipt_day=False):
    return calendar_for(
        zone, first_year=first_year, last_year=last_year, overrides=overrides, count_receipt_day=count_receipt_day
    )


def faults_of(path):
    with pytest.raises(OverridesInvalid) as refused:
        a_calendar(path)
    assert str(refused.value).splitlines() == [f"{path}:{line}: {text}" for line, text in refused.value.faults]
    return refused.value.faults


@pytest.mark.parametrize(("year", "count"), [(2025, 237), (2026, 240), (2027, 242)])
def test_joint_leave_is_no_working_day(year, count):
    assert a_calendar().working_days(year) == count


def test_reasons_are_in_indonesian_whatever_the_language_of_the_machine(monkeypatch):
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en_US")

    assert a_calendar().days_off[date(2026, 12, 24)] == "Cuti Bersama Hari Raya Natal"


def test_zone_and_rule_of_receipt_are_the_offices_own():
    office = a_calendar(zone="Asia/Jayapura", count_receipt_day=True)

    assert office.opening(date(2026, 12, 1)).isoformat() == "2026-12-01T07:30:00+09:00"
    assert office.count_receipt_day


def test_the_file_wins_over_the_library(file_of):
    office = a_calendar(
        file_of("""\
            added:
              - {date: 2026-12-09, name: Pilkada, decree: Keppres 1/2026}
            removed:
              - {date: 2026-12-24, decree: Perubahan SKB 2026}
            hours:
              - {from: 2026-02-19, to: 2026-03-18, opening: 08.00, closing: "15:00", friday_closing: 15.30, decree: SE}
            """)
    )

    assert office.days_off[date(2026, 12, 9)] == "Pilkada (Keppres 1/2026)"
    assert not office.is_working_day(date(2026, 12, 9))
    assert office.is_working_day(date(2026, 12, 24))
    assert office.closing(date(2026, 2, 19)).isoformat() == "2026-02-19T15:00:00+07:00"
    assert office.closing(date(2026, 2, 20)).isoformat() == "2026-02-20T15:30:00+07:00"
    assert office.opening(date(2026, 3, 25)).isoformat() == "2026-03-25T07:30:00+07:00"


@pytest.mark.parametrize("text", ["", "added:\n", "# nothing yet\n"])
def test_an_empty_file_changes_nothing(file_of, text):
    assert a_calendar(file_of(text)).working_days(2026) == 240


def test_all_faults_are_named_at_once_with_their_lines(file_of):
    faults = faults_of(
        file_of("""\
            added:
              - {date: 2026-12-09, name: Pilkada}
              - date: 9 Desember
                name: Pilkada
                decree: Keppres
                colour: red
            removed:
              - {date: 2026-02-30, decree: SKB}
            hours:
              - {from: 2026-03-18, to: 2026-02-19, opening: 08.00, closing: 15.00, friday_closing: 15.30, decree: SE}
              - {from: 2026-04-01, to: 2026-04-02, opening: 8, closing: 15.00, friday_closing: 15.30, decree: SE}
            libur: []
            """)
    )

    assert [line for line, _ in faults] == [2, 3, 6, 8, 10, 11, 12]
    texts = [text for _, text in faults]
    assert texts[0] == "decree: Field required"
    assert texts[1] == "date: expected a date like 2026-12-24"
    assert texts[2].startswith("colour:")
    assert texts[3].startswith("date:")
    assert "after its end" in texts[4]
    assert texts[5] == "opening: expected a time like 07.30"
    assert texts[6] == "libur: expected added, removed or hours"


def test_entries_that_contradict_each_other_are_faults(file_of):
    faults = faults_of(
        file_of("""\
            added:
              - {date: 2026-12-09, name: Pilkada, decree: A}
            removed:
              - {date: 2026-12-09, decree: B}
            hours:
              - {from: 2026-03-01, to: 2026-03-18, opening: 08.00, closing: 15.00, friday_closing: 15.30, decree: C}
              - {from: 2026-02-19, to: 2026-03-01, opening: 08.00, closing: 15.00, friday_closing: 15.30, decree: D}
            """)
    )

    assert [line for line, _ in faults] == [4, 6]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("added: [1, 2\nremoved: x", 2, "is not YAML"),
        ("added: []\nadded: []\n", 2, "added is given twice"),
        ("added:\n  date: 2026-12-09\n", 2, "expected a list of entries"),
        ("- added\n", 1, "expected keys with values"),
        ("added:\n  - 2026-12-09\n", 2, "expected keys with values"),
        ("added:\n  - {date: [2026-12-09], name: N, decree: D}\n", 2, "expected a date"),
        ("removed:\n  - {date: 2026-12-09, decree: ''}\n", 2, "decree: "),
        ("removed:\n  - {date: 20261209, decree: D}\n", 2, "expected a date"),
        ("removed:\n  -\n", 2, "expected keys with values"),
        ("added: \x01\n", 1, "is not YAML"),
    ],
)
def test_a_file_of_another_shape_is_a_fault_and_not_a_traceback(file_of, text, line, says):
    ((at, fault),) = faults_of(file_of(text))

    assert at == line
    assert says in fault


def test_a_file_that_is_not_there_is_named(tmp_path):
    ((_, fault),) = faults_of(tmp_path / "none.yaml")

    assert fault.startswith("can not be read")


def test_years_whose_decree_is_not_known_are_named():
    assert years_without_joint_leave(first_year=2025, last_year=2027, overrides=None) == ()
    assert years_without_joint_leave(first_year=2027, last_year=2029, overrides=None) == (2028, 2029)


def test_only_an_added_joint_leave_makes_its_year_known(file_of):
    overrides = file_of("""\
        added:
          - {date: 2028-01-27, name: Cuti Bersama, decree: SKB 2028, joint_leave: true}
          - {date: 2029-02-14, name: Pemilu, decree: Keppres 2029}
        """)

    assert years_without_joint_leave(first_year=2028, last_year=2029, overrides=overrides) == (2029,)
