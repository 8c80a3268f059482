"""The errors of the drivers themselves. That of PostgreSQL is read when an address asks for it: an office on SQLite does without, and
saves its 10 MB and its part of the start.
"""

import sqlite3
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg


def errors() -> tuple[type[Exception], ...]:
    """What a driver can raise, of those that have been read: another has raised nothing."""
    read = sys.modules.get("psycopg")
    return (sqlite3.Error,) if read is None else (sqlite3.Error, read.Error)


def of_postgresql(error: BaseException | None) -> "psycopg.Error | None":
    """The error, where it is one of that driver's."""
    read = sys.modules.get("psycopg")
    return error if read is not None and isinstance(error, read.Error) else None


def never_answered(error: "psycopg.Error") -> bool:
    """Whether the server said nothing at all, not even why."""
    return error.sqlstate is None and isinstance(error, sys.modules["psycopg"].OperationalError)


def was_refused(error: "psycopg.Error") -> bool:
    """Whether the driver itself would not ask: an address that it cannot read, a method that it lacks."""
    return error.sqlstate is None and isinstance(error, sys.modules["psycopg"].ProgrammingError)
