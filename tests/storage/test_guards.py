"""What only ever grows cannot be changed through the database, whoever asks: and how far that goes."""

import sqlite3
from contextlib import closing

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import UniqueConstraint, delete, inspect, text, update
from sqlalchemy.exc import DBAPIError

from alur.storage import audit, checkpoints, guards, signing_keys
from alur.storage.checkpoints import CheckpointRow
from alur.storage.database import is_transient
from alur.storage.migrations import migrate
from alur.storage.tables import METADATA

BOTH = {
    "audit": ("id, seq, at, entry, prev_hash, hash", "{id}, {id}, '2026-07-06 09:00:00', '{{}}', '', 'x'"),
    "checkpoints": ("size, root, at, key, note", "{id}, '', '2026-07-06 09:00:00', 'k', 'other'"),
    "signing_keys": ("key, begun_at", "'key-{id}', '2027-01-01 00:00:00'"),
}
TABLES = tuple(BOTH)
HASHES = {"audit": "hash", "checkpoints": "note", "signing_keys": "key"}
KEYS = {"audit": "id", "checkpoints": "size", "signing_keys": "key"}
CHANGES = (
    "UPDATE {table} SET {column} = {column}",
    "UPDATE {table} SET {column} = 'x' WHERE {key} = (SELECT min({key}) FROM {table})",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})",
    "INSERT INTO {table} ({columns}) VALUES ({first}) ON CONFLICT ({key}) DO UPDATE SET {column} = 'x'",
)
ON_SQLITE = (
    "REPLACE INTO {table} ({columns}) VALUES ({first})",
    "INSERT OR REPLACE INTO {table} ({columns}) VALUES ({first})",
    "UPDATE OR REPLACE {table} SET {key} = (SELECT max({key}) FROM {table})",
    "INSERT OR IGNORE INTO {table} ({columns}) VALUES ({first})",
    "REPLACE INTO {table} ({columns}, rowid) VALUES ({third}, 1)",
    "UPDATE {table} SET rowid = rowid + 10",
)
ON_POSTGRESQL = (
    "TRUNCATE {table}",
    "TRUNCATE {table} CASCADE",
    "UPDATE ONLY {table} SET {column} = 'x'",
    "WITH gone AS (DELETE FROM {table} RETURNING *) SELECT count(*) FROM gone",
    "UPDATE {table} SET {column} = 'x' WHERE false",
    "DELETE FROM {table} WHERE false",
)
SINCE_15 = ("MERGE INTO {table} USING (SELECT 1) AS one ON true WHEN MATCHED THEN DELETE",)


@pytest.fixture
def grown(database, at):
    """Two rows in each table."""
    with database.write() as session:
        for number in (1, 2):
            audit.append(session, case_id=None, at=at, member=None, entry={"n": number})
            row = CheckpointRow(size=number, root="00", at=at, key="k", note=f"note-{number}")
            checkpoints.add(session, row)
            signing_keys.add(session, f"key-{number}", at=at)
    return database


def contents(database):
    with database.read() as session:
        return {
            table: session.connection().execute(text(f"SELECT * FROM {table} ORDER BY {KEYS[table]}")).all()
            for table in TABLES
        }


def missing(database):
    with database.read() as session:
        return guards.missing(session)


def said(statement, table):
    columns, values = BOTH[table]
    return statement.format(
        table=table,
        key=KEYS[table],
        column=HASHES[table],
        columns=columns,
        first=values.format(id=1),
        third=values.format(id=3),
    )


def refused(database, statement):
    """Whether it is refused by the guard, and changes nothing."""
    before = contents(database)
    with pytest.raises(DBAPIError, match="are only ever added") as found, database.write() as session:
        session.connection().exec_driver_sql(statement)
    assert contents(database) == before
    return found.value


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", CHANGES)
def test_what_stands_is_neither_changed_nor_taken_out(grown, table, statement):
    refused(grown, said(statement, table))


@pytest.mark.parametrize("table", TABLES)
def test_nor_by_the_statements_that_only_one_of_the_databases_knows(grown, table):
    if grown.dialect == "sqlite":
        known = ON_SQLITE
    else:
        with grown.read() as session:
            version = session.connection().connection.driver_connection.info.server_version
        known = ON_POSTGRESQL + (SINCE_15 if version >= 150_000 else ())
    for statement in known:
        refused(grown, said(statement, table))


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("build", [update, delete])
def test_nor_through_the_tables_of_the_models(grown, table, build):
    before = contents(grown)
    statement = build(METADATA.tables[table])
    if build is update:
        statement = statement.values({HASHES[table]: "x"})

    with pytest.raises(DBAPIError, match="are only ever added"), grown.write() as session:
        session.execute(statement)

    assert contents(grown) == before


def test_a_refusal_takes_the_whole_transaction_with_it(grown, at):
    def add_and_take_out():
        with grown.write() as session:
            audit.append(session, case_id=None, at=at, member=None, entry={"n": 3})
            session.connection().exec_driver_sql("DELETE FROM audit WHERE id = 3")

    before = contents(grown)
    with pytest.raises(DBAPIError, match="are only ever added"):
        add_and_take_out()

    assert contents(grown) == before


def test_a_refusal_is_no_trouble_of_the_databases(grown):
    """Tried again it would be refused again."""
    assert not is_transient(refused(grown, "DELETE FROM audit"))


def test_rows_are_added_as_ever(grown, at):
    with grown.write() as session:
        audit.append(session, case_id=None, at=at, member=None, entry={"n": 3})
        checkpoints.add(session, CheckpointRow(size=9, root="00", at=at, key="k", note="n"))
        signing_keys.add(session, "key-3", at=at)

    assert [len(rows) for rows in contents(grown).values()] == [3, 3, 3]


def test_a_change_of_no_row_is_let_through_by_sqlite_and_refused_by_postgresql(grown):
    """SQLite's triggers are of a row, PostgreSQL's of a statement; either way nothing is changed."""
    if grown.dialect == "postgresql":
        refused(grown, "UPDATE audit SET hash = 'x' WHERE false")
        return
    with grown.write() as session:
        assert session.connection().exec_driver_sql("UPDATE audit SET hash = 'x' WHERE false").rowcount == 0


def test_a_case_whose_entries_stand_is_not_taken_out_either(database, record, at):
    with database.write() as session:
        audit.append(session, case_id=record.id, at=at, member=1, entry={})

    statement = "DELETE FROM cases" if database.dialect == "sqlite" else "TRUNCATE cases CASCADE"
    with pytest.raises(DBAPIError), database.write() as session:
        session.connection().exec_driver_sql(statement)

    assert len(contents(database)["audit"]) == 1


def test_every_key_of_a_kept_table_is_known_to_its_guard(database):
    """A key that it does not know would let REPLACE take out the row that has it."""
    with database.read() as session:
        inspector = inspect(session.connection())
        for table, keys in guards.KEPT.items():
            unique = {tuple(item["column_names"]) for item in inspector.get_unique_constraints(table)}
            unique |= {tuple(item["column_names"]) for item in inspector.get_indexes(table) if item["unique"]}
            unique.add(tuple(inspector.get_pk_constraint(table)["constrained_columns"]))
            known = {tuple(key.split(", ")) for key in keys}
            # The office's entries, of no case: NULL is what NULL is for the guard.
            assert unique - {("seq",)} <= known

    declared = {
        tuple(column.name for column in item.columns)
        for item in METADATA.tables["audit"].constraints
        if isinstance(item, UniqueConstraint)
    }
    assert declared == {("case_id", "seq")}


def test_the_guards_stand_after_the_first_migration(database):
    assert missing(database) == ()


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_a_migration_rebuilds_is_guarded_again(grown, table, monkeypatch):
    """Alembic copies its rows into a new table and takes the old one away, with its triggers, and says nothing."""
    seen, before = [], contents(grown)

    def upgrade(config, _revision):
        connection = config.attributes["connection"]
        with Operations(MigrationContext.configure(connection)).batch_alter_table(table, recreate="always") as batch:
            batch.create_check_constraint("something", f"{HASHES[table]} <> 'nothing'")
        seen.extend(guards._missing(connection))

    monkeypatch.setattr("alembic.command.upgrade", upgrade)
    migrate(grown)

    assert seen == [table]
    assert missing(grown) == ()
    assert contents(grown) == before
    refused(grown, said("DELETE FROM {table}", table))


TAKEN_DOWN = {
    "sqlite": (
        "DROP TRIGGER audit_no_UPDATE",
        "DROP TRIGGER audit_no_DELETE",
        "DROP TRIGGER audit_no_replace",
        "DROP TRIGGER audit_no_DELETE; CREATE TRIGGER audit_no_DELETE BEFORE DELETE ON audit BEGIN SELECT 1; END",
        (
            "DROP TRIGGER audit_no_DELETE; CREATE TRIGGER audit_no_DELETE BEFORE DELETE ON audit WHEN OLD.id > 9"
            " BEGIN SELECT RAISE(ABORT, 'rows of audit are only ever added'); END"
        ),
        (
            "DROP TRIGGER audit_no_DELETE; CREATE TRIGGER audit_no_DELETE BEFORE DELETE ON office"
            " BEGIN SELECT RAISE(ABORT, 'rows of audit are only ever added'); END"
        ),
        "PRAGMA writable_schema = ON; DELETE FROM sqlite_master WHERE name = 'audit_no_DELETE'; PRAGMA writable_schema = OFF",
        (
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = replace(sql, 'ever added', 'added')"
            " WHERE name = 'audit_no_DELETE'; PRAGMA writable_schema = OFF"
        ),
    ),
    "postgresql": (
        "DROP TRIGGER audit_is_kept ON audit",
        "ALTER TABLE audit DISABLE TRIGGER audit_is_kept",
        "ALTER TABLE audit DISABLE TRIGGER ALL",
        "ALTER TABLE audit ENABLE REPLICA TRIGGER audit_is_kept",
        "ALTER TRIGGER audit_is_kept ON audit RENAME TO audit_was_kept",
        "CREATE OR REPLACE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE ON audit EXECUTE FUNCTION refuse_change()",
        (
            "CREATE OR REPLACE TRIGGER audit_is_kept AFTER UPDATE OR DELETE OR TRUNCATE ON audit"
            " EXECUTE FUNCTION refuse_change()"
        ),
        (
            "CREATE OR REPLACE TRIGGER audit_is_kept BEFORE UPDATE OF seq OR DELETE OR TRUNCATE ON audit"
            " EXECUTE FUNCTION refuse_change()"
        ),
        (
            "DROP TRIGGER audit_is_kept ON audit; CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit"
            " FOR EACH STATEMENT WHEN (false) EXECUTE FUNCTION refuse_change()"
        ),
        "DROP FUNCTION refuse_change() CASCADE",
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ),
}
BY_DIALECT = [(dialect, statements) for dialect, several in TAKEN_DOWN.items() for statements in several]


@pytest.mark.parametrize(("dialect", "statements"), BY_DIALECT, ids=[statements for _, statements in BY_DIALECT])
def test_a_guard_that_is_taken_down_or_altered_is_told_of_and_put_up_again(grown, dialect, statements):
    if grown.dialect != dialect:
        return
    everything = "DROP FUNCTION" in statements or "FUNCTION refuse_change() RETURNS" in statements
    _beside(grown, statements)

    assert missing(grown) == (TABLES if everything else ("audit",))
    migrate(grown)
    assert missing(grown) == ()
    refused(grown, "DELETE FROM audit")


def _beside(database, statements):
    """As whoever may alter the database does it, beside the program."""
    if database.dialect == "sqlite":
        with closing(sqlite3.connect(database.url.database, isolation_level=None)) as connection:
            connection.executescript(statements)
        return
    with database.writer.begin() as connection:
        connection.exec_driver_sql(statements)


def test_a_guard_that_holds_for_replicas_too_is_none_that_is_missing(grown):
    if grown.dialect == "sqlite":
        return
    _beside(grown, "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_is_kept")

    assert missing(grown) == ()
    refused(grown, "DELETE FROM audit")
    refused(grown, "SET LOCAL session_replication_role = replica; DELETE FROM audit")


@pytest.mark.parametrize("statement", ["UPDATE audit SET hash = 'x' WHERE id = 1", "DELETE FROM audit WHERE id = 2"])
def test_who_rules_the_database_gets_round_the_guards_and_they_tell_nothing(grown, statement):
    """What they are not for: who may take them down puts them up again, and PostgreSQL's superuser does without in the part
    of a replica. The chains, the tree and its checkpoints tell of it (`alur audit verify`).
    """
    before = contents(grown)["audit"]
    if grown.dialect == "sqlite":
        _beside(grown, f"DROP TRIGGER audit_no_UPDATE; DROP TRIGGER audit_no_DELETE; {statement}")
        migrate(grown)
    else:
        _beside(grown, f"SET LOCAL session_replication_role = replica; {statement}")

    assert contents(grown)["audit"] != before
    assert missing(grown) == ()
