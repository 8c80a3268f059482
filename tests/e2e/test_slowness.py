"""An update that takes too long for a reason of its own is counted and set aside, and the office goes on."""

import pytest
from sqlalchemy import text

from alur.storage import cases
from alur.storage.inbox import INBOX
from bot import metrics
from tests.hurry import hurry

PAUSE = 0.01  # seconds between two tries of a failed update


class Clock:
    """Stands still but for those who take their time."""

    def __init__(self):
        self.now, self.tries = 0.0, 0

    def __call__(self):
        return self.now

    def takes(self, seconds, then=None):
        """A reader of cases that takes so long, and does something at its end."""
        taken = cases.taken

        def slow(session, **wanted):
            self.tries += 1
            self.now += seconds
            if then:
                then(session)
            return taken(session, **wanted)

        return slow


@pytest.fixture
def clock(monkeypatch):
    hurry(monkeypatch, "OWN_FAULT", "MACHINE", pause=PAUSE)
    found = Clock()
    monkeypatch.setattr("bot.slowness.monotonic", found)
    return found


def failures(office):
    with office.database.read() as session:
        rows = session.execute(INBOX.select().where(INBOX.c.parked_at.is_not(None))).all()
    return [(row.failures, row.error) for row in rows]


async def is_parked_and_the_office_goes_on(office, clock):
    assert clock.tries == 5
    assert failures(office) == [(5, "texts._command took 7.0 s, which is too long for a transaction")]
    await office.says("tata_usaha", "belum dapat kami proses karena gangguan")
    assert "texts._command" in (await office.says("admin", "kami sisihkan")).text
    await office["tata_usaha"].send("/tugas")
    await office.says("tata_usaha", "tidak ada tugas")


async def test_what_takes_too_long_is_parked_after_five_tries(any_office, clock, monkeypatch):
    office = any_office
    await office.begin()
    before = metrics.SLOW.labels("texts._command")._value.get()
    with monkeypatch.context() as patch:
        patch.setattr(cases, "taken", clock.takes(7))
        await office["tata_usaha"].send("/mulai")
        await office.settled()

    await is_parked_and_the_office_goes_on(office, clock)
    assert metrics.SLOW.labels("texts._command")._value.get() - before == 5


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_costs_the_leader_its_session_is_counted_over_five_terms_and_parked(any_office, clock, monkeypatch):
    """As the server ends a session that is silent in its transaction: each time the term ends with it."""
    office = any_office
    monkeypatch.setattr("bot.leading.EVERY", 0.05)
    hurry(monkeypatch, "STAND_BY", pause=0.05)
    await office.begin()

    def ended(session):
        own = session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
        with office.database.reader.connect() as other:
            other.execute(text(f"SELECT pg_terminate_backend({own}, 5000)"))

    with monkeypatch.context() as patch:
        patch.setattr(cases, "taken", clock.takes(7, then=ended))
        await office["tata_usaha"].send("/mulai")
        await office.until(lambda: failures(office), "the parking")
        await office.settled()

    await is_parked_and_the_office_goes_on(office, clock)


async def test_what_takes_its_time_and_ends_in_it_is_done(office, clock, monkeypatch):
    await office.begin()
    monkeypatch.setattr(cases, "taken", clock.takes(2.9))
    await office["tata_usaha"].send("/mulai")
    await office.says("tata_usaha", "periode")

    assert failures(office) == []
    assert clock.tries == 1
