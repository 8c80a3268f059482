"""What the terminal says of a rehearsal: what is being done and waited for, where the page is, and how to begin there."""

import asyncio
import shlex
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

import typer

from bot.rehearsal.cast import Cast

SIGN_EVERY = 10  # seconds
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@asynccontextmanager
async def step(words: str) -> AsyncIterator[None]:
    """A line before what takes a while, and a sign of life where it takes long."""
    typer.echo(f"{words} …")
    signs = asyncio.create_task(_signs())
    try:
        yield
    finally:
        signs.cancel()


async def _signs() -> None:
    for spent in count(SIGN_EVERY, SIGN_EVERY):
        await asyncio.sleep(SIGN_EVERY)
        typer.echo(f"   … still at it after {spent} s")


def in_words(number: int) -> str:
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def beginning(url: str, now: datetime, cast: Cast) -> str:
    from bot.rehearsal.papers import LETTER_DAY, LETTER_NUMBER  # noqa: PLC0415 - read by now, while the bot started

    return f"""
{in_words(len(cast.people)).capitalize()} phones, one for each role and the Administrator's: {url}

It is {_told(now)}, and a letter waits for {cast.people[0].label}.
Begin on that phone with /mulai, and answer what the bot asks: the year {now.year}, the letter's number
{LETTER_NUMBER}, its date {LETTER_DAY}, and the letter itself, the first file in the folder beside
the text box. Dates and hours may be tapped or typed.
Then go where a phone rings. The files that a step needs lie in that folder of whoever sends them.
Ctrl-C ends it; everything is kept.
"""


def going_on(url: str, now: datetime) -> str:
    return f"""
The phones as they were left: {url}

It is {_told(now)}. Ctrl-C ends it; everything is kept.
"""


def command(folder: Path) -> str:
    """As it was typed: `make demo` has no `alur` on its path."""
    alur = sys.argv[0] if Path(sys.argv[0]).name == "alur" else "alur"
    return shlex.join([alur, "demo", "--data", str(folder)])


def _told(now: datetime) -> str:
    return f"{now:%A} {now.day} {now:%B %Y, %H.%M %Z}"
