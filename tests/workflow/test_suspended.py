"""A case that stands still, goes on, or is called off: who may do it, what may be done meanwhile, and which limits follow.
14 December 2026 is a Monday.
"""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alur.workflow.apply import replay
from alur.workflow.calendar import Season, WorkWeek
from alur.workflow.case import Case, Outcome
from alur.workflow.engine import decide
from alur.workflow.engine.acts import RULES
from alur.workflow.engine.deadlines import present_limits
from alur.workflow.errors import (
    AlreadyResumed,
    CaseIsCancelled,
    CaseIsSuspended,
    CaseOver,
    DecisionHeld,
    FileSuspended,
    NotHolder,
    ReasonMissing,
    Unknown,
)
from alur.workflow.inlets import letters
from alur.workflow.presses import On
from tests import acts
from tests.factories import (
    ADMIN,
    ANALIS,
    BIRO,
    CALENDAR,
    KABAG,
    MEMO,
    SARI,
    SEKRETARIS,
    TU,
    Walk,
    a_calendar,
    a_file,
    an_office,
    walked,
)
from tests.workflow.walk import Play, walk_to, wib

REASON = "Menunggu arahan pimpinan."
FRIDAY, MONDAY = "2026-12-11 15:00", "2026-12-14 09:00"


def suspend(by=KABAG, reason=REASON):
    return acts.SuspendCase(by=by, reason=reason)


def resume(by=KABAG):
    return acts.ResumeCase(by=by)


def cancel(by=KABAG, reason=REASON):
    return acts.CancelCase(by=by, reason=reason)


def drafting(landed="2026-12-09 09:00", *, office=None):
    """Step 5 lies before the Analis, with three working days: what lands on Wednesday the 9th is due on Monday the 14th."""
    play = walk_to(4, office=office, at=wib("2026-11-02 09:00"))
    play.bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG)
    play.on(landed).meet()
    assert play.place == (5, 0)
    return play


def due(play):
    return f"{play.task.due:%Y-%m-%d %H:%M}" if play.task.due else None


def paused(play, held, resumed):
    return play.on(held).do(suspend()).on(resumed).do(resume())


@pytest.mark.parametrize(
    ("held", "resumed", "then"),
    [
        (FRIDAY, MONDAY, "2026-12-15 16:00"),
        ("2026-12-10 09:00", "2026-12-10 09:01", "2026-12-15 16:00"),
        ("2026-12-10 09:00", "2026-12-10 09:00:59", "2026-12-14 16:00"),  # a slip
        ("2026-12-10 16:00", "2026-12-11 07:30", "2026-12-14 16:00"),  # a night
        ("2026-12-11 16:30", MONDAY[:11] + "07:30", "2026-12-14 16:00"),  # a weekend
        ("2026-12-12 10:00", "2026-12-13 10:00", "2026-12-14 16:00"),
        ("2026-12-10 07:30", "2026-12-11 07:30", "2026-12-15 16:00"),  # exactly a day
        ("2026-12-10 07:30", "2026-12-11 07:31", "2026-12-16 16:00"),
        ("2026-12-16 09:00", "2026-12-17 09:00", "2026-12-15 16:00"),  # overdue already
    ],
)
def test_the_working_time_that_stood_still_is_given_back_rounded_up_to_closing(held, resumed, then):
    play = drafting()
    assert due(play) == "2026-12-14 16:00"
    paused(play, held, resumed)
    assert due(play) == then
    assert play.case.round(5).due == play.task.due
    assert play.case.suspension is None


def test_days_off_are_not_lost_and_ramadan_has_fewer_hours():
    christmas = a_calendar(days_off={date(2026, 12, 24): "Cuti bersama", date(2026, 12, 25): "Hari Raya Natal"})
    play = drafting("2026-12-18 09:00", office=an_office(calendar=christmas))
    assert due(play) == "2026-12-23 16:00"
    paused(play, "2026-12-23 15:00", "2026-12-28 08:00")
    assert due(play) == "2026-12-28 16:00"  # an hour and a half
    ramadan = Season(first=date(2026, 12, 1), last=date(2026, 12, 31))
    play = drafting(office=an_office(calendar=a_calendar(week=WorkWeek(seasons=(ramadan,)))))
    assert due(play) == "2026-12-14 15:00"
    paused(play, "2026-12-10 08:00", "2026-12-11 08:00")
    assert due(play) == "2026-12-15 15:00"


def test_stretches_and_granted_days_add_up_in_their_order():
    play = paused(drafting(), FRIDAY, MONDAY)
    paused(play, "2026-12-15 09:00", "2026-12-15 10:00")
    assert due(play) == "2026-12-16 16:00"
    play.hinder(ANALIS).grant(KABAG, days=1)
    assert due(play) == "2026-12-17 16:00"
    paused(play, "2026-12-16 09:00", "2026-12-17 09:00")
    assert due(play) == "2026-12-18 16:30"
    holiday = a_calendar(days_off={date(2026, 12, 10): "Cuti bersama"})
    play.office = replace(play.office, calendar=holiday)
    play.do(acts.Recount(by=0, task=play.task.id))
    assert due(play) == "2026-12-21 16:00"  # and a changed calendar keeps all of it


def test_of_a_meeting_only_what_lies_after_it_is_given_back():
    play = walk_to(8, at=wib("2026-11-02 09:00"))
    play.on("2026-12-01 09:00").schedule(ANALIS, 8, starts=wib("2026-12-10 09:00"))
    assert due(play) == "2026-12-11 16:30"
    paused(play, "2026-12-02 09:00", "2026-12-03 09:00")
    assert due(play) == "2026-12-11 16:30"
    paused(play, "2026-12-09 09:00", "2026-12-10 10:00")
    assert due(play) == "2026-12-14 16:00"  # the hour after it began
    waiting = walk_to(8, at=wib("2026-11-02 09:00"))
    paused(waiting, "2026-12-02 09:00", "2026-12-03 09:00")
    assert due(waiting) is None
    waiting.schedule(ANALIS, 8, starts=wib("2026-12-10 09:00"))
    assert due(waiting) == "2026-12-11 16:30"


def test_a_later_task_of_the_round_has_what_was_given_before_it():
    play = walk_to(1, 0, at=wib("2026-12-11 09:00"))
    assert due(play) == "2026-12-14 16:00"
    paused(play, FRIDAY, MONDAY)
    play.on("2026-12-14 10:00").dispose(SEKRETARIS)
    assert play.place == (1, 1)
    assert due(play) == "2026-12-15 16:00"
    paused(play, "2026-12-14 11:00", "2026-12-14 12:00")
    assert due(play) == "2026-12-16 16:00"


def test_desks_that_are_open_together_are_each_given_it_and_the_round_ends_with_the_latest():
    walk = Walk(sop=MEMO).open(way=2)
    walk.upload(ANALIS, "konsep").submit()
    desks = walk.case.open_tasks
    walk.do(acts.ReportObstacle(by=TU, task=walk.task_of(TU).id, reason=REASON)).grant(KABAG)
    before = {task.id: task.due for task in walk.case.open_tasks}
    walk.do(suspend(ADMIN)).do(resume(ADMIN))
    after = {task.id: task.due for task in walk.case.open_tasks}
    assert len(desks) == 3
    assert all(after[number] > before[number] for number in after)
    assert walk.case.round(desks[0].step).due == max(after.values())


DAYS = st.integers(0, 40 * 24 * 60)
ROUND = st.sampled_from([0, 30, 60, 8 * 60])


@given(DAYS, DAYS, st.booleans())
@settings(max_examples=80, deadline=None)
def test_no_limit_is_ever_earlier_than_before_and_each_is_a_closing(start, length, is_twice):
    play = STARTED.copy()
    was = play.task.due
    held = play.at + timedelta(minutes=start)
    for nth in range(1 + is_twice):
        play.at = held + timedelta(minutes=nth * (length + 60)) - play.pace
        play.do(suspend())
        play.at += timedelta(minutes=length) - play.pace
        play.do(resume())
        assert play.task.due >= was
        assert play.task.due == CALENDAR.closing(play.task.due.date())
        assert play.task.due == present_limits(play.s, play.task).of_task
        was = play.task.due


STARTED = drafting()


def test_a_resumption_that_is_applied_after_an_outage_gives_that_time_back_too():
    play = drafting().on(FRIDAY).do(suspend()).on("2026-12-11 16:00", applied=MONDAY).do(resume())
    assert due(play) == "2026-12-15 16:00"


# Who may, and when


def test_who_may_hold_a_case_lets_it_stand_and_go_on_and_others_read_whose_that_is():
    for by in (KABAG, SEKRETARIS, ADMIN):
        play = drafting().do(suspend(by)).do(resume(by)).do(cancel(by))
        assert play.case.cancellation.by.member == by
    for by in (ANALIS, TU, SARI, BIRO):
        for act in (suspend(by), resume(by), cancel(by)):
            assert isinstance(drafting().refusal(act), NotHolder)


@pytest.mark.parametrize("make", [suspend, cancel])
@pytest.mark.parametrize("reason", ["", "   ", "cuma"])
def test_a_reason_has_at_least_five_characters(make, reason):
    assert isinstance(drafting().refusal(make(reason=reason)), ReasonMissing)


def test_a_second_tap_and_a_colleagues_read_who_and_when():
    play = drafting()
    assert isinstance(play.refusal(resume()), Unknown)  # no button of ours
    play.on(FRIDAY).do(suspend())
    refusal = play.refusal(suspend(SEKRETARIS))
    assert (type(refusal), refusal.facts["by"], refusal.facts["at"]) == (CaseIsSuspended, "Dewi Lestari", wib(FRIDAY))
    play.on(MONDAY).do(resume(SEKRETARIS))
    refusal = play.refusal(resume())
    assert (type(refusal), refusal.facts["by"], refusal.facts["at"]) == (AlreadyResumed, "Hartono", wib(MONDAY))
    play.do(cancel())
    for act in (suspend(), resume(), cancel(ADMIN)):
        assert isinstance(play.refusal(act), CaseIsCancelled)


def test_what_is_finished_is_neither_held_nor_called_off():
    done = walked(99)
    assert {type(done.refusal(act)) for act in (suspend(), resume(), cancel())} == {CaseOver}


def test_nothing_overtakes_a_held_decision():
    walk = walked(6)
    act = acts.Approve(by=KABAG, task=walk.task.id, revision=walk.task.revision)
    walk.case = replay(decide(walk.sop, walk.case, act, walk.at, walk.office, undo=timedelta(20)).events, walk.case)
    for made in (suspend(), cancel()):
        assert isinstance(walk.refusal(made), DecisionHeld)


# What may be done meanwhile


def test_while_it_stands_still_nothing_moves_but_what_adds_a_paper_or_an_answer():
    play = walk_to(9).ask(ANALIS, "kabag_umum").do(suspend())
    for act in (
        acts.Upload(by=ANALIS, document="konsep_nota_dinas_laporan", file=a_file("baru.docx")),
        acts.Ask(by=ANALIS, task=play.task.id, to_role="kabag_umum", text="Sudah lengkap?"),
        acts.ScheduleMeeting(by=KABAG, step=8, starts=play.at, place="Aula"),
        acts.ReportObstacle(by=ANALIS, task=play.task.id, reason=REASON),
        acts.NudgeDesk(by=KABAG, task=play.task.id),
        acts.Submit(by=ANALIS, task=play.task.id, revision=play.task.revision),
        acts.Recount(by=0, task=play.task.id),
    ):
        assert isinstance(play.refusal(act), CaseIsSuspended), act
    play.reply(KABAG, 1).nadine(ANALIS, "nota_dinas_rapat")
    play.upload(ANALIS, "nota_dinas_rapat", "nota.pdf", signed=True)
    offered = {
        rule.name for rule in RULES if rule.row is not None and rule.offers(play.s, ANALIS, On(task=play.task.id))
    }
    assert offered == set()


def test_a_file_for_a_step_that_stands_still_is_refused_with_that_reason():
    play = walk_to(5).do(suspend())
    file = acts.Upload(by=ANALIS, document="konsep_nota_dinas_rapat", file=a_file("konsep.docx"))
    assert type(play.refusal(file)) is FileSuspended
    assert play.do(resume()).refusal(file) is None


# Called off


def test_a_case_that_is_called_off_closes_its_tasks_and_its_meetings_and_takes_nothing_more():
    play = (
        walk_to(4).schedule(KABAG, 4, starts=wib("2026-12-20 09:00")).schedule(KABAG, 8, starts=wib("2026-01-05 09:00"))
    )
    play.do(cancel())
    case = play.case
    assert [task.closing.outcome for task in case.tasks if task.closing.at == play.at] == [Outcome.CANCELLED]
    assert case.open_tasks == ()
    assert case.finished_at == case.cancellation.at == play.at
    assert case.meeting(4) is None
    assert case.meeting(8) is not None  # it has been
    assert Case.model_validate_json(case.model_dump_json()) == replay(play.events) == case
    ended = walk_to(9).do(cancel())
    assert letters(ended.sop, ended.case) == ()
    signed = acts.Upload(by=ANALIS, document="nota_dinas_rapat", file=a_file("nota.pdf"), signed=True)
    for act in (signed, acts.RecordNadine(by=ANALIS, document="nota_dinas_rapat", number="1")):
        assert isinstance(ended.refusal(act), CaseIsCancelled)


def test_one_that_stands_still_can_be_called_off():
    play = drafting().do(suspend()).do(cancel(SEKRETARIS))
    assert play.case.task(play.case.tasks[-1].id).closing.outcome is Outcome.CANCELLED
    assert isinstance(play.refusal(resume()), CaseIsCancelled)


def test_the_walk_of_these_tests_is_what_the_trail_says():
    play = paused(Play(at=wib("2026-12-09 09:00")).open(), FRIDAY, MONDAY)
    assert replay(play.events) == play.case
