"""Which of several processes works: the lead of an office, held by the writer's own session (DESIGN §5.7).

On PostgreSQL it is an advisory lock of the session in which every transaction of the leader is committed, so that a
COMMIT of a process that has lost it fails with it. On SQLite one process works at all, and a lock on a file beside
the database says which. `bot.leading` wins the lead, asks after it, and stands by where another has it.
"""

import fcntl
import time
from pathlib import Path
from typing import IO, Any

from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from alur.storage.database import Database
from alur.storage.errors import NO_SCHEMA, DatabaseUnfit, LeadLost, ReadOnly

KEPT_IDLE = 6  # seconds after which the server ends a leader's session that says nothing: a stopped process's kernel
# still answers keepalives, and would hold the lock for as long as it is stopped
LIMITS = ("idle_session_timeout", "idle_in_transaction_session_timeout", "statement_timeout")
SURE_FOR = 5.0  # seconds after its session's last answer for which a process may trust that it leads: less than that
# Of a database that takes no writes nobody leads: on a standby the lock could be had, and another in its primary.
CLAIM = text(
    "SELECT pg_backend_pid() AS session, current_setting('transaction_read_only') = 'on' AS is_read_only,"
    " CASE current_setting('transaction_read_only') WHEN 'off'"
    " THEN pg_try_advisory_lock(hashtextextended('alur ' || current_schema(), 0)) END AS won"
)
ASK = text("SELECT pg_backend_pid() AS session, current_setting('transaction_read_only') = 'on' AS is_read_only")


class Lead:
    """Of one database, for one process. All methods but `is_sure` are for the writer's thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: IO[str] | None = None
        self._may_connect = False
        self._heard = float("-inf")  # on the monotonic clock: when the last question was put that was answered
        self._session = 0  # the server's process in which the lock was won
        if database.dialect == "postgresql":
            event.listen(database.writer, "connect", self._admit)

    def win(self) -> bool:
        """Whether this process leads from now on; where another does, nothing is kept open. Raises `ReadOnly`."""
        if self._database.dialect == "sqlite":
            return self._lock_file()
        asked = time.monotonic()
        self._database.writer.dispose()
        self._may_connect = True
        try:
            with self._database.writer.begin() as connection:
                claim = connection.execute(CLAIM).one()
        finally:
            self._may_connect = False
        if claim.won:
            self._heard, self._session = asked, claim.session
            return True
        self._database.writer.dispose()
        if claim.is_read_only:
            raise ReadOnly
        if claim.won is None:  # the lock is named after the schema, and there is none
            raise DatabaseUnfit(NO_SCHEMA)
        return False

    def ask(self) -> None:
        """Whether the session still lives, is still the one that holds the lock, and can write. Raises `LeadLost`."""
        if self._database.dialect == "sqlite":
            return
        asked = time.monotonic()
        try:
            with self._database.writer.begin() as connection:
                found = connection.execute(ASK).one()
        except DBAPIError as error:
            self._heard = float("-inf")
            raise LeadLost from error
        if found.session != self._session or found.is_read_only:
            self._heard = float("-inf")
            raise LeadLost
        self._heard = asked

    def check(self) -> None:
        """Raises `LeadLost` where the process can no longer be sure."""
        if not self.is_sure:
            raise LeadLost

    @property
    def is_sure(self) -> bool:
        return self._file is not None or time.monotonic() - self._heard < SURE_FOR

    def resign(self) -> None:
        """Another may lead at once."""
        self._heard = float("-inf")
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._database.dialect == "postgresql":
            self._database.writer.dispose()

    def _admit(self, connection: Any, _record: Any) -> None:
        """Of every new connection of the writer: none is opened in the place of one that was lost, and nothing is sent any
        more, which could not be written down.
        """
        if not self._may_connect:
            self._heard = float("-inf")
            raise LeadLost
        with connection.cursor() as cursor:
            for limit in LIMITS:
                cursor.execute(f"SET {limit} = '{KEPT_IDLE}s'")
        connection.commit()

    def _lock_file(self) -> bool:
        path = Path(f"{self._database.url.database}.lock")
        try:
            file = path.open("a")
        except OSError as error:
            raise DatabaseUnfit(f"{path} cannot be written to: {error.strerror}") from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True
