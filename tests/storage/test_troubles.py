"""What is wrong with a database, in one sentence each, with what the server said and no secret."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from alur.storage.address import address, fault_of
from alur.storage.database import Database, is_transient
from alur.storage.errors import DatabaseUnfit
from alur.storage.migrations import is_current
from alur.storage.troubles import is_refusal, told
from tests.conftest import POSTGRES

SECRET = "rahasia"
ROOT = Path(__file__).parents[2]


def error_of(url):
    with closing(Database(url)) as database, pytest.raises(DBAPIError) as caught, database.read() as session:
        session.connection()
    return caught.value


@pytest.mark.parametrize(
    ("change", "meaning", "said"),
    [
        ({"database": "nowhere"}, "there is no such database", 'database "nowhere" does not exist'),
        ({"username": "nobody_here"}, "the server does not know this role", 'role "nobody_here" does not exist'),
        ({"query": {"sslmode": "often"}}, "the database does not answer", "invalid sslmode value"),
        ({"query": {"colour": "red"}}, "the database does not answer", "invalid connection option"),
        ({"port": 1}, "the database does not answer", "Connection refused"),
    ],
)
def test_why_nobody_can_connect_is_one_sentence(postgres, change, meaning, said):
    url = make_url(POSTGRES).set(password=SECRET).set(**change).render_as_string(hide_password=False)

    error = error_of(url)

    assert told(error).startswith(f"ALUR_DATABASE_URL: {meaning}")
    assert said in told(error)
    assert len(told(error).splitlines()) == 1
    assert SECRET not in told(error)
    assert is_refusal(error) == ("database" in change or "username" in change or "colour" in str(change))


def test_a_rejected_password_is_named():
    """As a server says it that asks for one; that of the tests trusts everybody."""
    error = psycopg.OperationalError(
        'connection failed: connection to server at "127.0.0.1", port 5432 failed: FATAL:  password authentication'
        ' failed for user "alur"\nmore'
    )

    assert told(error).startswith("ALUR_DATABASE_URL: the server rejects the password: connection to server at")
    assert is_refusal(error)


def test_of_several_addresses_of_one_host_the_last_one_is_told():
    said = (
        "connection failed: refused\nMultiple connection attempts failed. All failures were:\n"
        "- host: 'db', port: '5432', hostaddr: '::1': connection failed: refused\n"
        "- host: 'db', port: '5432', hostaddr: '10.0.0.1': connection failed: FATAL:  the database system is starting up"
    )

    assert told(psycopg.OperationalError(said)).endswith(": FATAL:  the database system is starting up")
    assert not is_refusal(psycopg.OperationalError(said))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_tables_that_are_missing_are_named_with_the_command(database_url):
    with closing(Database(database_url)) as database, pytest.raises(DBAPIError) as caught, database.read() as session:
        session.connection().execute(text("SELECT * FROM inbox"))

    assert "`alur migrate`" in told(caught.value)


def test_what_is_no_trouble_of_a_database_is_none():
    assert told(ValueError("x")) is None


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("postgresql://alur:rahasia@one:5432,two:5433/db", "several hosts"),
        ("postgresql://alur:rahasia@one,two/db", "several hosts"),
        ("postgresql://alur:rahasia@/db?host=one,two", "several hosts"),
        ("postgresql://alur:rahasia@/db?host=one&host=two", "several hosts"),
        ("postgresql://alur:rahasia@one:rahasia/db", "port"),
        ("postgresql://alur:rahasia@one:99999/db", "port"),
        ("postgresql://alur:p@rahasia@one/db", "percent"),
        ("postgresql+asyncpg://alur:rahasia@one/db", "sqlite:/// or postgresql://"),
        ("mysql://alur:rahasia@one/db", "sqlite:/// or postgresql://"),
        ("rahasia", "sqlite:/// or postgresql://"),
        ("sqlite:///:memory:", "must be a file"),
        ("sqlite:///", "must be a file"),
        ("sqlite:///file:x?mode=memory&uri=true", "must be a file"),
    ],
)
def test_an_address_that_cannot_serve_is_refused_without_repeating_it(url, why):
    with pytest.raises(DatabaseUnfit, match=why) as caught:
        address(url)

    assert SECRET not in str(caught.value)
    assert fault_of(url) == caught.value.why


@pytest.mark.parametrize(
    "url", ["postgresql://u:p%40x@[::1]:5432/db", "postgresql:///db?host=/run/postgresql", "sqlite:////var/alur.sqlite"]
)
def test_an_address_that_can_serve_is_taken(url):
    assert fault_of(url) is None


def test_a_file_that_is_no_place_for_a_database_is_named(tmp_path):
    (tmp_path / "note").write_text("x")
    (tmp_path / "wrong.sqlite").write_text("no database at all, but long enough to have a header" * 9)

    with pytest.raises(DatabaseUnfit, match="is a folder"):
        Database(f"sqlite:///{tmp_path}")
    with pytest.raises(DatabaseUnfit, match="cannot be made"):
        Database(f"sqlite:///{tmp_path / 'note' / 'alur.sqlite'}")
    assert told(error_of_use(f"sqlite:///{tmp_path / 'wrong.sqlite'}")) == (
        "ALUR_DATABASE_URL: the SQLite file cannot be used: file is not a database"
    )


def error_of_use(url):
    with closing(Database(url)) as database, pytest.raises(DBAPIError) as caught, database.read() as session:
        session.connection().execute(text("SELECT * FROM inbox"))
    return caught.value


def test_a_disk_that_turned_read_only_passes():
    cause = sqlite3.OperationalError("attempt to write a readonly database")
    cause.sqlite_errorcode = sqlite3.SQLITE_READONLY_DBMOVED

    assert is_transient(OperationalError("UPDATE", {}, cause))


MIGRATE = """
import sys
from alur.storage.database import Database
from alur.storage.migrations import migrate
database = Database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
migrate(database)
"""


def test_of_two_that_migrate_at_once_the_second_waits_and_finds_nothing_to_do(database_url):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    both = [subprocess.Popen([sys.executable, "-c", MIGRATE, database_url], cwd=ROOT, **pipes) for _ in range(2)]
    assert [one.stdout.readline() for one in both] == ["ready\n"] * 2
    for one in both:
        one.stdin.write("now\n")
        one.stdin.flush()

    assert [(one.communicate(timeout=60)[1], one.returncode) for one in both] == [("", 0)] * 2
    with closing(Database(database_url)) as database:
        assert is_current(database)
