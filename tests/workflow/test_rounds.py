"""How long each step took: the round from its landing to its last decision, held against the limits that the engine set."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alur.workflow.record.passages import passages
from alur.workflow.record.rounds import Course, rounds
from tests import acts
from tests.factories import ANALIS, KABAG, OUTSIDER, SEKRETARIS, a_calendar, an_office, walked
from tests.workflow.walk import STRAIGHT, Play, walk_to, wib


def of(play, step, number=1):
    return next(item for item in rounds(play.s) if (item.step, item.number) == (step, number))


def landed_at(step, index=0, at="2026-11-02 08:00"):
    """A case that came to that step on one morning, a Monday."""
    play = Play(at=wib(at), pace=timedelta(minutes=1)).open()
    for place, move in STRAIGHT.items():
        if place == (step, index):
            play.pace = timedelta(hours=1)
            return play
        move(play)
    raise AssertionError(step)


def days(play, step, number=1):
    found = of(play, step, number).days
    return found.used, found.limit, found.waited


def test_a_step_of_two_desks_is_one_round_from_the_first_landing_to_the_last_decision():
    play = Play(at=wib("2026-11-02 08:00")).open()  # Monday
    play.on("2026-11-03 10:00").dispose(SEKRETARIS)
    assert of(play, 1).course is Course.RUNNING
    play.on("2026-11-05 10:00").dispose(KABAG)
    assert days(play, 1) == (3, 1, 0)
    assert of(play, 1).is_late
    assert [item.used for item in passages(play.s)[:2]] == [1, 2]  # each desk its own


def test_a_return_is_a_round_that_ended_and_the_step_that_is_redone_begins_another():
    play = landed_at(6)
    play.on("2026-11-04 09:00").send_back(KABAG)
    assert (of(play, 6).course, of(play, 6).is_return, days(play, 6)[0]) == (Course.DONE, True, 2)
    play.on("2026-11-05 09:00").bring("konsep_nota_dinas_rapat").submit()
    assert days(play, 5, 2) == (1, 3, 0)
    play.on("2026-11-06 09:00").approve(KABAG)
    assert (of(play, 6, 2).is_return, days(play, 6, 2)) == (False, (1, 1, 0))


def test_the_wait_for_an_outside_date_is_none_of_the_steps_days():
    play = landed_at(8)
    play.on("2026-11-05 09:00").schedule(ANALIS, 8, starts=wib("2026-11-12 09:00"))
    play.on("2026-11-13 09:00").bring("notula_validasi", "data_validasi").meet()
    found = of(play, 8)
    assert days(play, 8) == (1, 1, 8)  # from Monday 2 to Thursday 12 November eight days, then one
    assert (found.awaited, found.is_late) == ("biro_sdm", False)


def test_a_meeting_without_a_date_waits_and_has_used_nothing():
    play = landed_at(8)
    play.at += timedelta(days=7)
    assert (of(play, 8).course, days(play, 8), of(play, 8).is_late) == (Course.RUNNING, (0, 1, 5), False)


def test_granted_days_are_added_to_the_limit_and_not_taken_from_what_was_used():
    play = landed_at(5)
    play.on("2026-11-04 09:00").hinder(ANALIS).grant(KABAG, days=2)
    play.on("2026-11-09 09:00").bring("konsep_nota_dinas_rapat", "data_awal").submit()
    assert days(play, 5) == (5, 5, 0)
    assert (of(play, 5).granted, of(play, 5).is_late) == (2, False)


def test_a_stretch_in_which_the_case_stood_still_is_nobodys():
    play = landed_at(5)
    play.on("2026-11-03 09:00").suspend()
    play.on("2026-11-10 09:00").resume()
    play.on("2026-11-11 09:00").bring("konsep_nota_dinas_rapat", "data_awal").submit()
    assert days(play, 5) == (2, 3, 0)
    assert not of(play, 5).is_late


def test_a_case_that_stands_still_does_not_grow_late():
    play = landed_at(5)
    play.on("2026-11-03 09:00").suspend()
    play.at = wib("2026-11-30 09:00")
    assert (days(play, 5)[0], of(play, 5).is_late) == (1, False)
    assert not passages(play.s)[-1].is_late


def test_a_decision_on_paper_counts_as_of_its_sheet():
    play = landed_at(6)
    play.at = wib("2026-11-09 09:00")
    play.record(signer=OUTSIDER, kind=acts.Approve, dated=date(2026, 11, 3))
    assert (of(play, 6).on_paper, days(play, 6)[0], of(play, 6).is_late) == (1, 1, False)


def test_a_decision_that_can_still_be_withdrawn_is_not_done():
    walk = walked(6).holding().approve(KABAG)
    assert of(walk, 6).course is Course.RUNNING
    walk.until(walk.at + timedelta(days=4)).hand_on()
    assert (of(walk, 6).course, days(walk, 6)[0]) == (Course.DONE, 0)  # the press counts, not the handing on


def test_what_ended_as_an_earlier_step_was_opened_again_was_not_done():
    play = landed_at(9)
    play.reopen(6)
    found = of(play, 9)
    assert (found.course, found.days, found.is_late) == (Course.BROKEN, None, False)
    assert of(play, 6, 2).course is Course.RUNNING


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_a_meeting_that_gets_another_date_when_its_step_is_done_again_leaves_the_first_round_as_it_was(is_cancelled):
    play = landed_at(4)
    assert play.case.meeting(4).starts == wib("2026-11-12 09:30")
    play.on("2026-11-16 10:00").bring("notula_rekonsiliasi").bring("pemutakhiran_data", by=KABAG).meet()
    before, card = days(play, 4), passages(play.s)[5]
    assert (card.task.step, card.used, *before) == (4, 2, 2, 1, 8)
    play.reopen(4)
    play.on("2026-12-01 09:00")
    if is_cancelled:
        play.schedule(ANALIS, 4, starts=wib("2026-12-07 09:00")).call_off()
    else:
        play.schedule(ANALIS, 4, starts=wib("2026-12-07 09:00"))
    assert days(play, 4) == before
    again = passages(play.s)[5]
    assert (again.used, again.waited) == (card.used, card.waited)


def test_days_of_a_year_that_the_calendar_does_not_cover_are_not_told():
    play = walk_to(6)
    late = replace(play.s, office=an_office(calendar=a_calendar(first_year=2027)))
    assert {item.days for item in rounds(late)} == {None}
    assert of(play, 5).days is not None


HOURS = st.lists(st.integers(1, 90), min_size=len(STRAIGHT), max_size=len(STRAIGHT))


@settings(max_examples=40, deadline=None)
@given(HOURS, st.booleans(), st.data())
def test_a_round_is_late_exactly_where_it_used_more_than_its_limit(hours, counts_receipt_day, data):
    calendar = a_calendar(count_receipt_day=counts_receipt_day)
    play = Play(office=an_office(calendar=calendar), at=wib("2026-11-02 09:00")).open()
    for pause, (place, move) in zip(hours, STRAIGHT.items(), strict=True):
        play.pace = timedelta(hours=pause)
        if data.draw(st.integers(0, 5)) == 0:
            play.suspend().resume()
        if place == (5, 0) and data.draw(st.booleans()):
            play.hinder(ANALIS).grant(KABAG, days=data.draw(st.integers(1, 3)))
        move(play)
        found = rounds(play.s)
        assert len(found) == len(play.case.rounds)
        for item in found:
            assert item.is_late == (item.days.used > item.days.limit), item
            assert min(item.days.used, item.days.waited) >= 0
