"""The office of the end-to-end tests: real HTTP on loopback, a folder of its own, everybody enrolled, no case yet.

`office` is on SQLite; `any_office` runs its test on PostgreSQL too.
"""

import shutil
from contextlib import asynccontextmanager

import pytest

from alur.services.clock import recount
from alur.storage.database import Database
from alur.workflow.counted import mark_of
from bot import assembly, wiring
from bot.inspector import Inspector
from bot.settings import Settings
from simulator import Options, Simulator, SimulatorClient
from tests.e2e.desk import MONDAY, TOKEN, Desk, enrol_everybody


@pytest.fixture(scope="session", autouse=True)
def read_once():
    """SOPs, holidays and tables are the same in every test: they are read, made and marked once."""
    settings = Settings(_env_file=None)
    procedures, calendar = wiring.procedures(settings), wiring.calendar(settings, MONDAY)
    mark = mark_of(calendar)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wiring, "procedures", lambda _settings: procedures)
        patch.setattr(wiring, "calendar", lambda _settings, _today: calendar)
        patch.setattr(recount, "mark_of", lambda given: mark if given is calendar else mark_of(given))
        patch.setattr("bot.run.migrate", lambda _database: None)  # the files that are copied here are up to date
        yield


@pytest.fixture(scope="session", autouse=True)
def one_inspector():
    """The process that looks into files is begun once for all bots."""
    inspector = Inspector()
    inspector.close, close = lambda: None, inspector.close
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(assembly, "inspector", lambda: inspector)
        yield
    close()


@pytest.fixture(scope="session", autouse=True)
def looked_for_at_once():
    """What a test writes past the bot rings nobody there: the outbox is looked at often, where else a second went by."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.telegram.delivery.IDLE", 0.05)
        yield


@pytest.fixture(scope="session")
def enrolled_sqlite(migrated_sqlite, tmp_path_factory, read_once):
    """A file to copy, in which everybody is a member."""
    path = tmp_path_factory.mktemp("enrolled") / "alur.sqlite"
    shutil.copyfile(migrated_sqlite, path)
    database = Database(f"sqlite:///{path}")
    enrol_everybody(database, Settings(_env_file=None))
    database.close()
    return path


@pytest.fixture
def options():
    """Overridden by tests that need another Telegram."""
    return Options(token=TOKEN, start=MONDAY)


@asynccontextmanager
async def _office(options, folder, url):
    async with Simulator(options) as simulator, SimulatorClient(simulator.url) as telegram:
        settings = Settings(
            _env_file=None,
            bot_token=TOKEN,
            api_url=simulator.url,
            database_url=url,
            data_dir=folder,
            clock_url=f"{simulator.url}/clock",
            undo_seconds=0,  # nobody waits; `test_held` sets others
        )
        office = Desk(simulator=simulator, telegram=telegram, settings=settings, database=Database(settings.database))
        try:
            yield office
        finally:
            await office.close()


@pytest.fixture
async def empty_office(options, tmp_path, migrated_sqlite):
    """Nobody is enrolled yet."""
    shutil.copyfile(migrated_sqlite, tmp_path / "alur.sqlite3")
    async with _office(options, tmp_path, "") as office:
        yield office


@pytest.fixture
async def office(options, tmp_path, enrolled_sqlite):
    shutil.copyfile(enrolled_sqlite, tmp_path / "alur.sqlite3")
    async with _office(options, tmp_path, "") as office:
        await office.come()
        yield office


@pytest.fixture
async def any_office(options, tmp_path, database_url, database, enrolled_sqlite):
    """The same on each of the two databases."""
    async with _office(options, tmp_path, database_url) as office:
        if database.dialect == "sqlite":
            shutil.copyfile(enrolled_sqlite, database.url.database)
        else:
            enrol_everybody(database, office.settings)
        await office.come()
        yield office
