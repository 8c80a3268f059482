"""A start reads no case while the calendar is the one by which they were counted; else all are counted, some at a time."""

from dataclasses import replace
from datetime import date

import pytest

from alur.services.clock import recount, year
from alur.storage import cases
from jobs.recount import recount_where_changed
from tests.factories import SOP, a_calendar, only_task
from tests.services.house import a_procedure
from tests.workflow.walk import wib

MANY = 7


@pytest.fixture
def running(house, people):
    return [house.open(a_procedure(SOP, number), people.tata_usaha)[0] for number in range(MANY)]


def dues(house, running):
    return {only_task(house.case(number)).due for number in running}


async def test_the_first_start_counts_all_and_the_next_one_reads_none(house, running, read):
    assert await recount_where_changed(house) == 0
    assert set(read) == set(running)
    read.clear()

    house.calendar = replace(house.calendar)
    assert await recount_where_changed(house) == 0
    house.transact(year.keep_in_step)
    assert read == []


async def test_a_decree_moves_every_limit_once_some_cases_at_a_time(house, running, monkeypatch):
    await recount_where_changed(house)
    monkeypatch.setattr(recount, "PAGE", 3)
    pages, page = [], cases.unfinished_after

    def noted(*args):
        pages.append(len(found := page(*args)))
        return found

    monkeypatch.setattr(cases, "unfinished_after", noted)
    house.calendar = a_calendar(days_off={date(2026, 11, 3): "Cuti bersama"})

    assert [await recount_where_changed(house) for _ in range(2)] == [MANY, 0]
    assert dues(house, running) == {wib("2026-11-04 16:00")}
    assert len(house.told("deadline_moved")) == MANY
    assert pages == [3, 3, 1]


async def test_what_a_kill_left_uncounted_is_counted_at_the_next_start_and_nobody_is_told_twice(
    house, running, monkeypatch
):
    await recount_where_changed(house)
    monkeypatch.setattr(recount, "PAGE", 3)
    house.calendar = a_calendar(days_off={date(2026, 11, 3): "Cuti bersama"})
    whole, done = recount.recount, []

    def killed(work, after):
        if done:
            raise KeyboardInterrupt
        done.append(after)
        return whole(work, after)

    with monkeypatch.context() as patch:
        patch.setattr(recount, "recount", killed)
        with pytest.raises(KeyboardInterrupt):
            await recount_where_changed(house)

    assert await recount_where_changed(house) == MANY - 3
    assert dues(house, running) == {wib("2026-11-04 16:00")}
    assert len(house.told("deadline_moved")) == MANY


async def test_a_new_year_s_calendar_reads_no_case_and_its_own_decree_does(house, running, read):
    await recount_where_changed(house)
    read.clear()
    house.calendar = replace(house.calendar, first_year=2026, last_year=2029)
    assert await recount_where_changed(house) == 0
    assert read == []

    house.calendar = replace(house.calendar, days_off={date(2029, 5, 3): "Cuti bersama"})
    assert await recount_where_changed(house) == 0
    assert set(read) == set(running)


async def test_a_calendar_that_is_put_back_counts_again(house, running):
    await recount_where_changed(house)
    first = house.calendar
    house.calendar = a_calendar(days_off={date(2026, 11, 3): "Cuti bersama"})
    await recount_where_changed(house)

    house.calendar = first
    assert await recount_where_changed(house) == MANY
    assert dues(house, running) == {wib("2026-11-03 16:00")}
