"""One process leads: who has the lead, who loses it, and what the loser can still do (nothing)."""

import time
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from alur.storage import lead as leads
from alur.storage import members
from alur.storage.database import Database, is_transient
from alur.storage.errors import DatabaseUnfit, LeadLost
from alur.storage.lead import Lead


@pytest.fixture
def rival(database, database_url):
    """Another process's door to the same database."""
    found = Database(database_url)
    yield found
    found.close()


@pytest.fixture
def lead_of():
    """Makes leads, which are given up after the test."""
    made = []

    def make(database):
        made.append(Lead(database))
        return made[-1]

    yield make
    for lead in made:
        lead.resign()


on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


def cut(session, rival):
    """Ends the session that holds the lead, as a failing network or an administrator would."""
    pid = session.connection().connection.driver_connection.info.backend_pid
    with rival.reader.connect() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend({pid}, 5000)"))


def test_one_leads_and_the_other_stands_by_until_it_resigns(lead_of, database, rival):
    first, second = lead_of(database), lead_of(rival)

    assert [first.win(), second.win(), second.win()] == [True, False, False]
    assert [first.is_sure, second.is_sure] == [True, False]
    first.resign()
    assert [second.win(), second.is_sure, first.is_sure] == [True, True, False]
    with pytest.raises(LeadLost):
        first.check()


def test_the_leader_works_as_before(lead_of, database, at):
    lead = lead_of(database)
    assert lead.win()

    with database.write() as session:
        members.enrol(session, telegram_id=7, name="Siti", sapaan="Ibu", unit=None, at=at)
    lead.ask()
    with database.read() as session:
        assert members.by_telegram_id(session, 7).name == "Siti"


def enrol_while_it_is_lost(database, rival, second, at):
    with database.write() as session:
        members.enrol(session, telegram_id=7, name="Siti", sapaan="Ibu", unit=None, at=at)
        cut(session, rival)
        assert second.win()
        members.enrol(session, telegram_id=8, name="Budi", sapaan="Bapak", unit=None, at=at)


@on_postgresql
def test_whose_session_was_cut_commits_nothing_more_and_never_reopens_it(lead_of, database, rival, at):
    first, second = lead_of(database), lead_of(rival)
    assert first.win()

    with pytest.raises(DBAPIError) as failed:
        enrol_while_it_is_lost(database, rival, second, at)

    assert is_transient(failed.value)
    for _ in range(2):
        with pytest.raises(LeadLost), database.write() as session:
            members.get(session, 1)
        with pytest.raises(LeadLost):
            first.ask()
    assert not first.is_sure  # at once, and not only when the silence has become too long
    with rival.read() as session:
        assert members.by_telegram_id(session, 7) is None
    assert not first.win()
    second.resign()
    assert first.win()


def test_a_place_where_no_lock_can_be_written_is_named(tmp_path):
    (tmp_path / "alur.sqlite.lock").mkdir()

    where = pytest.raises(DatabaseUnfit, match=r"alur\.sqlite\.lock cannot be written to")
    with closing(Database(f"sqlite:///{tmp_path / 'alur.sqlite'}")) as database, where:
        Lead(database).win()


@on_postgresql
def test_a_leader_that_hears_nothing_is_no_longer_sure(lead_of, database, monkeypatch):
    lead = lead_of(database)
    assert lead.win()
    now = time.monotonic()
    monkeypatch.setattr(leads.time, "monotonic", lambda: now + 5.1)

    with pytest.raises(LeadLost):
        lead.check()

    lead.ask()
    lead.check()


@on_postgresql
def test_the_server_ends_a_leader_that_says_nothing(lead_of, database, rival, monkeypatch):
    """As a stopped process does, whose kernel keeps its connection."""
    monkeypatch.setattr(leads, "KEPT_IDLE", 1)
    first, second = lead_of(database), lead_of(rival)
    assert first.win()
    until = time.monotonic() + 10

    while not second.win():
        assert time.monotonic() < until
        time.sleep(0.05)

    with pytest.raises(LeadLost):
        first.ask()
