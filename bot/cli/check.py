"""`alur check`: settings, database, SOPs and token, every fault named."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime, tzinfo
from pathlib import Path

import typer
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import InvalidToken, TelegramError

from alur.storage import folder_mark
from alur.storage.errors import FolderNotShared
from alur.storage.migrations import is_current
from alur.storage.parked import Parked, parked
from alur.workflow.errors import AlurError, Fault
from bot import wiring
from bot.holidays import years_without_joint_leave
from bot.settings import Settings, SettingsInvalid, read_settings


class CheckFailed(Fault):
    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))


def check() -> None:
    """Checks settings, database, SOPs and token; exit status 1 with every fault named."""
    try:
        settings = read_settings(needs_token=True)
    except SettingsInvalid as error:
        raise CheckFailed(error.faults) from None
    faults: list[str] = []
    for name, part in PARTS.items():
        found = list(part(settings))
        faults += found
        typer.echo(f"{name}: {'good' if not found else 'not good'}")
    if faults:
        raise CheckFailed(faults)


def _sops(settings: Settings) -> Iterator[str]:
    try:
        wiring.procedures(settings)
    except AlurError as error:
        yield str(error)


def _calendar(settings: Settings) -> Iterator[str]:
    now = datetime.now(settings.zone)
    try:
        wiring.calendar(settings, now)
    except AlurError as error:
        yield str(error)
        return
    last = now.year + (1 if now.month >= 10 else 0)  # the next year's decree is out by October
    for year in years_without_joint_leave(first_year=now.year, last_year=last, overrides=settings.holidays_file):
        typer.echo(f"calendar: no cuti bersama is known for {year}; name the decree's days in ALUR_HOLIDAYS_FILE")


def _data_dir(settings: Settings) -> Iterator[str]:
    folder: Path = settings.data_dir
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        yield f"ALUR_DATA_DIR: {folder} cannot be made: {error.strerror}"
        return
    if not os.access(folder, os.W_OK):
        yield f"ALUR_DATA_DIR: {folder} cannot be written to"


def _database(settings: Settings) -> Iterator[str]:
    database = wiring.database(settings)
    with closing(database):
        try:
            current = is_current(database)
        except (SQLAlchemyError, OSError) as error:
            yield f"ALUR_DATABASE_URL: the database does not answer ({type(error).__name__})"
            return
        if current and database.dialect != "sqlite":
            with database.read() as session:
                if not folder_mark.is_shared(session, settings.data_dir):
                    yield str(FolderNotShared(str(settings.data_dir)))
        if not current and database.dialect != "sqlite":  # `alur run` brings SQLite up to date itself
            yield "ALUR_DATABASE_URL: the database is of another version: run `alur migrate`"


def _token(settings: Settings) -> Iterator[str]:
    async def ask() -> None:
        async with wiring.bot(settings):
            pass

    try:
        asyncio.run(ask())
    except InvalidToken:
        yield "ALUR_BOT_TOKEN: Telegram rejects this token"
    except TelegramError as error:
        yield f"ALUR_API_URL: Telegram does not answer: {error.message}"


def _messages(settings: Settings) -> Iterator[str]:
    """What was set aside is told, and no fault of the settings: `alur run` must not be refused for it."""
    with (
        closing(wiring.database(settings)) as database,
        suppress(SQLAlchemyError, OSError),
    ):  # of these `database` tells
        if is_current(database):
            with database.read() as session:
                for line in aside(parked(session, now=datetime.now(settings.zone)), settings.zone):
                    typer.echo(f"messages: {line}")
    yield from ()


def aside(found: Sequence[Parked], zone: tzinfo) -> Iterator[str]:
    """One line for each kind and case, with how many there are and since when."""
    groups: dict[tuple[str, str | None], list[Parked]] = {}
    for item in found:
        groups.setdefault((item.kind, item.case), []).append(item)
    for (kind, case), own in groups.items():
        what = f"{len(own)} {kind}{'s' if len(own) > 1 else ''}{f' of {case}' if case else ''}"
        yield f'{what} set aside since {own[0].at.astimezone(zone):%Y-%m-%d %H:%M}: see the log, "was parked"'


PARTS: dict[str, Callable[[Settings], Iterator[str]]] = {
    "sops": _sops,
    "calendar": _calendar,
    "data folder": _data_dir,
    "database": _database,
    "messages": _messages,
    "token": _token,
}
