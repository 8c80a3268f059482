"""`alur demo`: the whole procedure on this machine, without a token."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    play: Annotated[
        bool, typer.Option("--play", help="Scripted people play a whole case; prints a transcript.")
    ] = True,
    data: Annotated[Path | None, typer.Option(help="Keeps the play's data in this folder.")] = None,
) -> None:
    """Plays the SOP against a simulated Telegram; exit status 0 if the case is archived and all held."""
    from bot.demo.stage import play as play_case  # noqa: PLC0415 - its libraries would slow every other command down

    del play  # the only way as long as the phones have no page
    raise typer.Exit(play_case(data))
