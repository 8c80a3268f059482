"""The database and its two doors: `write`, one transaction at a time, and `read`, one snapshot each.

SQLite is embedded and the default; PostgreSQL lets several processes stand by for each other. What differs between
them is here, in `statements` (upserts) and in the migrations, and nowhere else.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from alur.storage.errors import CaseMoved, LeadLost, TransactionLost

BUSY_TIMEOUT = 5  # seconds that another process may hold the SQLite file
QUIET: dict[str, Any] = {"hide_parameters": True}  # errors are logged, and people's texts are not
CONNECT_TIMEOUT = 5  # seconds until a PostgreSQL that does not answer counts as dead

# SQLite: busy, locked, read error, full disk, cannot open: https://www.sqlite.org/rescode.html
SQLITE_TRANSIENT = {5, 6, 10, 13, 14}
# PostgreSQL: serialization failure, deadlock; and by class: connection, resources, operator intervention
SQLSTATES_TRANSIENT = {"40001", "40P01", "25P03", "25P04"}
SQLSTATE_CLASSES_TRANSIENT = {"08", "53", "57"}


class Database:
    """Opens lazily: a database that does not answer is noticed by the first transaction, as an error of that one.

    `writer` has a single connection, in whose session a lock on the whole office may be held. A second `write`
    inside the first, in one thread, would wait for itself.
    """

    def __init__(self, url: str) -> None:
        """`url` is `sqlite:///path` or `postgresql://…`; a SQLite file's folder is made. Others: ValueError."""
        self.url = make_url(url)
        self.dialect = self.url.get_backend_name()
        match self.dialect:
            case "sqlite":
                self.writer, self.reader = _sqlite(self.url)
                self.intake = self.writer
            case "postgresql":
                self.writer, self.reader, self.intake = _postgresql(self.url)
            case _:
                raise ValueError(f"neither SQLite nor PostgreSQL: {self.url.render_as_string()}")

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or rolled back by whatever is raised."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def take_in(self) -> Iterator[Session]:
        """A transaction beside the writer's, for what every process may store; on SQLite it is the writer's."""
        with Session(self.intake, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A snapshot: all statements see one moment, and none can change anything."""
        with Session(self.reader, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        for engine in (self.writer, self.reader, self.intake):
            engine.dispose()


def is_begun(url: URL) -> bool:
    """Whether there is something to look into: looking into a SQLite file that is not there would make it."""
    file = Path(str(url.database))
    return url.get_backend_name() != "sqlite" or (file.exists() and file.stat().st_size > 0)


def is_transient(error: BaseException) -> bool:
    """Whether the database failed and not the work: the same transaction may succeed when it is run again."""
    if isinstance(error, (TransactionLost, LeadLost, CaseMoved, PoolTimeout)):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if isinstance(error.orig, sqlite3.Error):
        code: int = getattr(error.orig, "sqlite_errorcode", 0)
        return code & 0xFF in SQLITE_TRANSIENT  # the upper bytes say more closely what happened
    state = getattr(error.orig, "sqlstate", None)
    if state is None:  # the server never answered
        return type(error.orig).__name__ == "OperationalError"
    return state in SQLSTATES_TRANSIENT or state[:2] in SQLSTATE_CLASSES_TRANSIENT


def _sqlite(url: URL) -> tuple[Engine, Engine]:
    if url.database in {None, "", ":memory:"}:
        raise ValueError("a SQLite database must be a file: writer and readers share it")
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    # One connection: threads of this process wait in line instead of polling a locked file.
    writer = create_engine(url, pool_size=1, max_overflow=0, **QUIET)
    reader = create_engine(url, **QUIET)
    event.listen(writer, "connect", _open_writer)
    event.listen(reader, "connect", _open_reader)
    # Without IMMEDIATE two transactions read the same row and the later write is lost or refused.
    event.listen(writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    event.listen(reader, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    event.listen(writer, "commit", _check_in_transaction)
    return writer, reader


def _open_writer(connection: sqlite3.Connection, _record: Any) -> None:
    _open(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _open_reader(connection: sqlite3.Connection, _record: Any) -> None:
    _open(connection)
    connection.execute("PRAGMA query_only = ON")


def _open(connection: sqlite3.Connection) -> None:
    connection.isolation_level = None  # the driver would begin and commit where it thinks fit
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT * 1000}")


def _check_in_transaction(connection: Connection) -> None:
    """A full disk may have ended the transaction; the driver's commit would then succeed with nothing."""
    driver = connection.connection.driver_connection
    if isinstance(driver, sqlite3.Connection) and not driver.in_transaction:
        raise TransactionLost


def _postgresql(url: URL) -> tuple[Engine, Engine, Engine]:
    limits = {"connect_timeout": CONNECT_TIMEOUT, "tcp_user_timeout": CONNECT_TIMEOUT * 1000}
    url = url.set(drivername="postgresql+psycopg").update_query_dict({key: str(value) for key, value in limits.items()})
    writer = create_engine(url, pool_size=1, max_overflow=0, isolation_level="READ COMMITTED", **QUIET)
    reader = create_engine(
        url,
        pool_pre_ping=True,
        **QUIET,
        execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
    )
    intake = create_engine(
        url, pool_size=2, max_overflow=0, pool_pre_ping=True, isolation_level="READ COMMITTED", **QUIET
    )
    return writer, reader, intake
