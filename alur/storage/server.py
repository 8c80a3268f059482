"""Whether a PostgreSQL is one that an office can stand on: sessions of its own, a schema, the rights, writes.

`alur run` and every migration ask `check_sessions` first of all; `alur check` names everything else beforehand.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from typing import TYPE_CHECKING

from sqlmodel import Session

from alur.storage import postgresql
from alur.storage.database import Database
from alur.storage.errors import NO_SCHEMA, DatabaseUnfit, ReadOnly

if TYPE_CHECKING:
    import psycopg

ROUNDS = 2  # other sessions that are opened: fewer than an office needs anyway
POOLED = "pooling mode"  # of PgBouncer's refusal to begin a transaction at all
# A schema that the role may not use is passed over like one that there is not.
STATE = """
    SELECT current_schema(), current_setting('default_transaction_read_only') = 'on' OR pg_is_in_recovery(),
    has_schema_privilege(current_schema(), 'CREATE')
"""
FORBIDDEN = """
    SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') AND NOT (
    has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
    AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')) ORDER BY relname
"""
# As our own sessions have it, in which every update is committed: `postgresql.settling` has raised what the role's or the
# database's default would give up. What is set for the whole server is no session's to change.
POWER = """
    SELECT current_setting('fsync') = 'on', current_setting('full_page_writes') = 'on',
    current_setting('synchronous_commit'), current_setting('synchronous_standby_names') <> ''
"""


def check_sessions(database: Database) -> None:
    """Raises `DatabaseUnfit` where a pooler in front of the server lends its sessions from transaction to transaction: the
    lock of the one that leads, NOTIFY, snapshots and settings would be anybody's.

    Nothing is set here, as it would be set for others. While another session holds a transaction, a lent one is either
    the very session that the first was given before, or has taken it away from the first: whichever way the pooler
    hands its own out, and however many it has.
    """
    if database.dialect != "postgresql":
        return
    import psycopg  # noqa: PLC0415 - an office on SQLite does without

    try:
        with ExitStack() as stack:
            first = stack.enter_context(closing(_open(database, autocommit=True)))
            known = _process(first)
            for _ in range(ROUNDS):
                other = stack.enter_context(closing(_open(database, autocommit=False)))
                if _process(other) == known or _process(first) != known:
                    raise _shared()
    except psycopg.Error as error:
        if POOLED in str(error):
            raise _shared() from error
        raise


def faults(session: Session, *, is_current: bool) -> Iterator[str]:
    """Each a sentence: what an office, or the migration of one that is not current, would fail at."""
    schema, is_read_only, may_create = session.connection().exec_driver_sql(STATE).one()
    if schema is None:
        yield str(DatabaseUnfit(NO_SCHEMA))
        return
    if is_read_only:
        yield str(ReadOnly())
    if not is_current and not may_create:
        yield str(DatabaseUnfit(f"the role may not create tables in the schema {schema}"))
    forbidden = session.connection().exec_driver_sql(FORBIDDEN).scalars().all() if is_current else ()
    if forbidden:
        yield str(DatabaseUnfit(f"the role lacks rights to read and write {', '.join(forbidden)}"))


def power_faults(session: Session) -> Iterator[str]:
    """Each a sentence: how this server would lose, when the power fails, what Telegram was told that we have."""
    is_synced, is_whole, waits_for, has_standbys = session.connection().exec_driver_sql(POWER).one()
    if not is_synced:
        yield str(
            DatabaseUnfit(f"the server runs with fsync = off: a power cut may destroy the database; {_mended('fsync')}")
        )
    if not is_whole:
        yield str(
            DatabaseUnfit(
                "the server runs with full_page_writes = off: a page that a power cut tears cannot be mended;"
                f" {_mended('full_page_writes')}"
            )
        )
    if waits_for == "off":
        yield str(
            DatabaseUnfit(
                "its options say synchronous_commit = off: a power cut may take back what was committed; take it out of"
                " the address"
            )
        )
    elif waits_for == "local" and has_standbys:
        yield str(
            DatabaseUnfit(
                "synchronous_commit = local does not wait for the server's synchronous standbys: one that takes over may"
                " lack what was committed; set it to on, for the role or in the address"
            )
        )


def _mended(setting: str) -> str:
    return f"ALTER SYSTEM SET {setting} = on, then SELECT pg_reload_conf()"


def _open(database: Database, *, autocommit: bool) -> "psycopg.Connection":
    import psycopg  # noqa: PLC0415 - see `check_sessions`

    connection = psycopg.connect(postgresql.target(database.url), autocommit=autocommit)
    try:
        postgresql.check(connection)
    except DatabaseUnfit:
        connection.close()
        raise
    return connection


def _process(connection: "psycopg.Connection") -> int:
    row = connection.execute("SELECT pg_backend_pid()").fetchone()
    return int(row[0]) if row else 0


def _shared() -> DatabaseUnfit:
    return DatabaseUnfit(
        "a pooler lends its sessions from transaction to transaction (PgBouncer: pool_mode); Alur needs sessions of its"
        " own: pool_mode = session, or the server itself"
    )
