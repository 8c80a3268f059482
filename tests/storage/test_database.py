import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from alur.storage.database import Database, is_transient
from alur.storage.errors import CaseMoved, DatabaseUnfit, TransactionLost

# SQLite has neither a server that could end a session nor two writers that could meet.
ON_POSTGRESQL = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
def counter(database):
    with database.write() as session:
        session.connection().execute(text("CREATE TABLE counter (n INTEGER)"))
        session.connection().execute(text("INSERT INTO counter VALUES (0)"))

    def value():
        with database.read() as session:
            return session.connection().execute(text("SELECT n FROM counter")).scalar_one()

    return value


@pytest.fixture
def sqlite(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'own.sqlite'}")
    yield database
    database.close()


def increment(database):
    """A read-modify-write as careless as can be: the value goes through Python."""
    with database.write() as session:
        lock = " FOR UPDATE" if database.dialect == "postgresql" else ""
        value = session.connection().execute(text(f"SELECT n FROM counter{lock}")).scalar_one()
        session.connection().execute(text("UPDATE counter SET n = :n"), {"n": value + 1})


def test_eighty_concurrent_read_modify_writes_lose_none(database, counter):
    with ThreadPoolExecutor(max_workers=20) as pool:
        list(pool.map(lambda _: increment(database), range(80)))

    assert counter() == 80


def test_two_processes_worth_of_writers_lose_none(database, database_url, counter):
    other = Database(database_url)

    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(increment, [database, other] * 40))
    other.close()

    assert counter() == 80


def test_what_is_raised_rolls_back(database, counter):
    def fail_halfway():
        with database.write() as session:
            session.connection().execute(text("UPDATE counter SET n = 5"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_halfway()

    assert counter() == 0


def test_a_reader_sees_one_snapshot(database, counter):
    with database.read() as session:
        before = session.connection().execute(text("SELECT n FROM counter")).scalar_one()
        increment(database)
        after = session.connection().execute(text("SELECT n FROM counter")).scalar_one()

    assert (before, after, counter()) == (0, 0, 1)


def test_a_reader_cannot_write(database, counter):
    with pytest.raises(DBAPIError), database.read() as session:
        session.connection().execute(text("UPDATE counter SET n = 5"))

    assert counter() == 0


def test_a_foreign_key_is_enforced(database):
    with pytest.raises(IntegrityError) as caught, database.write() as session:
        session.connection().execute(
            text("INSERT INTO appointments (member_id, role, kind) VALUES (99, 'sekretaris', 'definitif')")
        )

    assert not is_transient(caught.value)


def test_a_value_outside_a_choice_is_refused(database, siti):
    with pytest.raises(IntegrityError), database.write() as session:
        session.connection().execute(
            text("INSERT INTO appointments (member_id, role, kind) VALUES (:m, 'sekretaris', 'penjabat')"),
            {"m": siti.id},
        )


def test_sqlite_is_durable_and_its_folder_is_made(tmp_path):
    database = Database(f"sqlite:///{tmp_path / 'a' / 'b' / 'alur.sqlite'}")

    with database.write() as session:
        pragmas = {
            name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    database.close()

    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_transaction_that_a_full_disk_ended_is_not_taken_for_committed(sqlite):
    with sqlite.write() as session:
        session.connection().exec_driver_sql("CREATE TABLE filled (body TEXT)")
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar_one()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")

    def swallow_a_full_disk():
        with sqlite.write() as session:
            connection = session.connection()
            connection.exec_driver_sql("INSERT INTO filled VALUES ('first')")
            connection.exec_driver_sql("SAVEPOINT attempt")
            with pytest.raises(DBAPIError, match="full") as full:
                connection.exec_driver_sql("INSERT INTO filled VALUES (zeroblob(1000000))")
            assert is_transient(full.value)
            connection.exec_driver_sql("INSERT INTO filled VALUES ('after')")

    with pytest.raises(TransactionLost) as caught:
        swallow_a_full_disk()

    assert is_transient(caught.value)


def test_a_transaction_after_a_lost_one_works(sqlite):
    with pytest.raises(TransactionLost), sqlite.write() as session:
        session.connection().connection.driver_connection.execute("ROLLBACK")

    with sqlite.write() as session:
        session.connection().exec_driver_sql("CREATE TABLE fresh (n INTEGER)")


def test_a_file_that_another_process_holds_is_a_passing_trouble(sqlite, monkeypatch):
    monkeypatch.setattr("alur.storage.database.BUSY_TIMEOUT", 0)
    path = sqlite.url.database
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("PRAGMA journal_mode = WAL")
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(DBAPIError) as caught, sqlite.write() as session:
        session.connection().exec_driver_sql("CREATE TABLE t (n INTEGER)")
    holder.execute("ROLLBACK")
    holder.close()

    assert is_transient(caught.value)


def test_a_postgresql_that_does_not_answer_is_a_passing_trouble():
    database = Database("postgresql://nobody@127.0.0.1:1/nothing")

    with pytest.raises(DBAPIError) as caught, database.write() as session:
        session.connection()
    database.close()

    assert is_transient(caught.value)


@ON_POSTGRESQL
def test_a_session_that_the_server_ended_is_a_passing_trouble_and_the_next_one_works(postgres, database_url):
    database = Database(database_url)

    def be_ended():
        with database.write() as session:
            pid = session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one()
            with postgres.connect() as other:
                other.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
            session.connection().execute(text("SELECT 1"))

    with pytest.raises(DBAPIError) as caught:
        be_ended()
    with database.write() as session:
        assert session.connection().execute(text("SELECT 1")).scalar_one() == 1
    database.close()

    assert is_transient(caught.value)


@ON_POSTGRESQL
def test_a_deadlock_is_a_passing_trouble(postgres, database_url, counter):
    one, two = Database(database_url), Database(database_url)
    with one.write() as session:
        session.connection().execute(text("CREATE TABLE pair (id INTEGER PRIMARY KEY, n INTEGER)"))
        session.connection().execute(text("INSERT INTO pair VALUES (1, 0), (2, 0)"))

    def cross(database, first, second):
        change = text("UPDATE pair SET n = n + 1 WHERE id = :id")
        try:
            with database.write() as session:
                session.connection().execute(change, {"id": first})
                session.connection().execute(text("SELECT pg_sleep(0.2)"))
                session.connection().execute(change, {"id": second})
        except DBAPIError as error:
            return error
        return None

    with ThreadPoolExecutor() as pool:
        outcomes = [pool.submit(cross, one, 1, 2), pool.submit(cross, two, 2, 1)]
        errors = [outcome.result() for outcome in outcomes if outcome.result()]
    one.close()
    two.close()

    assert [is_transient(error) for error in errors] == [True]


def test_a_moved_case_is_worth_another_try_and_a_mistake_is_not():
    assert is_transient(CaseMoved("ip-asn-2026", 1))
    assert not is_transient(ValueError())


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/alur"])
def test_a_database_that_cannot_serve_is_refused(url):
    with pytest.raises(DatabaseUnfit, match=r"must be a file|neither"):
        Database(url)


def test_a_password_is_not_printed_with_the_refusal():
    with pytest.raises(DatabaseUnfit, match="neither") as caught:
        Database("mysql://alur:geheim@localhost/alur")

    assert "geheim" not in str(caught.value)


def test_the_first_line_of_a_database_error_quotes_nothing_that_people_wrote(database):
    from alur.storage.notices import NOTICES

    row = {"chat_id": 7, "template": None, "about": {"text": "rahasia"}}
    with pytest.raises(IntegrityError) as failed, database.write() as session:
        session.execute(NOTICES.insert(), row)

    assert "rahasia" not in str(failed.value).splitlines()[0]


def test_a_new_file_whose_first_tables_somebody_else_writes_is_waited_for(tmp_path, monkeypatch):
    path, tried, left = tmp_path / "alur.sqlite3", threading.Event(), threading.Event()
    first = sqlite3.connect(path, isolation_level=None)
    first.execute("BEGIN IMMEDIATE")
    first.execute("CREATE TABLE t (x)")

    def pause(_seconds):
        tried.set()
        left.wait(5)

    monkeypatch.setattr("alur.storage.database.time.sleep", pause)
    with closing(Database(f"sqlite:///{path}")) as database, ThreadPoolExecutor(1) as pool:
        opened = pool.submit(lambda: [*rows(database)])
        assert tried.wait(5)
        first.execute("COMMIT")
        left.set()
        assert opened.result(5) == ["wal"]
    first.close()


def rows(database):
    with database.write() as session:
        yield session.execute(text("PRAGMA journal_mode")).scalar_one()
