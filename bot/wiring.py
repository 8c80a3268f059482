"""Builds what an office has from the settings: procedures, calendar, database, files. What a bot needs besides is `bot.assembly`; a
command that only looks into the office does without. Nothing here runs.
"""

from datetime import datetime
from pathlib import Path

from alur.storage import sop_files
from alur.storage.database import Database
from alur.storage.file_store import FileStore
from alur.storage.sop_files import Procedure
from alur.workflow.calendar import Calendar
from bot.holidays import calendar_for
from bot.settings import Settings

YEARS_BACK = 5


def procedures(settings: Settings) -> tuple[Procedure, ...]:
    """Every SOP of the folder. Raises `SopFileError` with all faults of all files."""
    folder: Path = settings.sop_dir or sop_files.default_folder()
    return tuple(Procedure(sop=sop, hash=sop_files.content_hash(sop)) for sop in sop_files.read_folder(folder))


def calendar(settings: Settings, today: datetime) -> Calendar:
    """The span in which a running case can need a day: also one that was left open for years."""
    return calendar_for(
        settings.timezone,
        first_year=today.year - YEARS_BACK,
        last_year=today.year + 2,
        overrides=settings.holidays_file,
        count_receipt_day=settings.count_receipt_day,
    )


def database(settings: Settings) -> Database:
    return Database(settings.database)


def store(settings: Settings) -> FileStore:
    return FileStore(settings.files_dir)
