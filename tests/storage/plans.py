"""How a database would read a statement: by an index, or a table from end to end."""

import re
from datetime import UTC, datetime

from sqlalchemy import Boolean, Delete, Integer, Update, event, inspect, select
from sqlalchemy.types import NullType

from alur.storage.columns import UtcMoment

SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
SCANS = {"Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan"}


def scanned(session, statement, values=None):
    """The tables that it would read whole, or by an index whole, were they large. An index with a condition is none of
    those: it holds the few that the condition leaves.
    """
    few = _partial(session)
    return {table for table, index in reads(session, statement, values, hypothetically=True) if index not in few}


def reads(session, statement, values=None, *, hypothetically=False):
    """Table and index (None: the rows themselves) of each reading from end to end, as the planner would have it now; or
    `hypothetically`, were the tables large.
    """
    connection = session.connection()
    sql, given = _said(connection, statement, values)
    cursor = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        lines = [row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}", given)]
        names = {alias: table for table, alias in re.findall(r"(\w+) AS (\w+)", sql)}
        found = [match.groups() for line in lines if (match := SCAN.match(line))]
        known = inspect(connection).get_table_names()
        return [(names.get(name, name), index) for name, index in found if names.get(name, name) in known]
    if hypothetically:
        cursor.execute("SET LOCAL enable_seqscan = off")  # one that is left has no index to go by
    ((plan,),) = cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", given).fetchone()
    return [
        (node.get("Relation Name"), node.get("Index Name"))
        for node in _nodes(plan["Plan"])
        if node["Node Type"] in SCANS and "Index Cond" not in node
    ]


class _NotYetError(Exception):
    """Instead of running it."""


def _said(connection, statement, values):
    """What would be said to the database. A statement that changes or deletes rows is asked which it would find."""
    if isinstance(statement, Update | Delete):
        found = select(statement.table)
        statement = found if statement.whereclause is None else found.where(statement.whereclause)
    if values is None:
        binds = statement.compile(dialect=connection.dialect).binds.values()
        values = {bind.key: [_value(bind)] if bind.expanding else _value(bind) for bind in binds if bind.required}
    heard = []

    def hear(_connection, _cursor, sql, given, _context, _many):
        heard.append((sql, given))
        raise _NotYetError

    event.listen(connection, "before_cursor_execute", hear)
    try:
        connection.execute(statement, values)
    except _NotYetError:
        return heard[0]
    finally:
        event.remove(connection, "before_cursor_execute", hear)


def _value(bind):
    """Any will do; what has no type is a LIMIT."""
    match bind.type:
        case Integer() | Boolean() | NullType():
            return 1
        case UtcMoment():
            return datetime(2026, 7, 6, tzinfo=UTC)
    return "x"


def _partial(session):
    """The names of the indices with a condition; asked once, it takes its time."""
    if "partial" not in session.info:
        session.info["partial"] = _partial_of(inspect(session.connection()))
    return session.info["partial"]


def _partial_of(inspector):
    return {
        index["name"]
        for table in inspector.get_table_names()
        for index in inspector.get_indexes(table)
        if index.get("dialect_options", {}).keys() & {"sqlite_where", "postgresql_where"}
    }


def _nodes(node):
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)
