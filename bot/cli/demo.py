"""`alur demo`: the whole procedure on this machine, without a token."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    play: Annotated[
        bool,
        typer.Option("--play", help="Scripted people play a case, told as a transcript. So far also without this."),
    ] = False,
    late: Annotated[
        bool, typer.Option("--late", help="With --play: a case whose limits lapse, with every reminder.")
    ] = False,
    data: Annotated[Path | None, typer.Option(help="Keeps the play's data in this folder.")] = None,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where the simulated Telegram listens; 0: any free port.")
    ] = 0,
) -> None:
    """Plays the SOP against a simulated Telegram; exit status 0 if it came to its end and all held."""
    if late and not play:
        raise typer.BadParameter("goes with --play", param_hint="--late")
    from bot.demo.performance import play as play_case  # noqa: PLC0415 - its libraries would slow every other command down

    # A page with the phones will take the place of the play where --play is not given.
    raise typer.Exit(play_case(data, is_late=late, port=port))
