"""The tables' history. `alur migrate` and the start on SQLite call `migrate`; `alur check` asks `is_current`.

A new version is drafted from the difference between tables and history with `python -m alur.storage.migrations "why"`,
and read before it is kept.
"""

import sqlite3
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect
from sqlmodel import Session

from alur.storage import guards
from alur.storage.database import Database
from alur.storage.errors import TransactionLost
from alur.storage.server import check_sessions
from alur.workflow.errors import Fault

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent

# On PostgreSQL one migrates after the other, as `BEGIN IMMEDIATE` has it on SQLite, and waits for whom it must.
PATIENT = "SET LOCAL lock_timeout = 0"
ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('alur migrates ' || current_schema(), 0))"


class BrokenReference(Fault):
    """A migration left rows that refer to nothing; it was rolled back."""

    def __init__(self, tables: tuple[str, ...]) -> None:
        self.tables = tables
        super().__init__(f"after the migration rows of {', '.join(tables)} would refer to nothing")


def migrate(database: Database) -> None:
    """Brings the database to the newest version, all or nothing; does nothing where it is there already. Of two at once the
    second waits for the first, and finds nothing to do.
    """
    check_sessions(database)
    with database.writer.connect() as connection:
        driver = connection.connection.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            with connection.begin():
                connection.exec_driver_sql(PATIENT)
                connection.exec_driver_sql(ALONE)
                _upgrade(connection)
            return
        # A table that is rebuilt is dropped first, and with foreign keys on its children's rows would go with it.
        # The pragma holds only outside of a transaction.
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                _upgrade(connection)
                _check_references(connection)
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def is_current(database: Database) -> bool:
    """Whether the database is at the newest version; an empty one is not."""
    with database.read() as session:
        return revision(session) == head()


def revision(session: Session) -> str | None:
    """The version that the database is at; None where it has no tables of ours."""
    connection = session.connection()
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one_or_none()


def is_known(version: str) -> bool:
    """Whether the version is in the history; one that is not was made by a later program."""
    return version in _versions()


def head() -> str:
    """The newest version."""
    return _versions()[-1]


@cache
def _versions() -> tuple[str, ...]:
    """In order, by the names of their files: who only asks needs no Alembic, which is read to migrate alone."""
    return tuple(sorted(path.name.partition("_")[0] for path in (FOLDER / "versions").glob("[0-9]*_*.py")))


def configuration() -> "Config":
    """Alembic's settings, without a file; logging stays as the program has it."""
    from alembic.config import Config  # noqa: PLC0415 - see `_versions`

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - see `_versions`

    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    guards.put_up(connection)


def _check_references(connection: Connection) -> None:
    if not connection.in_transaction():
        raise TransactionLost
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise BrokenReference(tuple(sorted({row[0] for row in orphans})))
