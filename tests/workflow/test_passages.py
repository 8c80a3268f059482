"""How long each desk had a case, held against the limits that the engine set."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from alur.workflow.record.passages import Standing, passages
from tests.factories import ANALIS, KABAG, START, an_office, walked
from tests.workflow.walk import STRAIGHT, Play

OPEN = {Standing.OPEN, Standing.OVERDUE, Standing.WAITING}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=len(STRAIGHT), max_size=len(STRAIGHT)))
def test_late_is_what_took_more_days_than_the_round_had(hours):
    play = Play(office=an_office(), at=START).open()
    for pause, move in zip(hours, STRAIGHT.values(), strict=True):
        play.pace = timedelta(hours=pause)
        move(play)
        found = passages(play.s)

        assert [item.task for item in found] == list(play.case.tasks)
        for item in found:
            assert (item.standing in OPEN) == item.task.is_open
            assert item.waited >= 0
            if item.used is not None and item.task.index == 0:
                assert item.is_late == (item.used > play.sop.step(item.task.step).working_days)
            if item.task.due and not item.task.is_open:
                assert item.is_late == (item.task.closing.at > item.task.due)


def test_what_waits_for_a_meeting_that_has_no_date_has_used_no_day():
    play = Play(office=an_office(), at=START, pace=timedelta(hours=2)).open()
    for place, move in STRAIGHT.items():
        if place == (8, 0):
            break
        move(play)
    play.at += timedelta(days=7)

    last = passages(play.s)[-1]
    assert (last.standing, last.used, last.waited, last.is_late) == (Standing.WAITING, None, 5, False)


def test_days_that_were_granted_once_the_limit_had_passed_are_told_from_those_granted_before():
    walk = walked(2)
    walk.hinder(ANALIS).grant(KABAG)
    (early,) = (item for item in passages(walk.s) if item.task.step == 2)
    assert (early.granted, early.was_over) == (2, False)

    walk.until(early.task.due + timedelta(days=3)).hinder(ANALIS).grant(KABAG, 2, days=1)
    walk.upload(ANALIS, "data_capaian").upload(ANALIS, "konsep_undangan").submit()
    (late,) = (item for item in passages(walk.s) if item.task.step == 2)
    assert (late.granted, late.was_over, late.is_late) == (3, True, False)
