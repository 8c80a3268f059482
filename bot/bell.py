"""The bell between processes on one PostgreSQL: whoever stores an update rings it, and whoever leads hears it.

Only a bell: an update that nobody rang for is found by the worker's own look at the inbox, some seconds later.
"""

import asyncio
from collections.abc import Callable

import structlog
from sqlalchemy import text

from alur.storage import postgresql
from alur.storage.database import Database
from alur.storage.troubles import told
from bot import retries

log = structlog.get_logger()

CHANNEL = "alur_inbox"
RING = text(f"NOTIFY {CHANNEL}")


async def listen(database: Database, heard: Callable[[], None]) -> None:
    """Calls `heard` at each ring, until it is cancelled; on SQLite there is nobody else to ring."""
    if database.dialect != "postgresql":
        await asyncio.Event().wait()
    import psycopg  # noqa: PLC0415 - an office on SQLite does without

    address = postgresql.target(database.url)
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                await connection.execute(postgresql.settling(database.url, connection.info.server_version))
                await connection.execute(f"LISTEN {CHANNEL}")
                heard()  # what was stored before we listened
                async for _ in connection.notifies():
                    heard()
        except psycopg.Error as error:
            log.warning("the bell is out of order", error=told(error))
            await asyncio.sleep(retries.BELL.seconds())
