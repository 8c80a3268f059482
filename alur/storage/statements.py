"""How a statement is run. Statements are built once, when their module is read, and run with values by name: building
them for each call took most of the time of a transition.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

T = TypeVar("T")

AT_ONCE = 100  # rows that are fetched together where there may be any number of them; a case's state is long


class Upsert:
    """INSERT … ON CONFLICT for both dialects: the SQL is the same, SQLAlchemy's constructs are not."""

    def __init__(self, build: Callable[[Callable[..., Any]], Executable]) -> None:
        self._by_dialect: dict[str, Executable] = {
            "sqlite": build(sqlite.insert),
            "postgresql": build(postgresql.insert),
        }

    def on(self, session: Session) -> Executable:
        return self._by_dialect[session.get_bind().dialect.name]


def run(session: Session, statement: Executable | Upsert, /, **values: Any) -> CursorResult[Any]:
    """The result of the statement with these values, in the session's transaction.

    In an UPDATE or INSERT a value named like a column is what the column is set to.
    """
    ready = statement.on(session) if isinstance(statement, Upsert) else statement
    return session.connection().execute(ready, values)


def run_each(session: Session, statement: Executable | Upsert, rows: list[dict[str, Any]], /) -> CursorResult[Any]:
    """The same for many rows in one round trip; `rows` must not be empty."""
    ready = statement.on(session) if isinstance(statement, Upsert) else statement
    return session.connection().execute(ready, rows)


def run_through(session: Session, statement: Executable, /, **values: Any) -> CursorResult[Any]:
    """The same for as many rows as an office has after many years: they are fetched by the hundred while one goes through
    them, inside `with` and the transaction. PostgreSQL's driver would otherwise take in all of them before the first.
    """
    return session.connection().execute(statement, values, execution_options={"yield_per": AT_ONCE})


def one(kind: Callable[..., T], result: CursorResult[Any], /) -> T | None:
    """The only row as a value of that kind, whose fields are named like the columns; None if there is no row."""
    row = result.one_or_none()
    return None if row is None else kind(**row._asdict())


def every(kind: Callable[..., T], result: CursorResult[Any], /) -> tuple[T, ...]:
    return tuple(kind(**row._asdict()) for row in result)
