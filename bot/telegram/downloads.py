"""Fetches a file that a person sent. A download that fails for a minute is given up; the person sends it again."""

import asyncio
import time

from telegram import Bot
from telegram.error import TelegramError

from bot.telegram.outcomes import Kind, outcome_of
from handlers.context import DownloadFailed

PATIENCE = 60.0  # seconds
PAUSE = 2.0  # seconds between tries


async def download(bot: Bot, file_id: str) -> bytes:
    """The file's bytes. Raises `DownloadFailed`."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            file = await bot.get_file(file_id)
            return bytes(await file.download_as_bytearray())
        except TelegramError as error:
            outcome = outcome_of(error)
            pause = max(PAUSE, outcome.seconds)
            if outcome.kind is Kind.PERMANENT or time.monotonic() + pause > until:
                raise DownloadFailed from error
            await asyncio.sleep(pause)
