"""A tick fires each timer once, whatever falls over in between, and tells what still matters."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import OperationalError

from alur.services.clock import firing
from alur.storage import notices, timers
from alur.storage.database import Database
from alur.workflow.case import Attendance
from alur.workflow.errors import AlurError
from jobs.due_timers import fire_due_timers
from tests import acts
from tests.factories import SOP, a_calendar, a_file, only_task
from tests.services.house import House, a_procedure
from tests.workflow.walk import wib


def dispose(house, case_id, by):
    task = only_task(house.case(case_id))
    act = acts.Dispose(by=by, task=task.id, revision=task.revision, text="Tindak lanjuti.")
    decision = house.act(case_id, act)
    assert decision.refusal is None, decision.refusal


async def at(house, moment):
    house.now = wib(moment)
    return await house.tick()


def said(house):
    return [
        (item.member, f"{item.moment:%a %d %H:%M}", *(line.occasion.value for _, line in item.lines))
        for item in house.sent
    ]


async def test_each_moment_is_told_once_however_often_the_clock_ticks(house, people, opened):
    for moment in ("2026-11-03 07:29", "2026-11-03 07:30", "2026-11-03 07:31", "2026-11-03 14:00", "2026-11-03 14:01"):
        await at(house, moment)

    assert said(house) == [(people.sekretaris, "Tue 03 07:30", "due"), (people.sekretaris, "Tue 03 14:00", "closing")]


async def test_many_tasks_of_one_person_make_one_message(house, people, opened):
    for number in range(3):
        house.open(a_procedure(SOP, number), people.tata_usaha)

    assert await at(house, "2026-11-03 07:30") == 4
    assert [(item.member, len(item.lines)) for item in house.sent] == [(people.sekretaris, 4)]


async def test_a_task_that_was_done_in_time_is_not_reminded_of(house, people, opened):
    house.now = wib("2026-11-02 15:00")
    dispose(house, opened, people.sekretaris)

    await at(house, "2026-11-03 07:30")

    assert said(house) == [(people.kabag_umum, "Tue 03 07:30", "due")]


async def test_a_task_that_is_done_before_its_message_is_sent_is_not_named(house, people, opened):
    house.now = wib("2026-11-03 07:30")
    await fire_due_timers(house)
    assert len(house.queued()) == 1

    dispose(house, opened, people.sekretaris)
    house.deliver()

    assert house.sent == []
    assert house.queued() == []


async def test_outside_office_hours_nothing_is_fired(house, people, opened):
    for moment in ("2026-11-03 06:00", "2026-11-03 16:01", "2026-11-07 10:00", "2026-11-09 07:29:59"):
        assert await at(house, moment) == 0


async def test_after_a_weekend_only_what_matters_on_monday_is_said_once(house, people, opened):
    """Down from Monday on, back on the Monday after: the due day and four days over the limit were missed."""
    assert await at(house, "2026-11-09 09:10") > 0

    assert said(house) == [
        (people.kabag_umum, "Fri 06 07:30", "overdue"),
        (people.admin, "Fri 06 07:30", "overdue"),
        (people.sekretaris, "Mon 09 07:30", "overdue"),
    ]
    assert await at(house, "2026-11-09 09:11") == 0


async def test_a_message_that_waited_for_telegram_gives_way_to_the_next(house, people, opened):
    for moment in ("2026-11-03 07:30", "2026-11-03 14:00", "2026-11-04 07:30"):
        house.now = wib(moment)
        await fire_due_timers(house)
    assert len(house.queued()) == 4  # three of the Sekretaris, one of the Kabag who hears of the first day

    house.now = wib("2026-11-04 08:00")
    house.deliver()

    assert sorted(said(house)) == sorted(
        [(people.sekretaris, "Wed 04 07:30", "overdue"), (people.kabag_umum, "Wed 04 07:30", "overdue")]
    )


async def test_whoever_blocked_the_bot_is_told_nothing_and_after_his_return_what_comes_then(house, people, opened):
    house.blocked.add(people.sekretaris)
    await at(house, "2026-11-03 07:30")
    await at(house, "2026-11-03 14:00")
    assert (house.sent, house.queued()) == ([], [])

    house.come_back(people.sekretaris)
    await at(house, "2026-11-04 07:30")

    assert said(house)[0] == (people.sekretaris, "Wed 04 07:30", "overdue")
    assert len(house.told("hand_over")) == 2  # to Tata Usaha and the administrator


# --- What falls over


class Killed(BaseException):
    """The process is gone: nothing of ours catches it."""


@pytest.mark.parametrize("where", ["add_once", "move"])
async def test_a_kill_between_claim_and_commit_leaves_no_gap_and_no_double(house, people, opened, monkeypatch, where):
    house.now = wib("2026-11-03 07:30")
    real = getattr(notices if where == "add_once" else timers, where)

    def killed(*args, **values):
        real(*args, **values)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(notices if where == "add_once" else timers, where, killed)
        with pytest.raises(Killed):
            await fire_due_timers(house)
    assert house.queued() == []

    await house.tick()
    await house.tick()

    assert said(house) == [(people.sekretaris, "Tue 03 07:30", "due")]


async def test_a_kill_between_two_timers_tells_both_in_one_message(house, people, opened, monkeypatch):
    other, _ = house.open(a_procedure(SOP, 1), people.tata_usaha)
    house.now = wib("2026-11-03 07:30")
    fire, fired = firing.fire, []

    def once(work, seen):
        if fired:
            raise Killed
        fired.append(seen)
        return fire(work, seen)

    with monkeypatch.context() as patch:
        patch.setattr(firing, "BATCH", 1)
        patch.setattr(firing, "fire", once)
        with pytest.raises(Killed):
            await fire_due_timers(house)
    await house.tick()

    assert [{case for case, _ in item.lines} for item in house.sent] == [{opened, other}]


async def test_a_timer_that_cannot_be_fired_holds_up_no_other(house, people, opened, monkeypatch):
    house.open(a_procedure(SOP, 1), people.tata_usaha)
    house.now = wib("2026-11-03 07:30")
    bad = house.timers(opened)[0].id
    fire = firing.fire

    def fails(work, seen):
        if bad in seen:
            raise AlurError
        return fire(work, seen)

    monkeypatch.setattr(firing, "fire", fails)

    assert await house.tick() == 1
    assert len(house.sent) == 1
    assert house.timers(opened)[0].at == wib("2026-11-03 07:30")


async def test_a_database_that_is_away_ends_the_tick(house, people, opened, monkeypatch):
    house.now = wib("2026-11-03 07:30")
    calls = []

    def away(*_):
        calls.append(1)
        raise OperationalError("", {}, Exception(), connection_invalidated=True)

    with monkeypatch.context() as patch:
        patch.setattr(firing, "fire", away)
        with pytest.raises(OperationalError):
            await fire_due_timers(house)

    assert len(calls) == 1
    assert await house.tick() == 1


async def test_two_processes_that_tick_at_once_fire_each_timer_once(house, people, opened, database_url):
    for number in range(12):
        house.open(a_procedure(SOP, number), people.tata_usaha)
    house.now = wib("2026-11-03 07:30")
    second = Database(database_url)
    twin = House(database=second, calendar=house.calendar, procedures=house.procedures, now=house.now)
    barrier, failed = Barrier(2), []

    def run(one):
        barrier.wait()
        try:
            asyncio.run(fire_due_timers(one))
        except Exception as error:  # noqa: BLE001 - told by the test below
            failed.append(error)

    threads = [Thread(target=run, args=(one,)) for one in (house, twin)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    second.close()
    house.deliver()

    assert failed == []
    assert [(item.member, len(item.lines)) for item in house.sent] == [(people.sekretaris, 13)]
    assert {row.at for case in range(1, 14) for row in house.timers(case)} == {wib("2026-11-03 14:00")}


# --- What changes in between


async def test_more_days_move_the_reminders(house, people, opened):
    await at(house, "2026-11-03 07:30")
    task = only_task(house.case(opened)).id
    house.act(opened, acts.ReportObstacle(by=people.sekretaris, task=task, reason="Masih rapat.", days=1))

    await at(house, "2026-11-03 14:00")
    await at(house, "2026-11-04 07:30")

    assert said(house) == [(people.sekretaris, "Tue 03 07:30", "due"), (people.sekretaris, "Wed 04 07:30", "due")]


async def test_a_case_that_has_no_timer_gets_one_when_the_bot_starts(house, people, opened):
    """A database from before there were timers."""
    with house.database.write() as session:
        for row in timers.of(session, opened):
            timers.end(session, [row.id])

    house.recount()
    await at(house, "2026-11-03 07:30")

    assert said(house) == [(people.sekretaris, "Tue 03 07:30", "due")]


async def test_a_start_with_the_same_calendar_changes_nothing(house, people, opened):
    house.now = wib("2026-11-09 09:00")
    before = (house.case(opened), house.timers(opened))

    assert house.recount() == 0
    assert (house.case(opened), house.timers(opened)) == before


async def test_a_decree_moves_the_limit_and_its_reminders_and_is_told_once(house, people, opened):
    house.calendar = a_calendar(days_off={date(2026, 11, 3): "Cuti bersama"})
    house.now = wib("2026-11-02 12:00")
    assert [house.recount(), house.recount()] == [1, 0]

    for moment in ("2026-11-03 07:30", "2026-11-03 14:00", "2026-11-04 07:30"):
        await at(house, moment)

    assert [row.member_id for row in house.told("deadline_moved")] == [people.sekretaris]
    assert said(house) == [(people.sekretaris, "Wed 04 07:30", "due")]


async def test_units_hear_of_each_later_limit_of_what_they_were_asked_to_do(house, people):
    """First a decree takes a day off, then the Kabag grants the Analis one more."""
    case_id = invited(house, people, starts="2026-11-02 10:00")
    house.now = wib("2026-11-02 11:00")
    for move in (
        *(bring(people.analis_sdm, document) for document in ("notula_rekonsiliasi", "pemutakhiran_data")),
        lambda on: acts.CloseMeeting(by=people.kabag_umum, **on),
    ):
        do(house, case_id, move)
    house.calendar = a_calendar(days_off={date(2026, 11, 4): "Cuti bersama"})
    house.recount()
    do(
        house,
        case_id,
        lambda on: acts.ReportObstacle(by=people.analis_sdm, task=on["task"], reason="Data belum lengkap."),
    )
    do(house, case_id, lambda _: acts.GrantDays(by=people.kabag_umum, obstacle=1, days=1))

    told = [(row.member_id, row.about["step"], row.about["was"][:10]) for row in house.told("follow_up_moved")]
    assert told == [(people.unit_terkait, 4, "2026-11-05"), (people.unit_terkait, 4, "2026-11-06")]


async def test_on_a_day_that_a_decree_gives_back_people_are_reminded(house, people):
    """The overdue desk's next moment was on Friday; now Thursday is worked."""
    house.calendar = a_calendar(days_off={date(2026, 11, 5): "Cuti bersama"})
    house.open(house.procedures[0], people.tata_usaha)
    await at(house, "2026-11-04 07:30")
    told = len(house.sent)

    house.calendar, house.now = a_calendar(), wib("2026-11-04 16:31")
    house.recount()
    await at(house, "2026-11-05 07:30")

    assert [(item.member, item.moment) for item in house.sent[told:]] == [(people.sekretaris, wib("2026-11-05 07:30"))]


async def test_other_hours_from_today_on_remind_nobody_twice(house, people, opened):
    """The overdue desk heard at half past seven; from ten on the office of that day opens at eight."""
    from alur.workflow.calendar import Season, WorkWeek

    await at(house, "2026-11-04 07:30")
    told = len(house.sent)
    season = Season(first=date(2026, 11, 4), last=date(2026, 11, 30))
    house.calendar = replace(house.calendar, week=WorkWeek(seasons=(season,)))
    house.now = wib("2026-11-04 10:00")
    house.recount()

    await at(house, "2026-11-04 10:01")
    assert len(house.sent) == told
    await at(house, "2026-11-05 08:00")
    assert [item.moment for item in house.sent[told:]] == [wib("2026-11-05 08:00")]


async def test_an_act_between_the_moment_and_the_tick_takes_no_reminder_away(house, people):
    """Somebody answers the invitation in the seconds before the tick; the other is still reminded, an hour before."""
    second = house.enrol("Joko S", "unit_terkait", unit="Direktorat Teknik")
    case_id = invited(house, people, starts="2026-11-12 09:30")
    await at(house, "2026-11-12 07:30")
    told = len(house.sent)

    house.now = wib("2026-11-12 08:30")
    task = only_task(house.case(case_id)).id
    house.act(case_id, acts.AnswerInvitation(by=people.unit_terkait, task=task, attendance=Attendance.ABSENT))
    await house.tick()

    reminded = (people.kabag_umum, people.analis_sdm, second.id)
    assert [(item.member, item.moment) for item in house.sent[told:]] == [
        (member, wib("2026-11-12 08:30")) for member in reminded
    ]


async def test_a_meeting_that_was_slept_through_is_not_reminded_of(house, people):
    invited(house, people, starts="2026-11-12 09:30")

    await at(house, "2026-11-12 10:31")

    assert people.unit_terkait not in {item.member for item in house.sent}


async def test_a_meeting_that_moves_is_named_on_its_new_day_only(house, people):
    case_id = invited(house, people, starts="2026-11-12 09:30")
    moved = acts.ScheduleMeeting(by=people.kabag_umum, step=4, starts=wib("2026-11-13 09:30"), place="Ruang Rapat")
    house.act(case_id, moved)

    for moment in ("2026-11-12 07:30", "2026-11-12 08:30", "2026-11-13 07:30", "2026-11-13 08:30"):
        await at(house, moment)

    named = [item.moment for item in house.sent if item.member == people.unit_terkait]
    # The opening of the 12th is the working day before.
    assert named == [wib("2026-11-12 07:30"), wib("2026-11-13 07:30"), wib("2026-11-13 08:30")]


def invited(house, people, *, starts):
    """A case whose meeting is called for then, by acts at the present moment."""
    case_id, _ = house.open(house.procedures[0], people.tata_usaha)
    for move in (
        lambda on: acts.Dispose(by=people.sekretaris, text="Tindak lanjuti.", **on),
        lambda on: acts.Dispose(by=people.kabag_umum, text="Tindak lanjuti.", **on),
        *(bring(people.analis_sdm, document) for document in ("data_capaian", "konsep_undangan")),
        lambda on: acts.Submit(by=people.analis_sdm, **on),
        lambda on: acts.Dispose(by=people.kabag_umum, text="Tindak lanjuti.", **on),
        bring(people.analis_sdm, "undangan"),
        lambda _: acts.ScheduleMeeting(by=people.analis_sdm, step=4, starts=wib(starts), place="Ruang Rapat"),
        lambda on: acts.Submit(by=people.analis_sdm, **on),
    ):
        do(house, case_id, move)
    return case_id


def do(house, case_id, move):
    """An act of somebody on the open task, made from its number and revision."""
    task = only_task(house.case(case_id))
    decision = house.act(case_id, move({"task": task.id, "revision": task.revision}))
    assert decision.refusal is None, decision.refusal


def bring(by, document):
    return lambda _: acts.Upload(by=by, document=document, file=a_file(f"{document}.docx"))


async def test_the_end_of_a_need_ends_its_timers(house, people, opened):
    dispose(house, opened, people.sekretaris)
    dispose(house, opened, people.kabag_umum)

    assert [row.key for row in house.timers(opened)] == ["task:3"]
    assert house.timers(opened)[0].at == wib("2026-11-04 07:30")
    assert house.timers(opened)[0].at - house.now < timedelta(days=3)
