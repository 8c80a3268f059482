"""The machine's clock: a step of the wall clock is believed when it has stood for half a minute."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import BELIEVED_AFTER, Machine

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


class Clocks:
    def __init__(self):
        self.steady, self.ahead = 1000.0, timedelta()
        self.machine = Machine(wall=lambda: self.true + self.ahead, steady=lambda: self.steady)

    @property
    def true(self):
        return NOON + timedelta(seconds=self.steady - 1000)

    def after(self, seconds):
        """What the house's clock says then, against the truth."""
        self.steady += seconds
        return self.machine.now() - self.true


@pytest.fixture
def clocks():
    return Clocks()


@pytest.mark.parametrize("hours", [-3, 3, -9000])
def test_a_dip_or_a_jump_that_is_put_right_dates_nothing(clocks, hours):
    clocks.ahead = timedelta(hours=hours)
    assert [clocks.after(seconds) for seconds in (0, 5, 15)] == [timedelta()] * 3

    clocks.ahead = timedelta()
    assert clocks.after(1) == timedelta()


@pytest.mark.parametrize("hours", [-3, 3])
def test_a_clock_that_was_wrong_and_is_set_for_good_is_followed(clocks, hours):
    clocks.ahead = timedelta(hours=hours)
    assert clocks.after(1) == timedelta()
    assert clocks.after(BELIEVED_AFTER - 1) == timedelta()
    assert clocks.after(1) == timedelta(hours=hours)
    assert clocks.after(3600) == timedelta(hours=hours)


def test_who_looks_for_the_first_time_in_a_dip_is_not_taken_in(clocks):
    clocks.steady += 3600
    clocks.ahead = timedelta(hours=-3)
    assert clocks.after(5) == timedelta()
    clocks.ahead = timedelta()
    assert clocks.after(BELIEVED_AFTER + 5) == timedelta()


def test_two_dips_one_after_the_other_are_no_step_that_stands(clocks):
    clocks.ahead = timedelta(hours=-3)
    clocks.after(0)
    clocks.ahead = timedelta()
    clocks.after(BELIEVED_AFTER)
    clocks.ahead = timedelta(hours=-3)
    assert clocks.after(1) == timedelta()
    clocks.ahead = timedelta(hours=-2)
    assert clocks.after(BELIEVED_AFTER) == timedelta()


def test_a_clock_that_is_slowly_put_right_is_followed_at_once(clocks):
    for _ in range(20):
        clocks.ahead += timedelta(seconds=2)
        assert clocks.after(15) == clocks.ahead
