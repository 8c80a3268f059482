"""What every table is made of: the metadata with its naming convention, and the kinds of column that the dialects
would otherwise keep differently. Every table of `alur.storage` begins here.
"""

import json
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, MetaData, Table, Text, TypeDecorator
from sqlmodel import SQLModel

# Constraints with names of our own can be found again by a migration, on SQLite too.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(SQLModel):
    """The parent of all tables. They declare; rows leave this package as frozen values only."""

    metadata = MetaData(naming_convention=NAMING)

    @classmethod
    def table(cls) -> Table:
        return cls.metadata.tables[str(cls.__tablename__)]


def canonical(value: Any) -> str:
    """The one way in which a JSON value is written: sorted keys, no spaces, ASCII.

    ASCII carries whatever people type, half emoji and NUL included, through every database and into every hash.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC and given back so; a naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is not None and value.utcoffset() is None:
            raise ValueError(f"{value} has no time zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        # SQLite drops the offset; what was bound was UTC.
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A JSON value as canonical text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        del dialect
        return None if value is None else json.loads(value)


class Numbers(TypeDecorator[tuple[int, ...]]):
    """A few message ids, as JSON; `[]` where there are none."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else canonical(list(value))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[int, ...] | None:
        del dialect
        return None if value is None else tuple(json.loads(value))


def choice(kind: type[StrEnum]) -> Enum:
    """A column of text with a CHECK, keyed by the members' values: a native type could not be changed later."""
    return Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=16,
        values_callable=lambda members: [member.value for member in members],
    )
