"""`python -m bot.cli`, the same as `alur`."""

from bot.cli.app import main

main()
