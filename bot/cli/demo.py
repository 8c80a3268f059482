"""`alur demo`: the whole procedure on this machine, without a token."""

from pathlib import Path
from typing import Annotated

import typer


def demo(
    play: Annotated[
        bool, typer.Option("--play", help="Scripted people play a case, told as a transcript; then it ends.")
    ] = False,
    late: Annotated[
        bool, typer.Option("--late", help="With --play: a case whose limits lapse, with every reminder.")
    ] = False,
    people: Annotated[
        bool, typer.Option("--people", help="With --play: a case in which a Plh takes the Kabag's place for a week.")
    ] = False,
    data: Annotated[
        Path | None,
        typer.Option(
            help="Keeps everything in this folder, and goes on from there when it is named again; for --play it must be "
            "empty. Without it: a fresh folder among the temporary files."
        ),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is served; 0: any free port.")] = 0,
    browser: Annotated[bool, typer.Option(help="Opens the page in the browser, where there is one.")] = True,
) -> None:
    """The bot and the phones of its people on one page, until Ctrl-C; or, with --play, a case played by itself.

    Without --play the SOPs of ALUR_SOP_DIR are rehearsed where it is set. Nothing real is touched.
    """
    for name, wanted in (("--late", late), ("--people", people)):
        if wanted and not play:
            raise typer.BadParameter("goes with --play", param_hint=name)
    if late and people:
        raise typer.BadParameter("are two cases: one at a time", param_hint="--late and --people")
    if play:
        from bot.rehearsal.run import play as play_case  # noqa: PLC0415 - it would slow every other command down

        raise typer.Exit(play_case(data, which="late" if late else "people" if people else "whole", port=port))
    typer.echo("Alur is being read …")
    from bot.rehearsal.interactive import rehearse  # noqa: PLC0415 - likewise

    raise typer.Exit(rehearse(data, port=port, browser=browser))
