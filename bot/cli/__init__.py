"""The command line: one file per command. `main` is the console script `alur`."""

from bot.cli.app import main

__all__ = ["main"]
