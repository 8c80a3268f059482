"""Who waits because Telegram said 429: one chat alone, or everybody, with one call at a time that tries."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.retries import SLOWED, Growing
from bot.telegram import pauses
from bot.telegram.pauses import Pauses

ANNA, BUDI, CITRA = 1, 2, 3


class Clock:
    """The office's and the monotonic one, moved by hand."""

    def __init__(self):
        self.passed = 0.0

    def now(self):
        return datetime(2026, 11, 2, 9, 0, tzinfo=UTC) + timedelta(seconds=self.passed)

    def monotonic(self):
        return self.passed


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(pauses.time, "monotonic", clock.monotonic)
    return clock


@pytest.fixture
def held(clock):
    return Pauses(clock.now)


def test_a_429_holds_its_own_chat_for_as_long_as_it_says_and_no_other(held, clock):
    held.refused(ANNA, 10_000)

    assert (held.may_send(ANNA), held.may_send(BUDI)) == (False, True)
    clock.passed = 9_999
    assert not held.may_send(ANNA)
    clock.passed = 10_001
    assert held.may_send(ANNA)


def test_a_shorter_word_does_not_end_a_longer_pause(held, clock):
    held.refused(ANNA, 100)
    held.refused(ANNA, 1)
    clock.passed = 50
    assert not held.may_send(ANNA)


def test_another_chats_429_within_the_second_holds_everybody_and_one_call_tries(held, clock):
    held.refused(ANNA, 300)
    clock.passed = 0.9
    held.refused(BUDI, 300)

    assert not held.may_send(CITRA)
    clock.passed = 2
    assert [held.may_send(CITRA), held.may_send(4)] == [True, False]
    held.passed(CITRA, is_answered=True)
    assert held.may_send(4)
    assert not held.may_send(ANNA)  # its own pause is obeyed all the same


def test_two_seconds_apart_they_are_two_pauses(held, clock):
    held.refused(ANNA, 300)
    clock.passed = 2
    held.refused(BUDI, 300)
    assert held.may_send(CITRA)


def test_a_429_without_a_chat_holds_everybody(held):
    held.refused(None, 300)
    assert not held.may_send(ANNA)


def test_the_pauses_between_the_tries_grow_and_end_with_the_time_that_telegram_named(held, clock):
    held.refused(None, 100)
    tries = []
    for chat in range(1, 1000):
        clock.passed += 0.1
        if clock.passed < 99.5 and held.may_send(chat):
            tries.append(round(clock.passed))
            held.refused(chat, 100 - clock.passed)
            held.passed(chat, is_answered=True)

    assert tries == [1, 3, 7, 15, 31, 61, 91]
    clock.passed = 101
    assert held.may_send(ANNA)
    assert held.may_send(BUDI)


def test_calls_that_were_under_way_make_no_pause_grow(held, clock):
    for chat in range(1, 33):
        held.refused(chat, 60)
    clock.passed = 1.1
    assert held.may_send(99)


def test_a_try_of_which_nothing_is_known_says_nothing(held, clock):
    held.refused(None, 300)
    clock.passed = 1.1
    assert held.may_send(ANNA)
    held.passed(ANNA, is_answered=False)
    assert not held.may_send(BUDI)
    clock.passed = 2.2
    assert held.may_send(BUDI)


def test_what_waits_for_more_than_a_minute_is_shown_and_is_news_once(held, clock):
    assert held.view() == {"chats": 0, "longest": 0.0}
    assert [held.refused(ANNA, 5), held.refused(ANNA, 600), held.refused(ANNA, 900)] == [False, True, False]
    assert held.view() == {"chats": 1, "longest": 900.0}
    clock.passed = 901
    assert held.view() == {"chats": 0, "longest": 0.0}


def test_while_everybody_waits_no_single_chat_is_news(held, clock):
    held.refused(None, 600)
    assert not held.refused(ANNA, 600)
    assert held.view() == {"chats": 1, "longest": 600.0}


def test_growing_goes_to_half_a_minute_and_begins_anew():
    growing = Growing(SLOWED)
    assert [growing.take() for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    growing.reset()
    assert growing.take() == 1
