"""What a PostgreSQL must be: sessions of its own, also behind a pooler, a schema, rights, writes, signs enough."""

import time
from contextlib import closing, contextmanager
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from alur.storage import postgresql
from alur.storage.database import Database, is_transient
from alur.storage.errors import DatabaseUnfit, LeadLost, ReadOnly
from alur.storage.lead import LIMITS, Lead
from alur.storage.migrations import is_current, migrate
from alur.storage.server import check_sessions, faults
from tests.conftest import POSTGRES
from tests.pooler import pooling

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@contextmanager
def behind(url, mode, **more):
    with pooling(url, mode, **more) as address, closing(Database(address)) as database:
        yield database


@pytest.fixture
def named(postgres):
    """Makes databases and roles under names of their own, which are gone after the test."""
    made = []

    def make(kind, how=""):
        made.append((kind, f"alur_{uuid4().hex}"))
        with postgres.connect() as connection:
            connection.execute(text(f"CREATE {kind} {made[-1][1]} {how}"))
        return made[-1][1]

    yield make
    with postgres.connect() as connection:
        for kind, name in reversed(made):
            if kind == "ROLE":
                connection.execute(text(f"DROP OWNED BY {name}"))
            connection.execute(text(f"DROP {kind} {name}"))


# A pooler that has several of the server's sessions hands out the last used or, in turn, the longest unused.
@pytest.mark.parametrize("in_turn", [0, 1])
@pytest.mark.parametrize("warm", [0, 1, 2, 5])
@pytest.mark.parametrize("mode", ["transaction", "statement"])
def test_sessions_that_are_lent_are_refused_however_many_the_pooler_has(postgres, database_url, mode, warm, in_turn):
    with behind(database_url, mode, server_round_robin=in_turn) as database:
        target = postgresql.target(database.url)
        # As many of the server's sessions as are held at once lie ready in the pool afterwards.
        with closing(_Held(target, warm)):
            pass

        with pytest.raises(DatabaseUnfit, match="pool_mode"):
            check_sessions(database)
        with pytest.raises(DatabaseUnfit, match="pool_mode"):
            migrate(database)


class _Held:
    """Slow statements side by side: in statement mode too they hold a session each."""

    def __init__(self, target, count):
        self._open = [psycopg.connect(target, autocommit=True) for _ in range(count)]
        for connection in self._open:
            connection.pgconn.send_query(b"SELECT pg_sleep(0.2)")

    def close(self):
        for connection in self._open:
            while connection.pgconn.get_result():
                pass
            connection.close()


def test_lent_sessions_are_found_while_others_work_through_the_same_pool(postgres, database_url):
    with behind(database_url, "transaction") as database:
        target = postgresql.target(database.url)
        with psycopg.connect(target, autocommit=False) as busy, psycopg.connect(target, autocommit=True):
            busy.execute("SELECT 1")

            with pytest.raises(DatabaseUnfit, match="pool_mode"):
                check_sessions(database)


def test_nothing_is_set_in_a_session_that_is_lent(postgres, database_url):
    """It would be set for whoever is given it next."""
    with behind(database_url, "transaction", default_pool_size=1) as database:
        target = postgresql.target(database.url)
        with psycopg.connect(target, autocommit=True) as other:
            other.execute("SET TimeZone = 'Asia/Jakarta'")

            with pytest.raises(DatabaseUnfit):
                check_sessions(database)

            assert other.execute("SHOW TimeZone").fetchone() == ("Asia/Jakarta",)


def test_a_pooler_that_keeps_sessions_together_serves_and_one_leads(postgres, database_url):
    with behind(database_url, "session") as one, behind(database_url, "session") as two:
        check_sessions(one)
        migrate(one)
        assert is_current(two)
        first, second = Lead(one), Lead(two)
        assert [first.win(), second.win()] == [True, False]
        first.ask()
        first.resign()
        until = time.monotonic() + 10
        while not second.win():  # the pooler takes the session back, and only then resets it
            assert time.monotonic() < until
        second.resign()


def test_the_server_itself_serves(database):
    check_sessions(database)


def test_a_leader_whose_session_became_another_leads_no_longer(database):
    """As behind a pooler whose mode was changed while it worked."""
    lead = Lead(database)
    assert lead.win()
    lead._session += 1

    with pytest.raises(LeadLost):
        lead.ask()

    assert not lead.is_sure
    lead.resign()


@pytest.mark.parametrize("encoding", ["LATIN1", "SQL_ASCII"])
def test_an_encoding_without_every_sign_is_refused(named, database_url, encoding):
    name = named("DATABASE", f"ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")

    with closing(Database(make_url(POSTGRES).set(database=name).render_as_string(hide_password=False))) as database:
        for use in (check_sessions, migrate, is_current):
            with pytest.raises(DatabaseUnfit, match=f"encoding is {encoding}.*UTF8"):
                use(database)


def test_a_server_that_is_too_old_is_refused(database_url):
    info = SimpleNamespace(server_version=130_023, parameter_status=lambda _name: "UTF8")

    with pytest.raises(DatabaseUnfit, match="PostgreSQL 13; Alur needs 14"):
        postgresql.check(SimpleNamespace(info=info))


def test_a_search_path_without_a_schema_is_named_and_nobody_leads(postgres, database_url):
    url = make_url(database_url).update_query_dict({"options": "-csearch_path=nowhere"})

    with closing(Database(url.render_as_string(hide_password=False))) as database:
        with database.read() as session:
            assert [item.partition(": ")[2] for item in faults(session, is_current=False)] == [
                "the search path names no schema that exists and may be used"
            ]
        with pytest.raises(DatabaseUnfit, match="search path"):
            Lead(database).win()


@pytest.fixture
def clerk(named, database, database_url):
    """The address of a migrated office for a role that may look at it, and may change only its invitations."""
    name = named("ROLE", "LOGIN")
    with database.write() as session:
        schema = session.connection().execute(text("SELECT current_schema()")).scalar_one()
        for right in (f"USAGE ON SCHEMA {schema}", f"SELECT ON ALL TABLES IN SCHEMA {schema}"):
            session.connection().execute(text(f"GRANT {right} TO {name}"))
        session.connection().execute(text(f"GRANT ALL ON invites TO {name}"))
    return make_url(database_url).set(username=name).render_as_string(hide_password=False)


def test_rights_that_the_role_lacks_are_named(clerk):
    with closing(Database(clerk)) as database, database.read() as session:
        (fault,) = faults(session, is_current=True)
        (unable,) = faults(session, is_current=False)

    assert "rights to read and write" in fault
    assert "inbox" in fault
    assert "invites" not in fault
    assert "may not create tables" in unable


def test_a_database_that_takes_no_writes_just_now_is_named_and_waited_for(database, database_url):
    url = make_url(database_url)
    options = url.query["options"] + " -cdefault_transaction_read_only=on"
    frozen = url.update_query_dict({"options": options}).render_as_string(hide_password=False)

    with closing(Database(frozen)) as other:
        with other.read() as session:
            assert [str(ReadOnly())] == list(faults(session, is_current=True))
        with pytest.raises(ReadOnly) as caught:
            Lead(other).win()
        with pytest.raises(DBAPIError) as refused, other.take_in() as session:
            session.connection().execute(text("DELETE FROM inbox"))

    assert is_transient(caught.value)
    assert is_transient(refused.value)


def test_whoever_leads_when_the_database_becomes_read_only_leads_no_longer(database):
    lead = Lead(database)
    assert lead.win()
    with database.write() as session:
        session.connection().execute(text("SET SESSION default_transaction_read_only = on"))

    with pytest.raises(LeadLost):
        lead.ask()
    lead.resign()


WHIMS = {
    "statement_timeout": "1s",
    "lock_timeout": "1s",
    "idle_session_timeout": "1s",
    "idle_in_transaction_session_timeout": "1s",
    "DateStyle": "SQL, DMY",
    "IntervalStyle": "iso_8601",
    "TimeZone": "Asia/Jayapura",
    "bytea_output": "escape",
    "extra_float_digits": "-15",
    "standard_conforming_strings": "off",
    "client_encoding": "LATIN1",
    "synchronous_commit": "off",
    "search_path": "nowhere",
    "default_transaction_isolation": "serializable",
    "default_transaction_deferrable": "on",
}


def test_what_the_role_has_as_its_defaults_changes_nothing(named, postgres, database_url):
    role = named("ROLE", "LOGIN SUPERUSER")
    with postgres.connect() as connection:
        for name, value in WHIMS.items():
            how = "= nowhere" if name == "search_path" else f"= '{value}'"
            connection.execute(text(f"ALTER ROLE {role} SET {name} {how}"))
    url = make_url(database_url).set(username=role)
    schema = url.query["options"].partition("search_path=")[2].split()[0]
    url = url.update_query_dict({"options": f"-csearch_path={schema}"})

    with closing(Database(url.render_as_string(hide_password=False))) as database:
        migrate(database)
        for door in (database.write, database.read, database.take_in):
            with door() as session:
                found = {
                    name: session.connection().exec_driver_sql(f"SHOW {name}").scalar_one()
                    for name in (*postgresql.SETTINGS, "synchronous_commit")
                }
            assert found == {
                **postgresql.SETTINGS,
                "search_path": schema,
                "synchronous_commit": "on",
                "default_transaction_isolation": found["default_transaction_isolation"],
            }
        lead = Lead(database)
        assert lead.win()
        with database.write() as session:
            limits = [session.connection().exec_driver_sql(f"SHOW {name}").scalar_one() for name in LIMITS]
        lead.resign()

    assert limits == ["6s", "6s", "6s"]


def test_settings_of_the_address_are_read_as_the_server_reads_them(database_url):
    url = make_url("postgresql://h/d").update_query_dict(
        {"options": r"-c search_path=my\ office -cdatestyle=German --work-mem=1MB -B 5"}
    )

    assert postgresql._options(url) == {"search_path": "my office", "DateStyle": "German", "work_mem": "1MB"}
