"""The rehearsal ("gladi"): the bot, and a page with the phones of its people, until Ctrl-C; `alur demo` calls it.

Its folder keeps everything: the bot's data, its log, and under `telegram` the people, their messages and the clock. A
folder with the mark goes on where it stood; one without must be empty, and is empty again where the set-up was broken
off, so that there is no half-made rehearsal to continue.
"""

import asyncio
import errno
import fcntl
import os
import shutil
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import typer

from bot.rehearsal import arrival, cast, own_settings, terminal
from bot.rehearsal.browser import show
from bot.rehearsal.cast import Cast
from bot.rehearsal.expectations import CannotGoOn
from bot.rehearsal.own_settings import OwnSettings, SettingUnusable
from bot.rehearsal.sandbox import START, TEMPORARY, Sandbox
from simulator import NothingCameError

if TYPE_CHECKING:
    from alur.workflow.sop import Sop
    from bot.rehearsal.samples import Sample

MARK = "rehearsal.txt"
YEARS_AHEAD = 1  # of the clock's first moment, for which the page knows the office's hours
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # Ctrl-C, `kill`, a closed terminal


class Unusable(Exception):
    """The folder cannot be rehearsed in; the message says why."""


def rehearse(data: Path | None, *, port: int = 0, browser: bool = True) -> int:
    """Until it is told to stop: exit status 0; 1 with a sentence on stderr where it cannot begin or the bot ends.

    Without a folder a fresh one is made among the system's temporary files, and left there.
    """
    try:
        folder = (data.expanduser() if data else Path(mkdtemp(prefix=TEMPORARY))).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        with _ours(folder) as is_new:
            status = asyncio.run(_until_told(folder, is_new=is_new, port=port, browser=browser))
            if (folder / MARK).exists():
                typer.echo(f"Continue with: {terminal.command(folder)}")
    except (CannotGoOn, NothingCameError, SettingUnusable, Unusable) as stopped:
        typer.echo(str(stopped), err=True)
    except OSError as error:  # the folder, or the port
        typer.echo(_trouble(error, port), err=True)
    else:
        return status
    return 1


def _trouble(error: OSError, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program: name another with --port, or none for any that is free"
    return ": ".join(str(part) for part in (error.filename, error.strerror or error) if part)


@contextmanager
def _ours(folder: Path) -> Iterator[bool]:
    """The folder for us alone, and whether it is new."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unusable(f"{folder} is in use by another rehearsal") from None
        is_new = not (folder / MARK).exists()
        if is_new and any(folder.iterdir()):
            raise Unusable(f"{folder} is not empty and holds no rehearsal: name another folder")
        try:
            yield is_new
        finally:
            if not (folder / MARK).exists():
                _empty(folder)
    finally:
        os.close(handle)


def _empty(folder: Path) -> None:
    """Of what a set-up that was broken off has left: the folder was empty before it."""
    for item in folder.iterdir():
        shutil.rmtree(item) if item.is_dir() else item.unlink()


async def _until_told(folder: Path, *, is_new: bool, port: int, browser: bool) -> int:
    told = asyncio.Event()
    for number in ENDINGS:
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    rehearsal = asyncio.create_task(_rehearsal(folder, is_new=is_new, port=port, browser=browser))
    ending = asyncio.create_task(told.wait())
    await asyncio.wait((rehearsal, ending), return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    rehearsal.cancel()
    try:
        return await rehearsal
    except asyncio.CancelledError:
        typer.echo("\nStopped.")
        return 0


async def _rehearsal(folder: Path, *, is_new: bool, port: int, browser: bool) -> int:
    if is_new:
        own_settings.begin(folder)
    settings = own_settings.of(folder)
    for sentence in own_settings.told(folder):
        typer.echo(sentence)
    sops = _procedures(settings)
    if sops:
        typer.echo(f"The procedures of {settings.sop_dir}: {', '.join(sop.short_title for sop in sops)}.")
    people = cast.of(sops) if sops else cast.OURS
    sandbox = Sandbox(
        folder,
        start=datetime.combine(START.date(), START.time(), settings.zone),
        port=port,
        is_kept=True,
        invites=is_new,
    )
    async with AsyncExitStack() as stack:
        async with terminal.step(f"Starting a simulated Telegram, and the bot with its database, in {folder}"):
            _, prepared = await asyncio.gather(
                stack.enter_async_context(sandbox),
                asyncio.to_thread(_prepare, sandbox.holidays, settings, sops, people, is_new=is_new),
            )
        telegram = sandbox.telegram
        await telegram.office_hours(settings.zone_name, prepared.hours)
        if is_new:
            number = terminal.in_words(len(people.people))
            async with terminal.step(f"The bot is up; {number} people are invited and join it"):
                phones = await arrival.arrive(sandbox, people)
                await arrival.lay_out(sandbox, prepared.samples, phones)
            (folder / MARK).write_text(f"A rehearsal of Alur. Continue with: {terminal.command(folder)}\n")
        now = (await telegram.clock()).astimezone(settings.zone)
        begins = terminal.beginning(telegram.url, now, people) if is_new else terminal.going_on(telegram.url, now)
        typer.echo(begins)
        if browser:
            show(telegram.url)
        links = asyncio.create_task(arrival.keep_links(sandbox, people))
        try:
            status = await sandbox.ended()
        finally:
            links.cancel()
        typer.echo(f"The bot has ended by itself with status {status}; its last lines:\n{sandbox.tail()}", err=True)
    return 1


def _procedures(settings: OwnSettings) -> Sequence["Sop"]:
    """Those of the user's own folder; none mean the one that comes with Alur. Raises a `Fault` with all their faults."""
    if settings.sop_dir is None:
        return ()
    from alur.storage.sop_files import read_folder  # noqa: PLC0415 - few need it, and all would wait for it

    return tuple(read_folder(settings.sop_dir))


@dataclass(frozen=True, kw_only=True)
class Prepared:
    hours: Mapping[date, tuple[time, time]]
    samples: Sequence["Sample"]


def _prepare(holidays: Path, settings: OwnSettings, sops: Sequence["Sop"], people: Cast, *, is_new: bool) -> Prepared:
    """In a thread while the bot starts, whose process so begins before these libraries are read."""
    hours = _hours(holidays if holidays.exists() else None, settings.zone_name)
    return Prepared(hours=hours, samples=_samples(sops, people) if is_new else ())


def _samples(sops: Sequence["Sop"], people: Cast) -> Sequence["Sample"]:
    from bot.rehearsal import samples  # noqa: PLC0415 - see `_prepare`

    return tuple(samples.of(sops, people.people) if sops else samples.all_())


def _hours(holidays: Path | None, zone: str) -> dict[date, tuple[time, time]]:
    """Each working day of the years in which a rehearsal can be, with opening and closing, as the bot counts them."""
    from bot.holidays import calendar_for  # noqa: PLC0415 - see `_prepare`

    first, last = date(START.year, 1, 1), date(START.year + YEARS_AHEAD, 12, 31)
    calendar = calendar_for(
        zone, first_year=first.year, last_year=last.year, overrides=holidays, count_receipt_day=False
    )
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    hours = {day: calendar.week.on(day) for day in days if calendar.is_working_day(day)}
    return {day: (each.opening, each.closing) for day, each in hours.items()}
