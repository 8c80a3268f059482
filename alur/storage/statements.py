"""How a statement is run. Statements are built once, when their module is read, and run with values by name: building
them for each call took most of the time of a transition.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from alur.storage.ready import ready
from alur.storage.rows import Rows

T = TypeVar("T")

CONNECTION = __name__
AT_ONCE = 100  # rows that are fetched together where there may be any number of them; a case's state is long


class Upsert:
    """INSERT … ON CONFLICT for both dialects: the SQL is the same, SQLAlchemy's constructs are not."""

    def __init__(self, build: Callable[[Callable[..., Any]], Executable]) -> None:
        self._by_dialect: dict[str, Executable] = {
            "sqlite": build(sqlite.insert),
            "postgresql": build(postgresql.insert),
        }

    def on(self, session: Session) -> Executable:
        return self._by_dialect[_connection(session).dialect.name]


def run(session: Session, statement: Executable | Upsert, /, **values: Any) -> Rows:
    """The result of the statement with these values, in the session's transaction.

    In an UPDATE or INSERT a value named like a column is what the column is set to.
    """
    connection = _connection(session)
    wanted = statement.on(session) if isinstance(statement, Upsert) else statement
    made = ready(wanted, connection.dialect, values)
    if made is not None and (found := made.run(connection, values)) is not None:
        return found
    return _rows(connection.execute(wanted, values))


def run_each(session: Session, statement: Executable | Upsert, rows: list[dict[str, Any]], /) -> Rows:
    """The same for many rows in one round trip; `rows` must not be empty."""
    if len(rows) == 1:
        return run(session, statement, **rows[0])
    wanted = statement.on(session) if isinstance(statement, Upsert) else statement
    return _rows(_connection(session).execute(wanted, rows))


def begun(session: Session) -> Session:
    """The session in its transaction, with the connection kept that each statement would look up: it lasts as long."""
    session.info[CONNECTION] = session.connection()
    return session


def run_through(session: Session, statement: Executable, /, **values: Any) -> CursorResult[Any]:
    """The same for as many rows as an office has after many years: they are fetched by the hundred while one goes through
    them, inside `with` and the transaction. PostgreSQL's driver would otherwise take in all of them before the first.
    """
    return _connection(session).execute(statement, values, execution_options={"yield_per": AT_ONCE})


def _connection(session: Session) -> Connection:
    known: Connection | None = session.info.get(CONNECTION)
    # A savepoint is made by the session's own way to the connection.
    return session.connection() if known is None or session.in_nested_transaction() else known


def _rows(result: CursorResult[Any]) -> Rows:
    if not result.returns_rows:
        return Rows((), (), result.rowcount)
    return Rows(tuple(result.keys()), result.all(), result.rowcount)


def one(kind: Callable[..., T], rows: Rows, /) -> T | None:
    """The only row as a value of that kind, whose fields are named like the columns; None if there is no row."""
    named = rows.only_named()
    return None if named is None else kind(**named)


def every(kind: Callable[..., T], rows: Rows, /) -> tuple[T, ...]:
    return tuple(kind(**named) for named in rows.named())
