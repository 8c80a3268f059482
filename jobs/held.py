"""Once a tick, and at the moment that is due: hands on the decisions that were held back, at any hour."""

import structlog

from alur.services.cases import held
from alur.storage.database import is_transient
from jobs.context import House

log = structlog.get_logger()


async def hand_on_held(house: House) -> int:
    """How many were handed on, each in a transaction of its own: a crash in the middle leaves the rest due. One that cannot be is
    logged, tried again at the next tick, and holds up no other; a database that is away ends the tick.
    """
    handed_on = 0
    failed: set[int] = set()
    while rows := await house.read(held.due, skip=frozenset(failed)):
        for row in rows:
            try:
                handed_on += await house.write(held.hand_on, row)
            except Exception as error:
                if is_transient(error):
                    raise
                log.exception("a held decision cannot be handed on", case=row.case_id, task=row.task)
                failed.add(row.id)
    return handed_on
