"""What every test may ask for: a migrated database on each of the two dialects, and a folder for files."""

import gc
import os
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest
import structlog
from sqlalchemy import create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError

from alur.storage import database as doors
from alur.storage import postgresql
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.storage.migrations import migrate
from tests.schemas import Schemas

POSTGRES = os.environ.get("ALUR_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
MEMORY = Path("/dev/shm")  # a file system, on Linux
OWN_MEMORY = pytest.StashKey[str]()
ROOM = 4 * 2**30  # bytes that are free in it where tests may use it


def pytest_configure(config):
    """The folders of tests are in memory where there is room: a disk that is asked to keep all that is written would be
    waited for a fifth of the time. What a power cut leaves is tested on a model of a disk (`tests/power`).
    """
    known = os.environ.get("PYTEST_DEBUG_TEMPROOT")  # of whoever began this worker
    if known or not MEMORY.is_dir() or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        return
    if shutil.disk_usage(MEMORY).free > ROOM:
        own = mkdtemp(dir=MEMORY, prefix="alur-tests-")
        os.environ["PYTEST_DEBUG_TEMPROOT"] = own
        config.stash[OWN_MEMORY] = own


def pytest_unconfigure(config):
    """What a failed test left is gone with it: whoever wants to look at it names a folder by --basetemp."""
    if (own := config.stash.get(OWN_MEMORY, None)) is not None:
        os.environ.pop("PYTEST_DEBUG_TEMPROOT", None)
        shutil.rmtree(own, ignore_errors=True)


def pytest_collection_modifyitems(items):
    """What is marked as long is run on SQLite here, and on both databases where `CI` is set (`.ci/run`)."""
    if os.environ.get("CI"):
        return
    for item in items:
        if item.get_closest_marker("long") and "postgresql" in item.callspec.params.values():
            item.add_marker(pytest.mark.skip(reason="long, on PostgreSQL with CI=true alone"))


def pytest_collection_finish():
    """What has been imported stays: whoever looks for garbage need not go through it each time, nor so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class Compiled(dict):
    """Compiled statements by dialect, and not, as the library keeps them, by engine."""

    def get(self, key):
        dialect, *statement = key
        return super().get((dialect.name, *statement))

    def __setitem__(self, key, compiled):
        dialect, *statement = key
        super().__setitem__((dialect.name, *statement), compiled)


@pytest.fixture(scope="session", autouse=True)
def compiled_once():
    """Every test opens engines of its own, of which each would compile its hundred statements anew."""
    kept = Compiled()

    def engine(*args, **options):
        made = create_engine(*args, **options)
        made.update_execution_options(compiled_cache=kept)
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doors, "create_engine", engine)
        patch.setattr(postgresql, "create_engine", engine)
        yield


@pytest.fixture(scope="session", autouse=True)
def plain_logs():
    """Tracebacks with all their variables, which structlog draws by default, take a second each and would hold up a loop."""
    structlog.configure(processors=[structlog.processors.format_exc_info, structlog.processors.KeyValueRenderer()])
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory):
    """A file to copy: migrating anew for every test would take most of its time."""
    path = tmp_path_factory.mktemp("migrated") / "alur.sqlite"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture(scope="session")
def postgres():
    """The engine of the test server; without a server the test is skipped, but never in CI."""
    url = make_url(POSTGRES).update_query_dict({"connect_timeout": "5", "options": "-csynchronous_commit=off"})
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        engine.connect().close()
    except OperationalError as error:
        reason = f"no PostgreSQL answers at ALUR_TEST_POSTGRES: {error.orig}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    yield engine
    engine.dispose()


def place_of(schema):
    """The address at which a schema of the test server is all that there is."""
    url = make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema} -csynchronous_commit=off"})
    return url.render_as_string(hide_password=False)


@contextmanager
def empty_place(request, dialect, folder):
    """Where an empty database is, which is gone afterwards; `request` is that of a fixture of any scope."""
    if dialect == "sqlite":
        yield f"sqlite:///{folder / 'alur.sqlite'}"
        return
    engine = request.getfixturevalue("postgres")
    schema = f"test_{uuid4().hex}"
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield place_of(schema)
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))


@pytest.fixture(scope="session")
def migrate_postgres():
    """Migrates an empty schema: the first time truly, later by saying the same statements again."""
    said = []

    def listen(_connection, _cursor, statement, parameters, _context, _many):
        said.append((statement, parameters))

    def bring_up(database):
        if said:
            with database.writer.begin() as connection:
                cursor = connection.connection.cursor()
                for statement, parameters in said:
                    cursor.execute(statement, parameters or None)
        else:
            event.listen(database.writer, "before_cursor_execute", listen)
            migrate(database)
            event.remove(database.writer, "before_cursor_execute", listen)

    return bring_up


@contextmanager
def migrated(request, place):
    """The database at an empty place."""
    url = make_url(place)
    database = Database(place)
    if database.dialect == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), url.database)
    else:
        request.getfixturevalue("migrate_postgres")(database)
    yield database
    database.close()


@pytest.fixture(scope="session")
def schemas(postgres, migrate_postgres):
    found = Schemas(postgres, place_of, migrate_postgres)
    yield found
    found.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """Where an empty database is; one that `database` is to migrate may have been."""
    if request.param == "postgresql" and "database" in request.fixturenames:
        place = request.getfixturevalue("schemas").lent()
    else:
        place = empty_place(request, request.param, tmp_path)
    with place as url:
        yield url


@pytest.fixture
def database(request, database_url):
    found = Database(database_url)
    if found.dialect == "sqlite":
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), make_url(database_url).database)
    yield found
    found.close()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_database(request, tmp_path_factory):
    """One for all tests of a module, which leave it as it was."""
    with (
        empty_place(request, request.param, tmp_path_factory.mktemp("shared")) as place,
        migrated(request, place) as found,
    ):
        yield found


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "files")
