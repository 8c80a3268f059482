"""The rehearsal ("gladi"): the bot, and a page with the phones of six people, until Ctrl-C; `alur demo` calls it.

Its folder keeps everything: the bot's data, its log, and under `telegram` the people, their messages and the clock. A
folder with the mark goes on where it stood; one without must be empty, and is empty again where the set-up was broken
off, so that there is no half-made rehearsal to continue.
"""

import asyncio
import fcntl
import os
import shlex
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import typer

from bot.rehearsal import profiles
from bot.rehearsal.browser import show
from bot.rehearsal.expectations import CannotGoOn
from bot.rehearsal.hours import JAKARTA, ZONE
from bot.rehearsal.sandbox import START, TEMPORARY, Sandbox
from simulator import NothingCameError, Phone, SimulatorClient

if TYPE_CHECKING:
    from bot.rehearsal.samples import Sample

MARK = "rehearsal.txt"
WELCOMED_WITHIN = 20.0  # seconds
YEARS_AHEAD = 1  # of the clock's first moment, for which the page knows the office's hours
LINKS_VALID_FOR = timedelta(days=7)  # of the rehearsal's own clock, as the bot tells
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
                typer.echo(f"Continue with: {_command(folder)}")
    except (CannotGoOn, NothingCameError, Unusable) as stopped:
        typer.echo(str(stopped), err=True)
    except OSError as error:  # the folder, or the port
        typer.echo(": ".join(str(part) for part in (error.filename, error.strerror or error) if part), err=True)
    else:
        return status
    return 1


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
    sandbox = Sandbox(folder, port=port, is_kept=True, invites=is_new)
    async with AsyncExitStack() as stack:
        _, prepared = await asyncio.gather(
            stack.enter_async_context(sandbox), asyncio.to_thread(_prepare, sandbox.holidays, is_new=is_new)
        )
        telegram = sandbox.telegram
        await telegram.office_hours(ZONE, prepared.hours)
        if is_new:
            await _set_up(sandbox, prepared.samples)
            (folder / MARK).write_text(f"A rehearsal of Alur. Continue with: {_command(folder)}\n")
        now = (await telegram.clock()).astimezone(JAKARTA)
        typer.echo(_begin(telegram.url, now) if is_new else _go_on(telegram.url, now))
        if browser:
            show(telegram.url)
        status = await sandbox.ended()
        typer.echo(f"The bot has ended by itself with status {status}; its last lines:\n{sandbox.tail()}", err=True)
    return 1


async def _set_up(sandbox: Sandbox, samples: Sequence["Sample"]) -> None:
    """Six people join by invitation; what each may send is on his phone, and who else may join has a link."""
    telegram = sandbox.telegram
    phones = {profile: await telegram.person(profile.name, about=_about(profile)) for profile in profiles.REHEARSING}
    invited = (*profiles.REHEARSING, *profiles.MAY_JOIN)
    codes = dict(zip(invited, await sandbox.invite(invited), strict=True))
    await asyncio.gather(*(_join(phone, codes[profile]) for profile, phone in phones.items()))
    for sample in samples:
        people = [phones[profile] for profile in sample.people]
        given = sample.paper
        await telegram.add_sample(given.name, given.data, mime_type=given.mime, people=people, note=sample.note)
    await _leave_links(telegram, {profile: codes[profile] for profile in profiles.MAY_JOIN})


def _about(profile: profiles.Profile) -> str:
    """What stands under the name, so that the page alone shows where to begin."""
    return f"{profile.desk} · opens the case with /mulai" if profile is profiles.TATA_USAHA else profile.desk


async def _join(phone: Phone, code: str) -> None:
    sent = await phone.send(f"/start {code}")
    await phone.wait_for(lambda message: "Selamat datang" in message.text, after=sent, timeout=WELCOMED_WITHIN)


async def _leave_links(telegram: SimulatorClient, codes: Mapping[profiles.Profile, str]) -> None:
    until = (await telegram.clock()).astimezone(JAKARTA) + LINKS_VALID_FOR
    for profile, code in codes.items():
        await telegram.add_link(f"{profile.label}, until {until.day} {until:%b}", code)


@dataclass(frozen=True, kw_only=True)
class Prepared:
    hours: Mapping[date, tuple[time, time]]
    samples: Sequence["Sample"]


def _prepare(holidays: Path, *, is_new: bool) -> Prepared:
    """In a thread while the bot starts, whose process so begins before these libraries are read."""
    return Prepared(hours=_hours(holidays if holidays.exists() else None), samples=_samples() if is_new else ())


def _samples() -> Sequence["Sample"]:
    from bot.rehearsal.samples import all_  # noqa: PLC0415 - see `_prepare`

    return tuple(all_())


def _hours(holidays: Path | None) -> dict[date, tuple[time, time]]:
    """Each working day of the years in which a rehearsal can be, with opening and closing, as the bot counts them."""
    from bot.holidays import calendar_for  # noqa: PLC0415 - see `_prepare`

    first, last = date(START.year, 1, 1), date(START.year + YEARS_AHEAD, 12, 31)
    calendar = calendar_for(
        ZONE, first_year=first.year, last_year=last.year, overrides=holidays, count_receipt_day=False
    )
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    hours = {day: calendar.week.on(day) for day in days if calendar.is_working_day(day)}
    return {day: (each.opening, each.closing) for day, each in hours.items()}


def _begin(url: str, now: datetime) -> str:
    from bot.rehearsal.papers import LETTER_DAY, LETTER_NUMBER  # noqa: PLC0415 - read by now

    clerk = f"{profiles.TATA_USAHA.sapaan} {profiles.TATA_USAHA.name}"
    return f"""
Six people and their phones: {url}

It is {_told(now)}, and a letter of Biro SDM waits for {clerk} (Tata Usaha).
Begin on her phone with /mulai, and answer what the bot asks: the year {now.year}, the letter's number
{LETTER_NUMBER}, its date {LETTER_DAY}, and the letter itself, the first file in the folder beside
her text box. Dates and hours may be tapped or typed.
Then go where a phone rings. The files that a step needs lie in that folder of whoever sends them.
Ctrl-C ends it; everything is kept.
"""


def _go_on(url: str, now: datetime) -> str:
    return f"""
The phones as they were left: {url}

It is {_told(now)}. Ctrl-C ends it; everything is kept.
"""


def _told(now: datetime) -> str:
    return f"{now:%A} {now.day} {now:%B %Y, %H.%M} WIB"


def _command(folder: Path) -> str:
    """As it was typed: `make demo` has no `alur` on its path."""
    alur = sys.argv[0] if Path(sys.argv[0]).name == "alur" else "alur"
    return shlex.join([alur, "demo", "--data", str(folder)])
