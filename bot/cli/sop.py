"""`alur sop check`: whether a file is a procedure that Alur can run."""

from pathlib import Path
from typing import Annotated

import typer

from alur.storage.sop_files import read

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
