"""A schema that is lent again is as one that was made just now; one that cannot be is dropped (`tests/schemas.py`)."""

import pytest
from sqlalchemy import make_url, text

from alur.storage.database import Database
from tests.conftest import place_of
from tests.schemas import Schemas


@pytest.fixture
def lending(postgres, migrate_postgres):
    found = Schemas(postgres, place_of, migrate_postgres)
    yield found
    found.close()


def does(url, *statements):
    """What came of the last statement."""
    database = Database(url)
    with database.writer.begin() as connection:
        *_, found = [connection.execute(text(each)) for each in statements]
        rows = found.all() if found.returns_rows else []
    database.close()
    return rows


def schema_in(url):
    return make_url(url).query["options"].split("search_path=")[1].split()[0]


def test_it_is_lent_again_without_what_the_last_test_left_and_with_what_the_migration_made(lending):
    add = "INSERT INTO members (telegram_id, name, enrolled_at, reachable) VALUES (1, 'Siti', '2026-11-02', true) RETURNING id"
    with lending.lent() as first:
        ((number,),) = does(first, add)
        does(first, "DELETE FROM alembic_version")
    with lending.lent() as second:
        assert second == first
        assert does(second, "SELECT count(*) FROM members") == [(0,)]
        assert does(second, "SELECT count(*) FROM alembic_version") == [(1,)]
        assert does(second, add) == [(number,)]


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE more (n INTEGER)",
        "ALTER TABLE notices ADD COLUMN more INTEGER",
        "DROP INDEX {index}",
        "ANALYZE alembic_version",
    ],
)
def test_whatever_was_changed_otherwise_is_dropped(lending, postgres, change):
    with lending.lent() as first:
        ((index,),) = does(
            first,
            "SELECT min(indexname) FROM pg_indexes WHERE schemaname = current_schema() AND indexdef NOT LIKE '%UNIQUE%'",
        )
        does(first, change.format(index=index))
    with lending.lent() as second:
        assert second != first
    with postgres.connect() as connection:
        known = text("SELECT count(*) FROM pg_namespace WHERE nspname = :name")
        assert connection.execute(known, {"name": schema_in(first)}).scalar() == 0
