import logging
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Table, inspect, text

from alur.storage import migrations
from alur.storage.columns import Json, Numbers, UtcMoment
from alur.storage.database import Database
from alur.storage.migrations import BrokenReference, is_current, migrate
from alur.storage.migrations import __main__ as drafting
from alur.storage.tables import METADATA


@pytest.fixture
def empty(database_url):
    database = Database(database_url)
    yield database
    database.close()


def test_the_migrated_tables_are_the_tables_of_the_models(empty):
    migrate(empty)

    with empty.read() as session:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(session.connection(), opts=options)
        assert compare_metadata(context, METADATA) == []


def test_every_index_and_constraint_of_the_models_is_made_under_its_name(empty):
    migrate(empty)
    with empty.read() as session:
        inspector = inspect(session.connection())
        checks = {item["name"] for name in METADATA.tables for item in inspector.get_check_constraints(name)}
        indexes = {item["name"] for name in METADATA.tables for item in inspector.get_indexes(name)}

    assert checks == {
        "ck_appointments_appointmentkind",
        "ck_audit_tree_only_one",
        "ck_calendar_mark_only_one",
        "ck_folder_mark_only_one",
        "ck_followed_only_one",
        "ck_office_only_one",
        "ck_reception_only_one",
    }
    assert {index.name for table in METADATA.tables.values() for index in table.indexes} <= indexes


def test_migrating_twice_is_migrating_once(empty):
    assert not is_current(empty)

    migrate(empty)
    migrate(empty)

    assert is_current(empty)


def test_logging_is_left_as_it_was(empty):
    before = (logging.root.level, list(logging.root.handlers), logging.getLogger("alembic").level)

    migrate(empty)

    assert (logging.root.level, list(logging.root.handlers), logging.getLogger("alembic").level) == before
    assert not logging.getLogger("alur").disabled


def test_a_migration_that_fails_leaves_nothing(empty, monkeypatch):
    def upgrade_and_fail(connection):
        whole(connection)
        raise RuntimeError

    whole = migrations._upgrade
    monkeypatch.setattr(migrations, "_upgrade", upgrade_and_fail)

    with pytest.raises(RuntimeError):
        migrate(empty)

    with empty.read() as session:
        assert inspect(session.connection()).get_table_names() == []


def test_a_migration_that_orphans_rows_is_rolled_back(tmp_path, monkeypatch):
    database = Database(f"sqlite:///{tmp_path / 'alur.sqlite'}")
    migrate(database)

    def orphan(connection):
        connection.execute(text("INSERT INTO appointments (member_id, role, kind) VALUES (99, 'x', 'plh')"))

    monkeypatch.setattr(migrations, "_upgrade", orphan)

    with pytest.raises(BrokenReference, match="appointments"):
        migrate(database)

    with database.write() as session:
        assert session.connection().execute(text("SELECT count(*) FROM appointments")).scalar_one() == 0
        assert session.connection().exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    database.close()


def test_a_draft_holds_what_changed_in_types_that_will_not_change(tmp_path, monkeypatch):
    shutil.copytree(Path(migrations.__file__).parent, tmp_path / "migrations")
    config = migrations.configuration()
    config.set_main_option("script_location", str(tmp_path / "migrations"))
    for module in (migrations, drafting):
        monkeypatch.setattr(module, "configuration", lambda: config)
    table = Table("probe", METADATA, Column("at", UtcMoment()), Column("ids", Numbers()), Column("body", Json()))

    try:
        drafting.main("probe")
    finally:
        METADATA.remove(table)

    (path,) = (tmp_path / "migrations" / "versions").glob("*_probe.py")
    draft = path.read_text()
    compile(draft, path.name, "exec")
    assert draft.count("op.create_table(") == 1
    assert draft.count("op.") == 1
    assert draft.count("MOMENT, nullable") == 1
    assert draft.count("sa.Text(), nullable") == 2
