"""How long each desk had a case, held against the limits that the engine set."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from alur.workflow.record.passages import Standing, passages
from tests.factories import START, an_office
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
                assert item.is_late == (item.used > item.limit)
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
