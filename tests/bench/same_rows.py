"""The bare driver with the rows that a transition has changed: they are looked up by comparing two databases, so that it does
not matter how they were written, and written into a copy of what was there before, in one durable transaction.
"""

import sqlite3
import time
from pathlib import Path
from typing import Any, Self

TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


class SameRows:
    """`of` is a database that is written to, `copy` what the bare driver follows it with; a turn of transitions long."""

    def __init__(self, of: Path, copy: Path) -> None:
        for old in copy.parent.glob(f"{copy.name}*"):
            old.unlink()
        with sqlite3.connect(of) as source:
            source.execute("VACUUM INTO ?", (str(copy),))
        source.close()
        self._writer = sqlite3.connect(copy, isolation_level=None)
        self._writer.execute("PRAGMA journal_mode = WAL")
        self._writer.execute("PRAGMA synchronous = FULL")
        self._reader = sqlite3.connect(copy, isolation_level=None)
        self._reader.row_factory = sqlite3.Row
        self._reader.execute("ATTACH ? AS written", (str(of),))
        self._tables = [row["name"] for row in self._reader.execute(TABLES)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()
        self._writer.close()

    def write(self) -> float:
        """What was written since is written here too: the seconds of CPU that it took."""
        statements = [statement for table in self._tables for statement in self._changes(table)]
        assert statements, "nothing was written"
        execute = self._writer.execute
        begun = time.process_time()
        execute("BEGIN IMMEDIATE")
        for statement, values in statements:
            execute(statement, values)
        execute("COMMIT")
        spent = time.process_time() - begun
        assert not any(self._changes(table) for table in self._tables), "other rows"
        return spent

    def _changes(self, table: str) -> list[tuple[str, tuple[Any, ...]]]:
        """Statements with their values."""
        named = f'SELECT rowid AS "rowid of it", * FROM {{}}."{table}"'
        ours, theirs = named.format("main"), named.format("written")
        query = self._reader.execute
        before = {row[0]: row for row in query(f"{ours} EXCEPT {theirs}")}
        after = {row[0]: row for row in query(f"{theirs} EXCEPT {ours}")}
        found = [(f'DELETE FROM "{table}" WHERE rowid = ?', (key,)) for key in before.keys() - after.keys()]
        for key, row in after.items():
            old = before.get(key)
            changed = [name for name in row.keys()[1:] if old is None or old[name] != row[name]]
            if old is None:
                places = ", ".join("?" * (len(changed) + 1))
                names = ", ".join(["rowid", *(f'"{name}"' for name in changed)])
                found.append((f'INSERT INTO "{table}" ({names}) VALUES ({places})', tuple(row)))
            else:
                new = ", ".join(f'"{name}" = ?' for name in changed)
                values = (*(row[name] for name in changed), key)
                found.append((f'UPDATE "{table}" SET {new} WHERE rowid = ?', values))
        return found
