"""Tables that only ever grow: triggers by which the database itself refuses to change or empty them, whoever asks.

`migrations.migrate` puts them up after every change of the tables, since a table that is rebuilt forgets them. Whoever may
alter the database may take them down; `alur check` and `alur audit verify` tell, and the chains and checkpoints still do.
"""

from sqlalchemy import Connection
from sqlmodel import Session

KEPT = {
    "audit": ("id", "case_id, seq"),
    "checkpoints": ("size",),
    "signing_keys": ("key",),
}  # with what a row in each must not have in common

MISSING = "the database's guard of {} is missing; `alur migrate` puts it up"
REFUSED = "rows of {} are only ever added"

# SQLite. REPLACE takes out what stands in its way without a word to the trigger of a DELETE
# (https://www.sqlite.org/lang_conflict.html), also a row of whose keys it names none, by its rowid.
CHANGE = "CREATE TRIGGER {table}_no_{event} BEFORE {event} ON {table} BEGIN SELECT RAISE(ABORT, '{refused}'); END"
REPLACE = (
    "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})"
    " BEGIN SELECT RAISE(ABORT, '{refused}'); END"
)
ON_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"

# PostgreSQL.
FUNCTION = "refuse_change"
BODY = (
    " BEGIN RAISE EXCEPTION USING ERRCODE = 'restrict_violation',"
    " MESSAGE = 'rows of ' || TG_TABLE_NAME || ' are only ever added'; END "
)
DEFINED = f"CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$"
GUARD = (
    "CREATE OR REPLACE TRIGGER {table}_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
    f" FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTION}()"
)
ALL_THREE = 2 | 8 | 16 | 32  # pg_trigger.tgtype: before, DELETE, UPDATE, TRUNCATE; not for each row
ON_POSTGRESQL = f"""
    SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
    WHERE relnamespace = CAST(current_schema() AS regnamespace) AND tgname = relname || '_is_kept' AND tgenabled IN ('O', 'A')
        AND tgtype = {ALL_THREE} AND tgqual IS NULL AND CAST(tgattr AS text) = '' AND prosrc = %(body)s
"""  # noqa: S608 - of our own words alone


def put_up(connection: Connection) -> None:
    """Where one is missing or another than it was made; in the transaction of whoever changed the tables."""
    missing = _missing(connection)
    if connection.dialect.name == "sqlite":
        for table in missing:
            for name, statement in _triggers(table).items():
                connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {name}")
                connection.exec_driver_sql(statement)
    elif missing:
        connection.exec_driver_sql(DEFINED)
        for table in missing:
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_is_kept ON {table}")
            connection.exec_driver_sql(GUARD.format(table=table))


def missing(session: Session) -> tuple[str, ...]:
    """The tables that can be changed, though they are only ever to grow."""
    return _missing(session.connection())


def _missing(connection: Connection) -> tuple[str, ...]:
    if connection.dialect.name == "sqlite":
        found = {(row.name, row.sql) for row in connection.exec_driver_sql(ON_SQLITE)}
        return tuple(table for table in KEPT if not _triggers(table).items() <= found)
    standing = {row.relname for row in connection.exec_driver_sql(ON_POSTGRESQL, {"body": BODY})}
    return tuple(table for table in KEPT if table not in standing)


def _triggers(table: str) -> dict[str, str]:
    """The statements that make them, by their names; SQLite keeps them word for word."""
    about = {"table": table, "refused": REFUSED.format(table)}
    made = {f"{table}_no_{event}": CHANGE.format(event=event, **about) for event in ("UPDATE", "DELETE")}
    return made | {f"{table}_no_replace": REPLACE.format(same=_same((*KEPT[table], "rowid")), **about)}


def _same(keys: tuple[str, ...]) -> str:
    """Whether a row has one of these keys in common with the new one; NULL is what NULL is."""
    each = (" AND ".join(f"{column} IS NEW.{column}" for column in key.split(", ")) for key in keys)
    return " OR ".join(f"({key})" for key in each)
