"""Fetches a file that a person sent: over HTTP, or, of a Bot API server in local mode, from the folder that the settings name.

It is what Telegram announced, to the byte, or it is tried again; in the end it is given up, and the person sends it
again. python-telegram-bot's own download would read any file of this machine whose path Telegram happens to name.
"""

import asyncio
import stat
import time
from collections.abc import Awaitable, Callable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import structlog
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot import retries
from bot.telegram.outcomes import outcome_of
from handlers.context import DownloadFailed

log = structlog.get_logger()

PASSING = "temporarily unavailable"  # the one 400 of getFile that may be otherwise a moment later

InThread = Callable[[Callable[[], bytes]], Awaitable[bytes]]


class _Final(Exception):
    """It will not become better."""


class _Again(Exception):
    """It may."""


async def download(bot: Bot, file_id: str, *, size: int | None, local: Path | None, in_thread: InThread) -> bytes:
    """The file's bytes. `size` is what its message told, `local` the folder of the API server's own files, which are read
    `in_thread`. Raises `DownloadFailed`.
    """
    least, until = retries.DOWNLOAD.seconds(), time.monotonic() + retries.DOWNLOAD.within.total_seconds()
    while True:
        pause = least
        try:
            async with asyncio.timeout(max(least, until - time.monotonic())):
                return await _once(bot, file_id, size, local, in_thread)
        except _Final as error:
            log.warning("a file cannot be fetched", error=str(error))
            raise DownloadFailed from None
        except (_Again, TimeoutError) as error:
            log.info("a file did not come", error=str(error) or "not within a minute")
        except TelegramError as error:
            log.info("a file did not come", error=error.message)
            if isinstance(error, BadRequest) and PASSING not in error.message.lower():
                raise DownloadFailed from error
            pause = max(least, outcome_of(error).seconds)
        if time.monotonic() + pause + least > until:
            log.warning("a file was given up")
            raise DownloadFailed
        await asyncio.sleep(pause)


async def _once(bot: Bot, file_id: str, size: int | None, local: Path | None, in_thread: InThread) -> bytes:
    # As a dictionary: PTB's own object looks for the path on this machine.
    found: Any = await bot.do_api_request("get_file", api_kwargs={"file_id": file_id})
    path, announced = found.get("file_path"), found.get("file_size")
    if not path:
        raise _Again("Telegram told no path")
    if PurePosixPath(path).is_absolute():
        data = await _read(path, bot.token, local, in_thread)
    else:
        data = await _fetch(bot, path)
    for told in (size, announced):
        if told is not None and told != len(data):
            raise _Again(f"{len(data)} bytes came, and {told} were announced")
    return data


async def _fetch(bot: Bot, path: str) -> bytes:
    status, data = await bot.request.do_request(f"{bot.base_file_url}/{quote(path)}", "GET")
    if status == 404:
        raise _Final("404 Not Found")
    if status != 200:
        raise _Again(f"status {status}")
    return data


async def _read(path: str, token: str, local: Path | None, in_thread: InThread) -> bytes:
    """A file that the API server keeps on this machine; nothing outside of its folder. Its path holds the bot's token."""
    shown = path.replace(token, "<token>")
    if local is None:
        raise _Final(f"the API server names a file of its own, {shown}: name its folder in ALUR_FILES_LOCAL")

    def read() -> bytes:
        real = Path(path).resolve(strict=True)
        if not real.is_relative_to(local.resolve()):
            raise _Final(f"{shown} is not under ALUR_FILES_LOCAL")
        if not stat.S_ISREG(real.stat().st_mode):  # a pipe would be waited for
            raise _Final(f"{shown} is no file")
        return real.read_bytes()

    try:
        return await in_thread(read)
    except OSError as error:
        raise _Again(f"{shown}: {error.strerror}") from None
