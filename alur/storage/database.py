"""The database and its two doors: `write`, one transaction at a time, and `read`, one snapshot each.

SQLite is embedded and the default; PostgreSQL lets several processes stand by for each other. What differs between
them is here, in `postgresql` and `server`, in `statements` (upserts) and in the migrations, and nowhere else.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from alur.storage import drivers, postgresql
from alur.storage.address import address
from alur.storage.durable import make_folder
from alur.storage.errors import CaseMoved, DatabaseUnfit, LeadLost, ReadOnly, TransactionLost
from alur.storage.kept import Kept, keeping
from alur.storage.postgresql import QUIET
from alur.storage.statements import begun

BUSY_PAUSE = 0.05  # seconds between two tries of what SQLite does not wait for itself
CACHE = 8_000  # KiB of a connection: the upper pages of every index of an office of many years (docs/performance.md)
BUSY_TIMEOUT = 5  # seconds that another process may hold the SQLite file

# SQLite: busy, locked, read-only, read error, full disk, cannot open: https://www.sqlite.org/rescode.html
SQLITE_TRANSIENT = {5, 6, 8, 10, 13, 14}
# PostgreSQL: serialization failure, deadlock, a lock that others keep, read-only, idle or too long in a transaction; and by
# class: connection, resources, operator intervention
CONFLICTS = {"40001", "40P01"}
SQLSTATES_TRANSIENT = {*CONFLICTS, "55P03", "25006", "25P03", "25P04"}
SQLSTATE_CLASSES_TRANSIENT = {"08", "53", "57"}


class Database:
    """Opens lazily: a database that does not answer is noticed by the first transaction, as an error of that one.

    `writer` has a single connection, in whose session a lock on the whole office may be held. A second `write`
    inside the first, in one thread, would wait for itself.
    """

    def __init__(self, url: str) -> None:
        """`url` is `sqlite:///path` or `postgresql://…`; a SQLite file's folder is made. Others: `DatabaseUnfit`."""
        self.url = address(url)
        self.dialect = self.url.get_backend_name()
        self._kept = Kept()
        if self.dialect == "sqlite":
            self.writer, self.reader = _sqlite(self.url)
            self.intake = self.writer
        else:
            self.writer, self.reader, self.intake = postgresql.engines(self.url)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed at the end, or rolled back by whatever is raised."""
        with Session(self.writer, expire_on_commit=False) as session, session.begin():
            yield self._begun(session)

    @contextmanager
    def take_in(self) -> Iterator[Session]:
        """A transaction beside the writer's, for what every process may store; on SQLite it is the writer's."""
        with Session(self.intake, expire_on_commit=False) as session, session.begin():
            yield self._begun(session)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A snapshot: all statements see one moment, and none can change anything."""
        with Session(self.reader, expire_on_commit=False) as session, session.begin():
            yield self._begun(session)

    def _begun(self, session: Session) -> Session:
        keeping(session, self._kept)
        return begun(session)

    def close(self) -> None:
        for engine in (self.writer, self.reader, self.intake):
            engine.dispose()


def is_begun(url: URL) -> bool:
    """Whether there is something to look into: looking into a SQLite file that is not there would make it."""
    file = Path(str(url.database))
    return url.get_backend_name() != "sqlite" or (file.exists() and file.stat().st_size > 0)


def is_transient(error: BaseException) -> bool:
    """Whether the database failed and not the work: the same transaction may succeed when it is run again."""
    if isinstance(error, (TransactionLost, LeadLost, ReadOnly, CaseMoved, PoolTimeout)):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        code: int = getattr(cause, "sqlite_errorcode", 0)
        return code & 0xFF in SQLITE_TRANSIENT  # the upper bytes say more closely what happened
    if (told := drivers.of_postgresql(cause)) is None:
        return False
    state = told.sqlstate or ""
    return drivers.never_answered(told) or state in SQLSTATES_TRANSIENT or state[:2] in SQLSTATE_CLASSES_TRANSIENT


def is_conflict(error: BaseException) -> bool:
    """Whether the database undid the transaction for another's sake: nothing of it stands, and it may be run again at once."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    told = drivers.of_postgresql(cause)
    return told is not None and told.sqlstate in CONFLICTS


def _sqlite(url: URL) -> tuple[Engine, Engine]:
    path = Path(str(url.database))
    try:
        make_folder(path.parent)
    except OSError as error:
        raise DatabaseUnfit(f"{path.parent} cannot be made: {error.strerror}") from error
    if path.is_dir():
        raise DatabaseUnfit(f"{path} is a folder; a SQLite database is a file")
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
    _use_wal(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA cache_size = -{CACHE}")
    connection.execute("PRAGMA foreign_keys = ON")


def _use_wal(connection: sqlite3.Connection) -> None:
    """A new file is still without a log; while somebody else writes its first tables, SQLite refuses the change at once and
    does not wait for `busy_timeout` (findings/sqlite-wal-at-once.sh).
    """
    until = time.monotonic() + BUSY_TIMEOUT
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(BUSY_PAUSE)
        else:
            return


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
