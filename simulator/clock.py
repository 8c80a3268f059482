"""The simulator's clock: runs at normal speed and can be moved forward; dates of messages follow it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class ClockWouldGoBackError(Exception):
    """A clock moves forward only."""


class Clock:
    """Real time plus an offset that only grows; the offset is handed to `keep` so that it survives a restart."""

    def __init__(self, *, start: datetime | None, kept: float | None, keep: Callable[[float], None]) -> None:
        """Start at `start` (aware; None means real now), never before where a kept offset (seconds) has got to."""
        self._keep = keep
        offsets = [timedelta(seconds=kept)] if kept is not None else []
        if start is not None:
            offsets.append(start - datetime.now(UTC))
        self._offset = max(offsets, default=timedelta())
        self._keep(self._offset.total_seconds())

    def now(self) -> datetime:
        """Aware, in UTC."""
        return datetime.now(UTC) + self._offset

    def stamp(self) -> int:
        """Now as Telegram dates things: whole seconds since 1970."""
        return int(self.now().timestamp())

    def advance(self, seconds: float) -> None:
        if seconds < 0:
            raise ClockWouldGoBackError
        self._offset += timedelta(seconds=seconds)
        self._keep(self._offset.total_seconds())

    def move_to(self, moment: datetime) -> None:
        """Set the clock to an aware moment that is not in its past."""
        self.advance((moment - self.now()).total_seconds())
