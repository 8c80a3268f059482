"""Fires every timer that is due, many in a transaction, and then queues the messages that they make."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from alur.services.clock import agendas, firing, year
from alur.storage.database import is_transient
from alur.storage.timers import DueRow
from jobs.context import House

log = structlog.get_logger()


@dataclass(frozen=True, kw_only=True)
class Fired:
    timers: int
    messages: int


async def fire_due_timers(house: House) -> Fired:
    """How many were fired, and how many messages were queued. A crash in the middle leaves the rest due, and what was found
    without a message, which the next tick queues; a second process finds each row moved on. A timer that cannot be fired
    stays due and holds up no other; a database that is away ends the tick.
    """
    fired = 0
    failed: set[int] = set()
    while rows := await house.read(firing.due, skip=frozenset(failed)):
        fired += await _fire(house, [row for row in rows if row.case_id is not None], failed)
        for row in rows:
            if row.case_id is None:
                fired += await _fire_of_office(house, row, failed)
    is_left = bool(fired) or await house.read(agendas.is_untold)
    return Fired(timers=fired, messages=await house.write(agendas.queue) if is_left else 0)


async def _fire(house: House, rows: Sequence[DueRow], failed: set[int]) -> int:
    """Timers of cases, together; where that fails, one by one."""
    try:
        return await house.write(firing.fire, {row.id: row.at for row in rows}) if rows else 0
    except Exception as error:
        if is_transient(error):
            raise
        if len(rows) == 1:
            return _set_aside(rows[0], failed, error)
        log.warning("timers are fired one by one", timers=len(rows))
        return sum([await _fire(house, [row], failed) for row in rows])


async def _fire_of_office(house: House, row: DueRow, failed: set[int]) -> int:
    try:
        await house.write(year.fire, row.id, row.at)
    except Exception as error:
        if is_transient(error):
            raise
        return _set_aside(row, failed, error)
    return 1


def _set_aside(row: DueRow, failed: set[int], error: Exception) -> int:
    """For the rest of this tick, in which it fires none."""
    log.error("a timer cannot be fired", timer=row.id, exc_info=error)
    failed.add(row.id)
    return 0
