"""Which stored files the database names, wherever it does: a backup and a restore ask, so that none is left behind."""

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from sqlalchemy import ColumnElement, Text, select, type_coerce
from sqlmodel import Session

from alur.storage.audit import AUDIT
from alur.storage.cases import CASES
from alur.storage.forms import FORMS
from alur.storage.statements import run_through
from alur.storage.uploads import UPLOADS
from alur.storage.versions import VERSIONS

BESIDE = (UPLOADS.c.sha256, type_coerce(FORMS.c.answers, Text))  # what neither a case nor the trail names yet
HASHES: tuple[ColumnElement[str], ...] = (VERSIONS.c.sha256, UPLOADS.c.sha256)
# The trail alone names the files of refused acts.
TEXTS: tuple[ColumnElement[str], ...] = (CASES.c.state, AUDIT.c.entry, type_coerce(FORMS.c.answers, Text))


def named_files(session: Session) -> frozenset[str]:
    """By SHA-256. What only Telegram keeps, and what is made anew when it is sent, is not among them.

    The rows are gone through and not held: what grows with the office is the hashes, some 150 bytes for each file.
    """
    return _named(session, HASHES, TEXTS)


def named_beside(session: Session) -> frozenset[str]:
    """Those that forms and uploads name; what cases and the trail name is not looked at."""
    hashes, texts = BESIDE
    return _named(session, (hashes,), (texts,))


def named_in(value: Any) -> Iterator[str]:
    """Those that a JSON value names, however deep inside it."""
    return (digest for digest, _ in titled_in(value))


def titled_in(value: Any) -> Iterator[tuple[str, str]]:
    """The same, each with the name under which it was sent, or with none."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case dict() as found:
                if isinstance(digest := found.get("sha256"), str):
                    yield digest, str(found.get("name") or "")
                waiting += found.values()
            case list() as found:
                waiting += found


def _named(
    session: Session, hashes: Iterable[ColumnElement[str]], texts: Iterable[ColumnElement[str]]
) -> frozenset[str]:
    found: set[str] = set()

    def look(value: dict[str, Any]) -> None:
        """Sees every object inside a text: one with such a hash is a `FileRef`."""
        if isinstance(digest := value.get("sha256"), str):
            found.add(digest)

    for column in hashes:
        with run_through(session, select(column)) as rows:
            found.update(rows.scalars())
    for column in texts:
        with run_through(session, select(column)) as rows:
            for text in rows.scalars():
                with suppress(ValueError):  # an entry that was altered until unreadable is the trail's to tell
                    json.loads(text, object_hook=look)
    return frozenset(found)
