"""Two processes on one PostgreSQL: one works, the other takes over, and never do both."""

import asyncio
import signal
import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from alur.services.people import menus
from tests.e2e.fleet import Fleet, leader_of

TAKES_OVER_WITHIN = 10.0  # seconds, as promised
STARTS_WITHIN = 60.0  # seconds on a busy machine
LEADS, STANDS_BY, LOST = "alur works", "standing by", "the term has ended"
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def fleet(any_office, tmp_path):
    """Processes beside an office whose own bot is not started."""
    found = Fleet(settings=any_office.settings, folder=tmp_path)
    yield found
    await found.end()


@pytest.fixture
async def two(any_office, fleet):
    """The first leads, and has shown its card to the Kabag; the second stands by."""
    first = await fleet.launch()
    await fleet.says(first, LEADS, within=STARTS_WITHIN)
    second = await fleet.launch()
    await fleet.says(second, STANDS_BY, within=STARTS_WITHIN)
    any_office.transact(any_office._walk, 6, 0)
    await any_office.settled()
    return first, second


async def approve(office, *, while_away):
    """The Kabag taps; the tap waits at Telegram while nobody is there."""
    card = await office.card("kabag_umum", "Setujui")
    pressed = asyncio.create_task(office["kabag_umum"].press(card, "Setujui", timeout=STARTS_WITHIN))
    await while_away
    return await pressed


def approvals(office):
    return [entry for entry in office.trail() if entry["act"]["act"] == "approve" and "events" in entry]


@on_postgresql
async def test_another_takes_over_when_the_leader_is_killed_and_the_tap_is_applied_once(any_office, fleet, two):
    office, (first, second) = any_office, two
    first.kill()
    await first.wait()

    answer = await approve(office, while_away=fleet.says(second, LEADS, within=TAKES_OVER_WITHIN))

    assert answer.text.startswith("Terima kasih")
    await office.settled()
    assert len(approvals(office)) == 1
    assert office.task.step == 7


@on_postgresql
async def test_a_stopped_leader_is_replaced_and_does_nothing_when_it_goes_on(any_office, fleet, two):
    office, (first, second) = any_office, two
    first.send_signal(signal.SIGSTOP)

    answer = await approve(office, while_away=fleet.says(second, LEADS, within=TAKES_OVER_WITHIN))
    leader = leader_of(office.database)
    said = fleet.mark(first)
    first.send_signal(signal.SIGCONT)
    await fleet.says(first, LOST, since=said, within=TAKES_OVER_WITHIN)
    await fleet.says(first, STANDS_BY, since=said, within=TAKES_OVER_WITHIN)
    await office.settled()

    assert answer.text.startswith("Terima kasih")
    assert len(approvals(office)) == 1
    assert len(await office.calls("answerCallbackQuery")) == 1
    assert leader_of(office.database) == leader
    assert await office.telegram.is_polled()


@on_postgresql
async def test_whoever_loses_only_the_connection_of_the_lock_begins_nothing_more(any_office, fleet, two):
    office, first = any_office, two[0]
    said = [fleet.mark(ship) for ship in two]
    with office.database.writer.begin() as connection:
        connection.execute(text(f"SELECT pg_terminate_backend({leader_of(office.database)}, 5000)"))

    await fleet.says(first, LOST, since=said[0], within=TAKES_OVER_WITHIN)
    again = [
        fleet.says(ship, LEADS, since=mark, within=TAKES_OVER_WITHIN) for ship, mark in zip(two, said, strict=True)
    ]
    tasks = [asyncio.create_task(one) for one in again]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    answer = await office.tap("kabag_umum", "Setujui")

    assert answer.text.startswith("Terima kasih")
    await office.settled()
    assert len(approvals(office)) == 1


@on_postgresql
async def test_a_leader_that_stops_in_good_order_is_followed_at_once(any_office, fleet, two):
    first, second = two
    first.terminate()

    assert await asyncio.wait_for(first.wait(), TAKES_OVER_WITHIN) == 0
    await fleet.says(second, LEADS, within=TAKES_OVER_WITHIN)


@on_sqlite
async def test_a_second_signal_does_no_harm(any_office, fleet):
    ship = await fleet.launch()
    await fleet.says(ship, LEADS, within=STARTS_WITHIN)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGTERM):
        ship.send_signal(number)

    assert await asyncio.wait_for(ship.wait(), TAKES_OVER_WITHIN) == 0
    assert "Traceback" not in fleet.log(ship)


@on_sqlite
async def test_a_second_process_on_sqlite_is_refused_in_one_sentence(any_office, fleet):
    await fleet.says(await fleet.launch(), LEADS, within=STARTS_WITHIN)
    second = await fleet.launch()

    assert await asyncio.wait_for(second.wait(), STARTS_WITHIN) == 1
    told = fleet.log(second).splitlines()[-1]
    assert told.startswith("another `alur run` works on ")
    assert told.endswith("SQLite serves one process (several need a PostgreSQL)")
    assert "Traceback" not in fleet.log(second)


@on_postgresql
async def test_check_names_a_data_folder_that_is_not_shared(any_office, fleet, tmp_path):
    from bot.cli.check import _database

    await fleet.says(await fleet.launch(), LEADS, within=STARTS_WITHIN)
    elsewhere = any_office.settings.model_copy(update={"data_dir": tmp_path / "elsewhere"})

    def of_folder(settings):
        """Without what a test's server leaves out to be fast."""
        return [fault for fault in _database(settings) if fault.startswith("ALUR_DATA_DIR:")]

    assert (of_folder(any_office.settings), len(of_folder(elsewhere))) == ([], 1)


async def test_a_database_that_is_away_just_when_a_term_begins_costs_another_try_and_no_stop(office, monkeypatch):
    left = [OperationalError("BEGIN", {}, sqlite3.OperationalError("disk I/O error"))]
    left[0].orig.sqlite_errorcode = sqlite3.SQLITE_IOERR
    catch_up = menus.catch_up

    def stumbles(work):
        if left:
            raise left.pop()
        return catch_up(work)

    monkeypatch.setattr(menus, "catch_up", stumbles)
    await office.begin()

    assert left == []
    await office["analis_sdm"].send("/tugas")
    await office.says("analis_sdm", "tidak ada tugas")
