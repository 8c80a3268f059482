"""`alur run`: starts the bot."""

import asyncio

from bot.logs import configure
from bot.run import run_until_signal
from bot.settings import read_settings


def run() -> None:
    """Starts the bot and works until it is stopped (Ctrl-C or SIGTERM)."""
    settings = read_settings(needs_token=True)
    configure(settings.log_level)
    asyncio.run(run_until_signal(settings))
