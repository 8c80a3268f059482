"""The rhythm: jobs come at their periods by the monotonic clock, whatever the wall clock does meanwhile."""

import asyncio
from zoneinfo import ZoneInfo

import pytest

from jobs.rhythm import Rhythm
from tests.walls import Wall

PERIOD = 0.02
PATIENCE = 5.0


class Job:
    def __init__(self):
        self.runs = 0
        self.may_end = asyncio.Event()
        self.may_end.set()
        self._began = asyncio.Event()

    async def run(self, *args):
        self.args = args
        self.runs += 1
        self._began.set()
        await self.may_end.wait()

    async def begins(self, times):
        """Waits until it has begun so often since now."""
        for _ in range(times):
            self._began.clear()
            async with asyncio.timeout(PATIENCE):
                await self._began.wait()


@pytest.fixture
async def rhythm():
    rhythm = Rhythm(ZoneInfo("Asia/Jakarta"))
    rhythm.start()
    yield rhythm
    rhythm.stop()


@pytest.fixture
def wall(monkeypatch):
    return Wall(monkeypatch)


@pytest.mark.parametrize("hours", [-3, 3, -50_000, 50_000])
async def test_a_wall_clock_that_steps_and_is_put_right_holds_up_no_beat(rhythm, wall, hours):
    job = Job()
    rhythm.every(PERIOD, "job", job.run, "with", 2)
    await job.begins(2)

    wall.ahead = hours
    await job.begins(3)
    wall.ahead = 0
    await job.begins(3)

    assert job.args == ("with", 2)


async def test_a_jump_ahead_makes_up_for_nothing(rhythm, wall, caplog):
    job = Job()
    rhythm.every(0.2, "job", job.run)
    await job.begins(1)

    wall.ahead = 3
    before = job.runs
    await job.begins(1)

    assert job.runs == before + 1
    assert not caplog.records


async def test_one_that_is_to_come_sooner_comes_once_though_the_clock_dips(rhythm, wall):
    job, regular = Job(), Job()
    rhythm.every(PERIOD, "regular", regular.run)
    rhythm.once(PERIOD, "sooner", job.run)
    wall.ahead = -3

    await job.begins(1)
    await regular.begins(3)

    assert job.runs == 1


async def test_a_job_that_still_runs_is_not_begun_beside_itself(rhythm):
    job, other = Job(), Job()
    job.may_end.clear()
    rhythm.every(PERIOD, "job", job.run)
    rhythm.every(PERIOD, "other", other.run)
    await job.begins(1)
    await other.begins(3)
    assert job.runs == 1

    job.may_end.set()
    await job.begins(1)


async def test_nothing_begins_after_the_stop():
    rhythm, job = Rhythm(ZoneInfo("Asia/Jakarta")), Job()
    rhythm.start()
    rhythm.every(0, "job", job.run)
    rhythm.stop()

    for _ in range(5):
        await asyncio.sleep(0)

    assert job.runs == 0
