"""Transactions that take too long for a reason of their own: named in the log and in the metrics, and refused where they
belong to an update, so that the update is counted, and set aside after a few tries. Called by `bot.house`.

A leader's session that says nothing for six seconds is ended by the server (`alur.storage.lead`): an update that took
longer would end every term anew, in every process. What waits for the writer, for a lock or for a database that does
not answer is not to blame.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import structlog
from sqlalchemy import Engine, event, text
from sqlmodel import Session

from alur.workflow.errors import Fault
from bot import metrics

log = structlog.get_logger()

LIMIT = 3.0  # seconds
AT_ONCE = 0.3  # seconds within which a database that is well answers
ASK = text("SELECT 1")
CANCELLED = "57014"  # SQLSTATE of a statement that ran into the leader's limit


class TooSlow(Fault):
    """Its transaction was rolled back. `is_parked`: whether its update has been set aside for it."""

    def __init__(self, service: str, seconds: float) -> None:
        super().__init__(f"{service} took {seconds:.1f} s, which is too long for a transaction")
        self.is_parked = False


class Stopwatch:
    """Of the writer's connection, for its one thread."""

    def __init__(self, writer: Engine) -> None:
        self._asked = self._in_database = 0.0
        event.listen(writer, "before_cursor_execute", self._asks)
        event.listen(writer, "after_cursor_execute", self._hears)
        event.listen(writer, "handle_error", self._hears)

    @contextmanager
    def measuring(self, session: Session, service: Callable[..., Any], update_id: int | None) -> Iterator[None]:
        """Around a transaction that has begun. Raises `TooSlow` where it is an update's."""
        began, self._in_database = monotonic(), 0.0
        try:
            yield
        except Exception as error:
            seconds = monotonic() - began
            # While it kept the database waiting, its session may have been ended: whatever is raised comes of that.
            if seconds - self._in_database > LIMIT or (seconds > LIMIT and _state(error) == CANCELLED):
                self._note(service, seconds, update_id, error)
            raise
        seconds = monotonic() - began
        if seconds > LIMIT and self._answers_at_once(session):
            self._note(service, seconds, update_id, None)

    def _note(
        self, service: Callable[..., Any], seconds: float, update_id: int | None, error: Exception | None
    ) -> None:
        name = _name(service)
        metrics.SLOW.labels(name).inc()
        log.error("a transaction took too long", service=name, seconds=round(seconds, 1), update_id=update_id)
        if update_id is not None:
            raise TooSlow(name, seconds) from error

    def _answers_at_once(self, session: Session) -> bool:
        asked = monotonic()
        session.connection().execute(ASK)
        return monotonic() - asked < AT_ONCE

    def _asks(self, *_: Any) -> None:
        self._asked = monotonic()

    def _hears(self, *_: Any) -> None:
        self._in_database += monotonic() - self._asked


def _name(service: Callable[..., Any]) -> str:
    """As the code calls it: `screens.open_case`."""
    module = getattr(service, "__module__", "") or ""
    return f"{module.rpartition('.')[2]}.{getattr(service, '__qualname__', type(service).__name__)}"


def _state(error: Exception) -> str | None:
    return getattr(getattr(error, "orig", None), "sqlstate", None)
