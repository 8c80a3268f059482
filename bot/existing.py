"""The database of an office that has worked already, for commands that look into it and make nothing.

Called by `alur audit`, `members`, `appoint` and `end`; `alur run` and `alur invite` make, or ask for, the tables of this
version themselves.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from alur.storage.address import address
from alur.storage.database import Database, is_begun
from alur.storage.migrations import head, revision
from alur.workflow.errors import Fault
from bot import wiring
from bot.settings import Settings


class NeverRan(Fault):
    def __init__(self, where: str) -> None:
        super().__init__(f"this office has not begun to work: {where}; `alur run` begins it")


class DatabaseOutdated(Fault):
    def __init__(self) -> None:
        super().__init__("the database is of another version: run `alur migrate` first")


@contextmanager
def existing(settings: Settings) -> Iterator[Database]:
    """Raises `NeverRan` where there is none, and makes nothing then; `DatabaseOutdated` where its tables are others."""
    url = address(settings.database)
    if not is_begun(url):
        raise NeverRan(f"there is no database {url.database}")
    database = wiring.database(settings)
    try:
        with database.read() as session:
            version = revision(session)
        if version is None:
            raise NeverRan("its database has no tables")
        if version != head():
            raise DatabaseOutdated
        yield database
    finally:
        database.close()
