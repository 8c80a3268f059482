"""Values that are made of rows and kept from one transaction to the next, in memory: a case's state, the people of the office.

Each is known by the very rows that it was made of, which are read in every transaction all the same: whoever wrote them, whatever
was rolled back, and whoever led meanwhile, a value is given only for the rows that stand there. What is saved is the making.
Values are frozen; what depends on the moment (who holds a post today) is asked of them with the moment.
"""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from sqlmodel import Session

T = TypeVar("T")

MOST = 48  # values: an export reads thousands of cases, and a case takes some 200 KB


class Kept:
    """Of one database, for all threads."""

    def __init__(self) -> None:
        self._known: dict[Hashable, tuple[Any, Any]] = {}
        self._lock = Lock()

    def value(self, key: Hashable, rows: Any, make: Callable[[], T]) -> T:
        """The value of these rows, made if need be. The one that was not asked for longest is forgotten."""
        with self._lock:
            found = self._known.pop(key, None)
            if found is not None and found[0] == rows:
                self._known[key] = found
                value: T = found[1]
                return value
        value = make()
        self.keep(key, rows, value)
        return value

    def keep(self, key: Hashable, rows: Any, value: Any) -> None:
        with self._lock:
            self._known.pop(key, None)
            self._known[key] = (rows, value)
            if len(self._known) > MOST:
                del self._known[next(iter(self._known))]


def keeping(session: Session, kept: Kept) -> None:
    session.info[__name__] = kept


def kept(session: Session) -> Kept:
    """That of the session's database; one of its own for a session that was begun beside it."""
    found: Kept = session.info.setdefault(__name__, Kept())
    return found
