"""The tables' history. `alur migrate` and the start on SQLite call `migrate`; `alur check` asks `is_current`.

A new version is drafted from the difference between tables and history with `python -m alur.storage.migrations "why"`,
and read before it is kept.
"""

import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlmodel import Session

from alur.storage import guards
from alur.storage.database import Database
from alur.storage.errors import TransactionLost
from alur.storage.server import check_sessions
from alur.workflow.errors import Fault

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
    return MigrationContext.configure(session.connection()).get_current_revision()


def is_known(version: str) -> bool:
    """Whether the version is in the history; one that is not was made by a later program."""
    return version in {item.revision for item in ScriptDirectory.from_config(configuration()).walk_revisions()}


def head() -> str:
    """The newest version."""
    heads = ScriptDirectory.from_config(configuration()).get_heads()
    if len(heads) != 1:
        raise Fault(f"the migrations end in {len(heads)} versions: {heads}")
    return heads[0]


def configuration() -> Config:
    """Alembic's settings, without a file; logging stays as the program has it."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade(connection: Connection) -> None:
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
