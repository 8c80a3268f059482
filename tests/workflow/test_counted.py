"""What makes open limits be counted anew: another day, another hour, another rule; not another year."""

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from alur.workflow import counted
from alur.workflow.calendar import Hours, Season, WorkWeek
from alur.workflow.counted import has_changed, mark_of
from tests.factories import a_calendar

KNOWN = mark_of(a_calendar())
RAMADAN = Season(first=date(2027, 2, 8), last=date(2027, 3, 9))


def test_nothing_was_counted_before_there_was_a_mark():
    assert has_changed(None, KNOWN)
    assert not has_changed(KNOWN, KNOWN)
    assert not has_changed(KNOWN, mark_of(a_calendar()))


@pytest.mark.parametrize(
    "changes",
    [
        {"days_off": {date(2026, 11, 3): "Cuti bersama"}},
        {"week": WorkWeek(seasons=(RAMADAN,))},
        {"week": WorkWeek(friday=Hours(opening=time(7, 30), closing=time(16)))},
        {"count_receipt_day": True},
        {"zone": ZoneInfo("Asia/Jayapura")},
    ],
)
def test_every_day_and_hour_counts(changes):
    assert has_changed(KNOWN, mark_of(a_calendar(**changes)))


def test_a_reason_of_a_day_off_and_an_idle_saturday_change_nothing():
    known = mark_of(a_calendar(days_off={date(2026, 11, 3): "Libur"}))
    assert not has_changed(known, mark_of(a_calendar(days_off={date(2026, 11, 3): "Cuti", date(2026, 11, 7): "Libur"})))


def test_a_new_year_alone_moves_nothing_and_what_changed_with_it_does():
    of_next_year = replace(a_calendar(), first_year=2026, last_year=2029)
    assert not has_changed(KNOWN, mark_of(of_next_year))
    other = replace(of_next_year, days_off={date(2028, 5, 3): "Cuti bersama"})
    assert has_changed(KNOWN, mark_of(other))
    beyond = replace(of_next_year, days_off={date(2029, 5, 3): "Cuti bersama"})
    assert not has_changed(KNOWN, mark_of(beyond))


def test_another_rule_counts_everything_anew(monkeypatch):
    monkeypatch.setattr(counted, "RULES", counted.RULES + 1)
    assert has_changed(KNOWN, mark_of(a_calendar()))
