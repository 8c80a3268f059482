"""`alur sop check`: whether a file is a procedure that Alur can run. `alur sop board`: what it looks like."""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from alur.storage.sop_files import read
from alur.workflow.errors import Fault

KINDS = ("png", "pdf")


class BoardNotMade(Fault):
    pass


app = typer.Typer(help="Procedures as data.", no_args_is_help=True)


@app.callback()
def sop() -> None:
    """Procedures as data."""


@app.command()
def check(file: Annotated[Path, typer.Argument(help="A YAML file.")]) -> None:
    """Reads an SOP and names every fault with its line."""
    found = read(file)
    tasks = sum(len(step.tasks) for step in found.steps)
    typer.echo(f"{file}: {found.number}, {len(found.steps)} steps, {tasks} tasks, {len(found.roles)} roles.")


@app.command()
def board(
    file: Annotated[Path, typer.Argument(help="A YAML file.")],
    to: Annotated[
        Path | None,
        typer.Option(help="The picture: a file that ends in .png or .pdf, or png or pdf alone. Else papan-ID.png."),
    ] = None,
) -> None:
    """Draws an SOP as a board: roles as columns, steps as rows."""
    found = read(file)
    target = _target(to, found.id)
    picture = import_module("alur.views.board.picture")  # the words and Typst, which reading an SOP does without
    content: bytes = (picture.pdf if target.suffix.lower() == ".pdf" else picture.png)(found)
    try:
        target.write_bytes(content)
    except OSError as error:
        raise BoardNotMade(f"{target} cannot be written: {error.strerror}") from error
    typer.echo(f"{target}: {found.number}, {len(found.steps)} steps, {len(content):,} bytes.")


def _target(to: Path | None, name: str) -> Path:
    if to is None or str(to).lower() in KINDS:
        return Path(f"papan-{name}.{str(to or KINDS[0]).lower()}")
    if to.suffix.lower().removeprefix(".") not in KINDS:
        raise BoardNotMade(f"a board is a .png or a .pdf, not {to.name}")
    return to
