"""The SQLite file under all nouns: its tables, one transaction per act, counters that never go back, settings.

Everything runs in the event loop's thread and nothing awaits inside a transaction, so that an act is seen
whole or not at all. Without a folder the database is in memory and ends with the process.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS people (
    user_id INTEGER PRIMARY KEY, username TEXT UNIQUE COLLATE NOCASE, standing TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS about (user_id INTEGER PRIMARY KEY, words TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS groups (chat_id INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS members (
    chat_id INTEGER NOT NULL, user_id INTEGER NOT NULL, PRIMARY KEY (chat_id, user_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS messages (
    message_id INTEGER PRIMARY KEY, chat_id INTEGER NOT NULL, change INTEGER NOT NULL, by_bot INTEGER NOT NULL,
    deleted INTEGER NOT NULL, silent INTEGER NOT NULL, markup TEXT NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS messages_of_chat ON messages (chat_id, change);
CREATE TABLE IF NOT EXISTS changes (
    change INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, chat_id INTEGER, subject TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS updates (
    update_id INTEGER PRIMARY KEY, date INTEGER NOT NULL, kind TEXT NOT NULL, chat_id INTEGER, state TEXT NOT NULL,
    body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS updates_waiting ON updates (update_id) WHERE state <> 'confirmed';
CREATE TABLE IF NOT EXISTS queries (query_id TEXT PRIMARY KEY, date INTEGER NOT NULL, answer TEXT);
CREATE TABLE IF NOT EXISTS assets (asset INTEGER PRIMARY KEY, kind TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS files (
    file_id TEXT PRIMARY KEY, unique_id TEXT NOT NULL, asset INTEGER NOT NULL, path TEXT NOT NULL UNIQUE,
    size INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS samples (
    sample_id INTEGER PRIMARY KEY, name TEXT NOT NULL, mime_type TEXT NOT NULL, people TEXT NOT NULL, note TEXT,
    bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS links (
    link_id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL, payload TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS link_details (link_id INTEGER PRIMARY KEY, until TEXT, name TEXT, about TEXT);
"""


class Store:
    """One connection; SQL is written where its noun lives."""

    def __init__(self, folder: Path | None) -> None:
        place = ":memory:"
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            place = str(folder / "telegram.sqlite3")
        self._connection = sqlite3.connect(place, isolation_level=None)
        # A killed process loses nothing of what the kernel has; a power cut of a simulator is no concern.
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = OFF")
        self._connection.executescript(SCHEMA)

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another one it is part of that."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def run(self, sql: str, *values: Any) -> sqlite3.Cursor:
        return self._connection.execute(sql, values)

    def rows(self, sql: str, *values: Any) -> list[Any]:
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Any) -> Any | None:
        return self._connection.execute(sql, values).fetchone()

    def value(self, sql: str, *values: Any) -> Any | None:
        row = self._connection.execute(sql, values).fetchone()
        return row[0] if row else None

    def next(self, counter: str, *, first: int = 1) -> int:
        """The counter's next number; the first ever is `first`."""
        sql = """INSERT INTO counters VALUES (?, ?)
                 ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value"""
        (number,) = self._connection.execute(sql, (counter, first)).fetchall()[0]
        return int(number)

    def raise_counter(self, counter: str, reached: int) -> None:
        """See to it that the counter's next number is above `reached`."""
        sql = "INSERT INTO counters VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)"
        self.run(sql, counter, reached)

    def setting(self, name: str) -> Any | None:
        text = self.value("SELECT value FROM settings WHERE name = ?", name)
        return None if text is None else json.loads(text)

    def put_setting(self, name: str, value: Any) -> None:
        """Keep a JSON value under the name; None forgets it."""
        if value is None:
            self.run("DELETE FROM settings WHERE name = ?", name)
        else:
            self.run("INSERT OR REPLACE INTO settings VALUES (?, ?)", name, json.dumps(value))
