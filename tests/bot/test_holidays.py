"""The calendar as `bot` fills it: the library's decrees, and the office's own file against them."""

from datetime import UTC, date, datetime
from textwrap import dedent

import pytest
from structlog.testing import capture_logs

from bot import assembly
from bot.holidays import calendar_for, doubts, years_without_joint_leave
from bot.overrides import OverridesInvalid
from bot.settings import Settings

SPAN = "from: 2026-02-19, to: 2026-03-18, decree: SE"


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


@pytest.mark.parametrize(
    "text",
    [
        "",
        "added:\n",
        "# nothing yet\n",
        "added: null\nremoved: ~\nhours: ~\n",
        "hours: Null\n",
        "~\n",
        "---\n",
        "\ufeff",
    ],
)
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
    assert texts[0] == "decree: is missing"
    assert texts[1] == "date: expected a date like 2026-12-24"
    assert texts[2] == "colour: is no key of this entry"
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

    assert faults == (
        (4, "2026-12-09 is also added, in line 2"),
        (6, "hours from 2026-03-01: the span before ends only on 2026-03-01"),
    )


@pytest.mark.parametrize("part", ["added", "removed"])
def test_a_day_that_stands_twice_is_a_fault_at_its_second_line(file_of, part):
    entry = "{date: 2026-12-24, name: Natal, decree: A}" if part == "added" else "{date: 2026-12-24, decree: A}"
    faults = faults_of(file_of(f"{part}:\n  - {entry}\n  - {entry}\n"))

    assert faults == ((3, f"2026-12-24 is {part} already, in line 2"),)


@pytest.mark.parametrize("style", [">-", ">", "|"])
def test_a_text_over_several_lines_is_one_line_in_the_calendar(file_of, style):
    office = a_calendar(
        file_of(f"""\
            added:
              - date: 2026-12-09
                name: {style}
                  Pemilihan kepala
                  daerah serentak
                decree: {style}
                  Keppres
                  1/2026
            """)
    )

    assert office.days_off[date(2026, 12, 9)] == "Pemilihan kepala daerah serentak (Keppres 1/2026)"


def test_entries_that_change_nothing_are_doubts_and_no_faults(file_of):
    path = file_of("""\
        added:
          - {date: 2026-12-25, name: Natal, decree: SKB}
          - {date: 2026-12-20, name: Slip, decree: SKB}
          - {date: 2026-12-09, name: Pilkada, decree: Keppres}
        removed:
          - {date: 2026-12-24, decree: Perubahan SKB}
          - {date: 2026-12-23, decree: Perubahan SKB}
          - {date: 2024-03-13, decree: A year that no calendar asked for}
        """)

    assert [text.removeprefix(f"{path}:") for text in doubts(path)] == [
        "2: 2026-12-25 is a day off already (Hari Raya Natal)",
        "3: 2026-12-20 is a Sunday, no working day anyway",
        "7: 2026-12-23 is removed, but it is no day off",
        "8: 2024-03-13 is removed, but it is no day off",
    ]
    assert a_calendar(path).working_days(2026) == 240


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
        ("added: '~'\n", 1, "expected a list of entries"),
        ("added:\n  - {date: 2026-12-09, name: ~, decree: D}\n", 2, "name: expected text"),
        ("added:\n  - {date: 2026-12-09, name: [N], decree: D}\n", 2, "name: expected text"),
        ("added:\n  - {date: 2026-12-09, name: ' ', decree: D}\n", 2, "name: is empty"),
        ('added:\n  - {date: 2026-12-09, name: "a\\x07b", decree: D}\n', 2, "name: holds a control character"),
        ("added:\n  - {date: 2026-12-09, name: N, decree: D, joint_leave: ya}\n", 2, "expected true or false"),
        ("removed:\n  - {date: 2206-12-24, decree: D}\n", 2, "date: expected a year from 2000 to 2100"),
        (
            f"hours:\n  - {{{SPAN}, opening: 15.00, closing: 08.00, friday_closing: 15.30}}\n",
            2,
            "is not before closing",
        ),
        (
            f"hours:\n  - {{{SPAN}, opening: 08.00, closing: 15.00, friday_closing: 07.30}}\n",
            2,
            "is not before closing",
        ),
        (
            f"hours:\n  - {{{SPAN}, opening: 25.00, closing: 15.00, friday_closing: 15.30}}\n",
            2,
            "opening: hour must be",
        ),
    ],
)
def test_a_file_of_another_shape_is_a_fault_and_not_a_traceback(file_of, text, line, says):
    ((at, fault),) = faults_of(file_of(text))

    assert at == line
    assert says in fault


@pytest.mark.parametrize(("encoding", "line"), [("latin-1", 2), ("utf-16", 1)])
def test_a_file_in_another_encoding_is_one_sentence(tmp_path, encoding, line):
    path = tmp_path / "libur.yaml"
    path.write_text("added:\n  - {date: 2026-12-09, name: Idulfitri é, decree: D}\n", encoding=encoding)

    assert faults_of(path) == ((line, "can not be read: it is not UTF-8 text"),)


def test_a_file_that_is_not_there_is_named(tmp_path):
    ((_, fault),) = faults_of(tmp_path / "none.yaml")

    assert fault.startswith("can not be read")


def test_years_whose_decree_is_not_known_are_named():
    assert years_without_joint_leave(first_year=2025, last_year=2027, overrides=None) == ()
    assert years_without_joint_leave(first_year=2027, last_year=2029, overrides=None) == (2028, 2029)


def test_cuti_bersama_is_known_as_such_whatever_it_is_called(file_of):
    office = a_calendar(
        file_of("""\
            added:
              - {date: 2026-12-28, name: Natal, decree: SKB, joint_leave: true}
              - {date: 2026-12-09, name: Cuti Bersama Pilkada, decree: Keppres}
            removed:
              - {date: 2026-12-24, decree: SKB}
            """)
    )

    assert date(2026, 3, 20) in office.joint_leave
    assert date(2026, 12, 28) in office.joint_leave
    assert not office.joint_leave & {date(2026, 12, 25), date(2026, 12, 9), date(2026, 12, 24)}


def test_only_an_added_joint_leave_makes_its_year_known(file_of):
    overrides = file_of("""\
        added:
          - {date: 2028-01-27, name: Cuti Bersama, decree: SKB 2028, joint_leave: true}
          - {date: 2029-02-14, name: Pemilu, decree: Keppres 2029}
        """)

    assert years_without_joint_leave(first_year=2028, last_year=2029, overrides=overrides) == (2029,)


def test_the_office_logs_at_its_start_what_may_be_wrong_with_its_calendar(file_of):
    overrides = file_of("removed:\n  - {date: 2027-12-23, decree: SKB}\n")
    settings = Settings(_env_file=None, holidays_file=overrides)

    with capture_logs() as lines:
        assembly.working_calendar(settings, datetime(2027, 10, 1, tzinfo=UTC))

    assert [line["reason"].removeprefix(f"{overrides}:") for line in lines] == [
        "no cuti bersama is known for 2028: its limits may move; name the decree's days in ALUR_HOLIDAYS_FILE",
        "2: 2027-12-23 is removed, but it is no day off",
    ]


def test_until_october_nobody_waits_for_the_next_years_decree():
    with capture_logs() as lines:
        assembly.working_calendar(Settings(_env_file=None), datetime(2027, 9, 30, tzinfo=UTC))

    assert lines == []
