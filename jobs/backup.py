"""Every night: an archive of the office in the data folder, and the last fortnight of them kept."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import structlog

from alur.services.backups import backup
from alur.services.tell import tell_administrators
from alur.storage.backup_file import Manifest
from alur.storage.database import Database
from alur.storage.durable import make_folder
from alur.storage.file_store import FileStore
from alur.workflow import notices
from jobs.context import House

log = structlog.get_logger()

HOUR = 2  # of the office's night
KEPT = 14
DATED = "alur-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].tar.gz"


class NightlyBackup:
    """One try for each date, from its second hour on; where nobody worked at that hour, as soon as somebody does."""

    def __init__(self, house: House, database: Database, store: FileStore, folder: Path) -> None:
        self._house, self._database, self._store, self._folder = house, database, store, folder
        self._tried: date | None = None

    async def run(self, now: datetime, go_on: Callable[[], bool]) -> bool:
        """Whether the administrators are to be told something; `now` is the office's local time. Nothing is raised that
        comes of the backup itself.
        """
        file = self._folder / f"alur-{now.date()}.tar.gz"
        if now.hour < HOUR or self._tried == now.date() or file.exists():
            return False
        try:
            made = await self._house.in_thread(lambda: self._make(file, now, go_on))
        except Exception as error:  # whatever it is, the office goes on and tries again the next night
            if not go_on():
                log.info("the nightly backup is left to the next start")
                return False
            log.exception("the nightly backup failed")
            trouble = notices.BackupFailed(date=now.date(), error=str(error), missing=())
        else:
            log.info("the nightly backup is made", file=str(file), files=made.files, missing=len(made.missing))
            if not made.missing:
                return False
            trouble = notices.BackupFailed(date=now.date(), error="", missing=made.missing)
        await self._house.write(tell_administrators, trouble)
        self._tried = now.date()
        return True

    def _make(self, file: Path, now: datetime, go_on: Callable[[], bool]) -> Manifest:
        make_folder(self._folder)
        for begun in self._folder.glob(f".{DATED}.*"):  # of a process that was killed at it
            shutil.rmtree(begun, ignore_errors=True)
        made = backup(self._database, self._store, file, at=now, go_on=go_on)
        for old in sorted(self._folder.glob(DATED))[:-KEPT]:
            old.unlink()
        return made
