"""`alur check`: settings, database, SOPs, signing key, token and webhook, every fault named."""

import asyncio
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AsyncExitStack, closing, suppress
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

import typer
from telegram import WebhookInfo
from telegram.error import InvalidToken, TelegramError

from alur.evidence.note import Verifier
from alur.storage import folder_mark, guards, key_file
from alur.storage.database import Database, is_begun
from alur.storage.durable import make_folder
from alur.storage.errors import FolderNotShared
from alur.storage.key_file import KeyMissing, KeyUnusable
from alur.storage.migrations import is_current
from alur.storage.parked import Parked, parked
from alur.storage.server import check_sessions, faults, power_faults
from alur.storage.troubles import database_errors, told
from alur.workflow.errors import AlurError, Fault
from bot import assembly, signing_key, wiring
from bot.clock import ClockUnavailable, SimulatedClock
from bot.holidays import warnings, years_needed
from bot.settings import Settings, SettingsInvalid, read_settings

RECENT = timedelta(hours=1)  # what went wrong before is history; Telegram tries again every minute


class CheckFailed(Fault):
    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))


def check() -> None:
    """Checks settings, database, SOPs, signing key, token and webhook; exit status 1 with every fault named."""
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
    for warning in warnings(years_needed(now), settings.holidays_file):
        typer.echo(f"calendar: {warning}")


def _data_dir(settings: Settings) -> Iterator[str]:
    folder: Path = settings.data_dir
    try:
        make_folder(folder)
    except OSError as error:
        yield f"ALUR_DATA_DIR: {folder} cannot be made: {error.strerror}"
        return
    if not os.access(folder, os.W_OK):
        yield f"ALUR_DATA_DIR: {folder} cannot be written to"


def _database(settings: Settings) -> Iterator[str]:
    try:
        with closing(wiring.database(settings)) as database:
            if is_begun(database.url):
                yield from _sqlite(database) if database.dialect == "sqlite" else _postgresql(database, settings)
    except (Fault, *database_errors()) as error:  # type: ignore[misc]
        yield told(error) or str(error)


def _sqlite(database: Database) -> Iterator[str]:
    if is_current(database):  # else `alur run` brings it up to date itself
        yield from _guards(database)
    if not os.access(str(database.url.database), os.W_OK):
        yield f"ALUR_DATABASE_URL: {database.url.database} cannot be written to"


def _postgresql(database: Database, settings: Settings) -> Iterator[str]:
    check_sessions(database)
    current = is_current(database)
    with database.read() as session:
        found = list(faults(session, is_current=current))
        power = list(power_faults(session))
        if current and not found and not folder_mark.is_shared(session, settings.data_dir):
            found.append(str(FolderNotShared(str(settings.data_dir))))
    yield from (*found, *power)
    if current:
        yield from _guards(database)
    else:
        yield "ALUR_DATABASE_URL: the database is of another version: run `alur migrate`"


def _guards(database: Database) -> Iterator[str]:
    with database.read() as session:
        for table in guards.missing(session):
            yield f"ALUR_DATABASE_URL: {guards.MISSING.format(table)}"


def _signing_key(settings: Settings) -> Iterator[str]:
    """A file that is gone, or has another key, is told and no fault of the settings: an office that lost its key must start."""
    path = settings.audit_key
    own: Verifier | None = None
    try:
        own = key_file.load(path).verifier
    except KeyMissing:
        pass
    except KeyUnusable as error:
        yield str(error)
        return
    if fault := signing_key.exposed(path):
        yield fault
    if (keys := signing_key.begun(settings)) is not None:
        for sentence in signing_key.news(path, own, keys):
            typer.echo(f"signing key: {sentence}")


def _token(settings: Settings) -> Iterator[str]:
    async def ask() -> None:
        async with assembly.bot(settings):
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
        suppress(Fault, *database_errors()),
        closing(wiring.database(settings)) as database,
    ):  # of these `database` tells
        if is_begun(database.url) and is_current(database):
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


def _webhook(settings: Settings) -> Iterator[str]:
    """Whether Telegram can bring what waits, where it has been asked to. Silent where it does not answer: see `_token`."""

    async def ask() -> tuple[WebhookInfo, datetime]:
        async with AsyncExitStack() as stack:
            clock = assembly.clock(settings)
            if isinstance(clock, SimulatedClock):
                await stack.enter_async_context(clock)
            bot = await stack.enter_async_context(assembly.bot(settings))
            return await bot.get_webhook_info(), await clock.now()

    if not settings.webhook_url:
        return
    try:
        info, now = asyncio.run(ask())
    except (TelegramError, ClockUnavailable):
        return
    failed = info.last_error_date is not None and now - info.last_error_date < RECENT
    if failed and info.url == settings.webhook_url and info.pending_update_count:
        yield f"ALUR_WEBHOOK_URL: {info.pending_update_count} updates wait at Telegram: {info.last_error_message}"


PARTS: dict[str, Callable[[Settings], Iterator[str]]] = {
    "sops": _sops,
    "calendar": _calendar,
    "data folder": _data_dir,
    "database": _database,
    "messages": _messages,
    "signing key": _signing_key,
    "token": _token,
    "webhook": _webhook,
}
