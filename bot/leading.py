"""Stands by until this process leads, and watches that it still does (DESIGN §5.7). Called by `bot.run`."""

import asyncio
from contextlib import suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from alur.storage.errors import ReadOnly
from alur.storage.troubles import told
from alur.workflow.errors import Fault
from bot import retries
from bot.house import House

log = structlog.get_logger()

EVERY = 2.0  # seconds between two questions whether we still lead


class AlreadyRunning(Fault):
    def __init__(self, database: str) -> None:
        super().__init__(
            f"another `alur run` works on {database}: SQLite serves one process (several need a PostgreSQL)"
        )


async def won(house: House, stop: asyncio.Event) -> bool:
    """Returns when this process leads, or False when `stop` is set first. Raises `AlreadyRunning` on SQLite."""
    stands_by = False
    while not stop.is_set():
        try:
            if await house.win():
                return True
        except (SQLAlchemyError, ReadOnly) as error:
            log.warning("nobody can lead", error=told(error))
        else:
            if house.database.dialect == "sqlite":
                raise AlreadyRunning(str(house.database.url.database))
            if not stands_by:
                log.info("another process leads: standing by")
            stands_by = True
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), retries.STAND_BY.seconds())
    return False


async def watch(house: House) -> None:
    """Ends by `LeadLost`, and not before."""
    while True:
        await asyncio.sleep(EVERY)
        await house.ask()
