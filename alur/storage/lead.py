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
from alur.storage.errors import LeadLost

KEPT_IDLE = 6  # seconds after which the server ends a leader's session that says nothing: a stopped process's kernel
# still answers keepalives, and would hold the lock for as long as it is stopped
SURE_FOR = 5.0  # seconds after its session's last answer for which a process may trust that it leads: less than that
CLAIM = text("SELECT pg_try_advisory_lock(hashtextextended('alur ' || current_schema(), 0))")
ASK = text("SELECT 1")


class Lead:
    """Of one database, for one process. All methods but `is_sure` are for the writer's thread."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: IO[str] | None = None
        self._may_connect = False
        self._heard = float("-inf")  # on the monotonic clock: when the last question was put that was answered
        if database.dialect == "postgresql":
            event.listen(database.writer, "connect", self._admit)

    def win(self) -> bool:
        """Whether this process leads from now on; where another does, nothing is kept open."""
        if self._database.dialect == "sqlite":
            return self._lock_file()
        asked = time.monotonic()
        self._database.writer.dispose()
        self._may_connect = True
        try:
            with self._database.writer.begin() as connection:
                won = bool(connection.execute(CLAIM).scalar_one())
        finally:
            self._may_connect = False
        if won:
            self._heard = asked
        else:
            self._database.writer.dispose()
        return won

    def ask(self) -> None:
        """Whether the session still lives. Raises `LeadLost`."""
        if self._database.dialect == "sqlite":
            return
        asked = time.monotonic()
        try:
            with self._database.writer.begin() as connection:
                connection.execute(ASK)
        except DBAPIError as error:
            self._heard = float("-inf")
            raise LeadLost from error
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
            cursor.execute(f"SET idle_session_timeout = '{KEPT_IDLE}s'")
            cursor.execute(f"SET idle_in_transaction_session_timeout = '{KEPT_IDLE}s'")
        connection.commit()

    def _lock_file(self) -> bool:
        path = Path(f"{self._database.url.database}.lock")
        file = path.open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._file = file
        return True
