"""Statements made ready: compiled once for a dialect and the names of their values, then run on the driver's own cursor.

SQLAlchemy builds each statement and compiles it; what it does for each *execution* (contexts, caches, results) took a third of the
CPU of a press. Types, errors, invalidated connections and listeners stay as they are with it. Called by `statements`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from alur.storage.rows import Rows

LONGEST = 32  # values of an IN; another text is kept for each number of them

Process = Callable[[Any], Any]


class Given(NamedTuple):
    """A value that comes with each call: its name in the text, the caller's, and what makes of it what the driver takes."""

    name: str
    key: str
    process: Process | None


class Written(NamedTuple):
    """The text for so many values of each IN."""

    text: str
    order: tuple[str, ...] | None  # of the names, where the driver takes values by their place
    expanded: Mapping[str, Sequence[str]]  # of an IN: the name of each of its values


class Ready:
    """One statement, for one dialect and one set of names."""

    def __init__(self, compiled: SQLCompiler, dialect: Dialect, names: frozenset[str]) -> None:
        self._compiled = compiled
        self._given: tuple[Given, ...] = ()
        self._lists: tuple[Given, ...] = ()
        self._fixed: dict[str, Any] = {}
        for name, bind in compiled.binds.items():
            process = _into(bind.type, dialect)
            if bind.key not in names:
                self._fixed[name] = process(bind.effective_value) if process else bind.effective_value
            elif bind.expanding:
                self._lists += (Given(name, bind.key, process),)
            else:
                self._given += (Given(name, bind.key, process),)
        columns = compiled._result_columns  # noqa: SLF001 - what `CursorResult` goes by, too
        self._names = tuple(column.keyname for column in columns)
        made = ((place, _out_of(column.type, dialect)) for place, column in enumerate(columns))
        self._processes = tuple((place, process) for place, process in made if process is not None)
        self._written: Callable[..., Written] = cache(self._write)

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Rows | None:
        """None where an IN has more values than a text is kept for."""
        lengths = [len(values[item.key]) for item in self._lists]
        if lengths and max(lengths) > LONGEST:
            return None
        written = self._written(*lengths)
        parameters = self._parameters(written, values)
        heard = connection.dispatch
        for listener in heard.before_cursor_execute:
            listener(connection, None, written.text, parameters, None, False)
        cursor = None
        try:
            cursor = connection.connection.cursor()  # which a connection that is lost refuses
            cursor.execute(written.text, parameters)
            fetched: list[Any] = [*cursor.fetchall()] if self._names else []
            count = cursor.rowcount
        except Exception as error:  # noqa: BLE001 - told as SQLAlchemy tells it
            connection._handle_dbapi_exception(error, written.text, parameters, cursor, None)  # noqa: SLF001
        finally:
            if cursor is not None:
                cursor.close()
        for listener in heard.after_cursor_execute:
            listener(connection, cursor, written.text, parameters, None, False)
        return Rows(self._names, fetched, count, self._processes)

    def _parameters(self, written: Written, values: Mapping[str, Any]) -> Any:
        made = dict(self._fixed)
        for name, key, process in self._given:
            value = values[key]
            made[name] = value if process is None else process(value)
        for name, key, process in self._lists:
            for each, value in zip(written.expanded[name], values[key], strict=True):
                made[each] = value if process is None else process(value)
        return made if written.order is None else tuple([made[name] for name in written.order])

    def _write(self, *lengths: int) -> Written:
        if not lengths:
            order = self._compiled.positiontup
            return Written(self._compiled.string, None if order is None else tuple(order), {})
        known = {item.key: [None] * length for item, length in zip(self._lists, lengths, strict=True)}
        state = self._compiled.construct_expanded_state({item.key: None for item in self._given} | known)
        places = state.positiontup
        return Written(state.statement, None if places is None else tuple(places), state.parameter_expansion)


Known = dict[tuple[str, frozenset[str]], Ready | None]
KNOWN: WeakKeyDictionary[Executable, Known] = WeakKeyDictionary()


def ready(statement: Executable, dialect: Dialect, values: Mapping[str, Any]) -> Ready | None:
    """None where SQLAlchemy is to run it itself: one that is seen for the first time, as it may have been made for this call
    alone, and one of which it decides more than its values when it is run.
    """
    known = KNOWN.get(statement)
    if known is None:
        KNOWN[statement] = {}
        return None
    key = (dialect.name, frozenset(values))
    if key not in known:
        known[key] = _made(statement, dialect, key[1])
    return known[key]


def _made(statement: Executable, dialect: Dialect, names: frozenset[str]) -> Ready | None:
    assert isinstance(statement, ClauseElement)  # noqa: S101 - what can be executed and is no text
    compiled = statement.compile(dialect=dialect, column_keys=sorted(names))
    if not isinstance(compiled, SQLCompiler) or compiled.insert_prefetch or compiled.update_prefetch:
        return None
    own = [bind for bind in compiled.binds.values() if bind.key not in names]
    is_open = any(bind.required or bind.callable or bind.expanding for bind in own)
    return None if is_open or compiled.literal_execute_params else Ready(compiled, dialect, names)


def _into(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _out_of(kind: TypeEngine[Any], dialect: Dialect) -> Process | None:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
