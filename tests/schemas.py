"""Migrated and empty schemas of the test server, for one test after the other: to empty one costs a tenth of making it.

What a test has left otherwise than it found it is no use to the next and is dropped: another shape, tables that have grown or
whose statistics were taken, a lead or a transaction that a session still holds.
"""

from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import text

from alur.storage.database import Database

LARGE = 2**20  # bytes of a table from which on dropping it is cheaper than emptying it
TABLES = "relnamespace = CAST(:schema AS regnamespace) AND relkind = 'r'"
SHAPE = text(
    f"""SELECT md5(string_agg(told, '|' ORDER BY told)) FROM (
        SELECT concat_ws(' ', relname, attname, atttypid, attnotnull) AS told
            FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped WHERE {TABLES}
        UNION ALL SELECT concat_ws(' ', relname, conname) FROM pg_constraint JOIN pg_class ON conrelid = pg_class.oid
            WHERE {TABLES}
        UNION ALL SELECT concat_ws(' ', relname, tgname, tgenabled) FROM pg_trigger JOIN pg_class ON tgrelid = pg_class.oid
            WHERE NOT tgisinternal AND {TABLES}
        UNION ALL SELECT concat_ws(' ', indexrelid::regclass::name) FROM pg_index JOIN pg_class ON indrelid = pg_class.oid
            WHERE {TABLES}
        UNION ALL SELECT concat_ws(' ', proname, md5(prosrc)) FROM pg_proc
            WHERE pronamespace = CAST(:schema AS regnamespace)
    ) AS everything"""
)
IS_FRESH = text(
    f"""SELECT pg_try_advisory_xact_lock(hashtextextended('alur ' || :schema, 0)) AND NOT EXISTS (
        SELECT FROM pg_class WHERE {TABLES} AND (reltuples > 0 OR pg_relation_size(oid) > {LARGE} OR EXISTS (
            SELECT FROM pg_locks WHERE relation = pg_class.oid AND mode = 'RowExclusiveLock')))"""
)
NAMES = text(f"SELECT relname FROM pg_class WHERE {TABLES} ORDER BY relname")
SEQUENCES = text(
    "SELECT relname FROM pg_class WHERE relnamespace = CAST(:schema AS regnamespace) AND relkind = 'S' ORDER BY relname"
)


class Schemas:
    """`place` is the address of a schema, `bring_up` migrates the empty database there."""

    def __init__(self, engine, place, bring_up):
        self._engine, self._place, self._bring_up = engine, place, bring_up
        self._spare, self._emptying, self._shapes = [], {}, {}

    @contextmanager
    def lent(self):
        """The address of one, which nobody else has meanwhile."""
        schema = self._spare.pop() if self._spare else self._made()
        yield self._place(schema)
        with self._engine.connect() as connection:
            if self._is_as_it_was(connection, schema):
                connection.exec_driver_sql(self._emptying[schema])
                self._spare.append(schema)
            else:
                _drop(connection, schema)

    def close(self):
        with self._engine.connect() as connection:
            for schema in self._spare:
                _drop(connection, schema)

    def _made(self):
        schema = f"test_{uuid4().hex}"
        with self._engine.connect() as connection:
            connection.execute(text(f"CREATE SCHEMA {schema}"))
        database = Database(self._place(schema))
        self._bring_up(database)
        database.close()
        with self._engine.connect() as connection:
            self._shapes[schema] = _asked(connection, SHAPE, schema)
            self._emptying[schema] = "; ".join(_emptying(connection, schema))
        return schema

    def _is_as_it_was(self, connection, schema):
        return _asked(connection, IS_FRESH, schema) and _asked(connection, SHAPE, schema) == self._shapes[schema]


def _emptying(connection, schema):
    """The statements after which the schema is as it was when it was made: what stood in it then stands there again."""
    tables = connection.execute(NAMES, {"schema": schema}).scalars().all()
    yield "BEGIN; SET LOCAL session_replication_role = replica"  # nothing is refused, and nothing follows
    for table in tables:
        yield f"DELETE FROM {schema}.{table}"
        rows = connection.execute(text(f"SELECT json_agg(t)::text FROM {schema}.{table} AS t")).scalar()
        if rows:
            rows = rows.replace("'", "''").replace("%", "%%")
            yield (
                f"INSERT INTO {schema}.{table} OVERRIDING SYSTEM VALUE"
                f" SELECT * FROM json_populate_recordset(NULL::{schema}.{table}, '{rows}')"
            )
    for sequence in connection.execute(SEQUENCES, {"schema": schema}).scalars():
        last = connection.execute(text(f"SELECT last_value, is_called FROM {schema}.{sequence}")).one()
        yield f"SELECT setval('{schema}.{sequence}', {last.last_value}, {last.is_called})"
    yield "COMMIT"


def _asked(connection, question, schema):
    return connection.execute(question, {"schema": schema}).scalar()


def _drop(connection, schema):
    connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
