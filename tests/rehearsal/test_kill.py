import asyncio
from collections import Counter
from random import Random

from alur.storage import audit, cases, inbox
from alur.storage.database import Database
from alur.workflow.apply import replay
from alur.workflow.events import EVENTS
from bot.rehearsal.run import run_script
from bot.rehearsal.sandbox import Sandbox

SEED = 68
KILLS = 6
ACTS = range(12, 128)  # of the script, after everybody has joined
LONGEST_DELAY = 0.08  # seconds from the beginning of an act: while it is received, worked, or answered
PATIENCE = 240  # seconds

# What the script of a whole case adds up to: each act once, however often the power fails.
ACCEPTED = Counter(
    open_case=1,
    dispose=3,
    upload=18,
    withdraw=1,
    submit=6,
    schedule_meeting=2,
    answer_invitation=2,
    close_meeting=2,
    **{"return": 3},
    approve=4,
    ask=1,
    answer_question=1,
    record_nadine=2,
    direct=1,
    archive=1,
)


class PowerCuts:
    """Kills the bot with SIGKILL a little after the beginning of some acts, and starts it again."""

    def __init__(self, sandbox):
        luck = Random(SEED)
        self.moments = {act: luck.uniform(0, LONGEST_DELAY) for act in luck.sample(ACTS, KILLS)}
        self.kills = 0
        self._stage = sandbox
        self._going_on = None

    async def before_act(self, number):
        await self.over()
        if number in self.moments:
            self._going_on = asyncio.create_task(self._strike(self.moments[number]))

    async def over(self):
        if self._going_on is not None:
            await self._going_on
            self._going_on = None

    async def _strike(self, delay):
        await asyncio.sleep(delay)
        await self._stage.kill()
        self.kills += 1
        await self._stage.restart()


async def test_the_power_fails_six_times_and_no_tap_is_lost_or_applied_twice(tmp_path, transcript):
    async with asyncio.timeout(PATIENCE), Sandbox(tmp_path) as sandbox:
        cuts = PowerCuts(sandbox)
        people = await run_script(sandbox, transcript, disturbance=cuts)
    assert cuts.kills == KILLS
    assert people.ending, [item for item in people.expect.failed if "goes on" in item.sentence]

    database = Database(f"sqlite:///{tmp_path / 'alur.sqlite3'}")
    try:
        with database.read() as session:
            (record,) = cases.all_(session)
            entries = audit.entries(session, record.id)
            assert audit.verify(session, record.id) == ()
            assert audit.verify(session, None) == ()
            assert inbox.pending(session, 100) == ()
    finally:
        database.close()
    accepted = [entry for entry in entries if "events" in entry.entry]
    assert Counter(entry.entry["act"]["act"] for entry in accepted) == ACCEPTED
    updates = [entry.entry["update"] for entry in entries]
    assert len(updates) == len(set(updates))
    events = [event for entry in accepted for event in EVENTS.validate_python(entry.entry["events"])]
    assert replay(events) == record.case
    assert record.case.finished_at is not None
