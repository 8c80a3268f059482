"""Fires every timer that is due, each in a transaction of its own."""

import structlog

from alur.services.clock import schedule, year
from alur.storage.database import is_transient
from jobs.context import House

log = structlog.get_logger()


async def fire_due_timers(house: House) -> int:
    """How many were fired. A crash in the middle leaves the rest due; a second process finds each row moved on. A timer
    that cannot be fired stays due and holds up no other; a database that is away ends the tick.
    """
    fired = 0
    failed: set[int] = set()
    while rows := await house.read(schedule.due, skip=frozenset(failed)):
        for timer_id, at, of_case in rows:
            try:
                await house.write(schedule.fire if of_case else year.fire, timer_id, at)
            except Exception as error:
                if is_transient(error):
                    raise
                log.exception("a timer cannot be fired", timer=timer_id)
                failed.add(timer_id)
            else:
                fired += 1
    return fired
