"""Ticks and reminders while the machine's wall clock dips."""

from datetime import timedelta

import pytest

from alur.services.clock import outage
from jobs.ticking import Ticking
from tests.walls import Wall


@pytest.fixture
def wall(monkeypatch):
    return Wall(monkeypatch)


@pytest.fixture
def ticks(monkeypatch):
    found, tick = [], Ticking.tick

    async def counted(ticking):
        found.append(True)
        await tick(ticking)

    monkeypatch.setattr(Ticking, "tick", counted)
    monkeypatch.setattr("bot.term.TICK_OF_A_DEMO", 0.05)
    return found


async def test_a_wall_clock_that_dips_for_hours_and_is_put_right_holds_up_no_reminder(office, wall, ticks):
    await office.walk_to(6)
    wall.ahead = -3
    before = len(ticks)
    await office.until(lambda: len(ticks) > before + 3, "ticks while the clock is three hours behind")
    wall.ahead = 0
    before = len(ticks)
    await office.until(lambda: len(ticks) > before + 3, "ticks when it was put right")

    await office.advance(days=4)
    await office.says("kabag_umum", "batas waktu")


async def test_a_dip_is_no_outage(office, wall, monkeypatch):
    heard, received = [], outage.received

    def noted(work, at):
        anew = received(work, at)
        heard.append(anew)
        return anew

    monkeypatch.setattr(outage, "received", noted)
    monkeypatch.setattr(outage, "NOTED_EVERY", timedelta())  # it is noted each time
    await office.walk_to(6)
    for ahead in (-3, 0, 3, 0):
        wall.ahead = ahead
        before = len(heard)
        await office["analis_sdm"].send("/tugas")
        await office.until(lambda before=before: len(heard) > before, "the receiver to receive")

    assert not any(heard)
