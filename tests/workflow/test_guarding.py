"""The office guards itself: against codes that are guessed, and against floods."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.workflow.errors import CodesBlocked, InviteRefused
from alur.workflow.office import decide
from alur.workflow.office.events import replay
from alur.workflow.office.guarding import (
    BLOCKED_FOR,
    IDLE_WITHIN,
    MOST_IDLE,
    WRONG_CODES,
    WRONG_WITHIN,
    Recent,
    Stage,
    blocked_until,
)
from alur.workflow.office.joining import Enrol, Invite
from alur.workflow.office.roster import Roster
from alur.workflow.office.situation import OfficeRules
from tests.workflow.walk import wib

NOW = wib("2026-12-01 09:00")
RINA = 7_000_000_001
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def at_minutes(*numbers):
    return tuple(NOW + number * MINUTE for number in numbers)


# --- Codes


def test_the_limits_are_five_codes_an_hour_and_thirty_updates_in_ten_seconds():
    assert (5, timedelta(hours=1), timedelta(hours=1)) == (WRONG_CODES, WRONG_WITHIN, BLOCKED_FOR)
    assert (30, timedelta(seconds=10)) == (MOST_IDLE, IDLE_WITHIN)


def test_five_wrong_codes_within_an_hour_block_for_an_hour_after_the_last():
    wrong, end = at_minutes(0, 10, 20, 30, 59), NOW + 119 * MINUTE

    assert blocked_until(wrong, NOW + 59 * MINUTE) == end
    assert blocked_until(wrong, end - SECOND) == end
    assert blocked_until(wrong, end) is None


@pytest.mark.parametrize("wrong", [(), (0, 1, 2, 3), (0, 20, 40, 50, 60)])
def test_fewer_or_slower_ones_do_not(wrong):
    assert blocked_until(at_minutes(*wrong), NOW + max(wrong, default=0) * MINUTE) is None


def test_one_wrong_code_after_the_block_does_not_block_anew():
    assert blocked_until(at_minutes(0, 0, 0, 0, 0, 60), NOW + 60 * MINUTE) is None


@given(st.lists(st.integers(0, 7200), max_size=40))
def test_whoever_tries_for_ever_has_no_more_than_five_wrong_codes_in_any_hour(seconds):
    """Each try that is not blocked is a wrong code."""
    wrong = []
    for second in sorted(seconds):
        at = NOW + second * SECOND
        if blocked_until(wrong[-WRONG_CODES:], at) is None:
            wrong.append(at)
    for first in wrong:
        assert sum(first <= moment < first + WRONG_WITHIN for moment in wrong) <= WRONG_CODES


RULES = OfficeRules(zone=NOW.tzinfo, roles=("analis_sdm", "tata_usaha", "admin"))


@pytest.fixture
def roster():
    """An invitation that Rina has used, one that stands open, and one that has expired."""
    found = Roster()
    for act in (Invite(role="analis_sdm", name="Rina"), Enrol(account=RINA, invitation=1)):
        found = replay(decide(found, act, NOW, rules=RULES).events, found)
    found = replay(decide(found, Invite(role="tata_usaha", name="Rina"), NOW, rules=RULES).events, found)
    return replay(decide(found, Invite(role="admin", name="Rina"), NOW - timedelta(days=8), rules=RULES).events, found)


@pytest.mark.parametrize("invitation", [2, 3, 9, None])
def test_a_blocked_account_hears_the_same_of_every_code_good_or_not(roster, invitation):
    act = Enrol(account=RINA, invitation=invitation)

    decision = decide(roster, act, NOW + 5 * MINUTE, wrong_codes=at_minutes(0, 1, 2, 3, 4), rules=RULES)

    assert decision.refusal == CodesBlocked(at=NOW + 64 * MINUTE)
    assert decision.events == ()


def test_whoever_sends_his_own_code_again_is_welcome_also_then(roster):
    decision = decide(
        roster, Enrol(account=RINA, invitation=1), NOW, wrong_codes=at_minutes(0, 0, 0, 0, 0), rules=RULES
    )

    assert (decision.events, decision.refusal) == ((), None)


def test_after_the_hour_the_code_is_good(roster):
    act = Enrol(account=RINA, invitation=2)

    assert decide(roster, act, NOW + 64 * MINUTE, wrong_codes=at_minutes(0, 1, 2, 3, 4), rules=RULES).events
    expired = decide(roster, act.model_copy(update={"invitation": 3}), NOW + 64 * MINUTE, rules=RULES)
    assert expired.refusal == InviteRefused(reason="expired")


# --- Floods


def stages(*seconds, recent=None):
    """Of updates that were received at these seconds, in this order."""
    recent, found = recent or Recent(), []
    for number, second in enumerate(seconds, start=1):
        recent = recent.after(number, NOW + second * SECOND)
        found.append(recent.stage(number))
    return found


def test_the_update_after_thirty_begins_a_flood_and_is_answered_alone():
    found = stages(*[0.1 * number for number in range(40)])

    assert found == [Stage.CALM] * 30 + [Stage.BEGINS] + [Stage.LASTS] * 9


def test_thirty_in_ten_seconds_are_none():
    assert set(stages(*[number / 3 for number in range(300)])) == {Stage.CALM}


def test_it_lasts_while_more_comes_and_is_over_after_ten_quiet_seconds():
    storm = [0.1 * number for number in range(100)]

    assert stages(*storm, storm[-1] + 5)[-1] is Stage.LASTS
    assert stages(*storm, storm[-1] + 10)[-1] is Stage.CALM


def test_at_the_limit_itself_its_sender_is_not_told_again_and_again():
    found = stages(*[0.31 * number for number in range(500)])

    assert found.count(Stage.BEGINS) == 1
    assert found[-1] is Stage.LASTS


def test_the_next_flood_is_answered_again():
    first, second = ([start + 0.1 * number for number in range(40)] for start in (0, 60))

    assert stages(*first, *second).count(Stage.BEGINS) == 2


def test_an_update_that_is_tried_again_counts_once_and_is_answered_once_more():
    recent = Recent()
    for number in range(31):
        for _ in range(3):
            recent = recent.after(number, NOW)
    assert recent.stage(30) is Stage.BEGINS
    assert recent.after(31, NOW).stage(31) is Stage.LASTS


def test_what_was_sent_over_a_day_and_comes_at_once_is_no_flood():
    """A message is dated by Telegram."""
    assert set(stages(*range(0, 24 * 3600, 60))) == {Stage.CALM}


@given(st.lists(st.floats(0, 60), max_size=200))
def test_no_more_than_thirty_are_worked_in_any_ten_seconds(seconds):
    seconds = sorted(seconds)
    worked = [second for second, stage in zip(seconds, stages(*seconds), strict=True) if stage is Stage.CALM]
    for first in worked:
        assert sum(first <= second < first + 9.999 for second in worked) <= MOST_IDLE


@given(st.lists(st.floats(0, 600), max_size=300))
def test_no_more_is_remembered_than_is_needed(seconds):
    recent = Recent()
    for number, second in enumerate(seconds):
        recent = recent.after(number, NOW + second * SECOND)
        assert len(recent.updates) <= MOST_IDLE + 1
