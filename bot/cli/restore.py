"""`alur restore`: an office from an archive, into an empty place."""

from pathlib import Path
from typing import Annotated

import typer

from alur.services import backups
from alur.workflow.errors import Fault
from alur.workflow.plural import plural
from bot import wiring
from bot.settings import read_settings


class RestoredWithFaults(Fault):
    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__(
            f"restored as it was backed up, with {plural(len(faults), 'fault')} in it: {'; '.join(faults)}"
        )


def restore(
    file: Annotated[Path, typer.Argument(help="An archive that `alur backup` or the nightly job made.")],
) -> None:
    """Verifies an archive, and makes an office of it where database and files are empty."""
    settings = read_settings()
    database = wiring.database(settings)
    try:
        done = backups.restore(database, wiring.store(settings), file)
    finally:
        database.close()
    made = done.manifest
    typer.echo(
        f"{file}, made {made.made_at.isoformat(timespec='seconds')}: {plural(done.cases, 'case')}, {plural(made.files, 'file')}."
    )
    if not settings.audit_key.exists():
        typer.echo(
            f"The key that signs checkpoints is in no archive: put it back at {settings.audit_key}, or `alur run` begins a "
            "new one and tells the administrators. Older checkpoints stay verifiable by the keys that the trail names."
        )
    if done.faults:
        raise RestoredWithFaults(done.faults)
    typer.echo("Every checksum and the whole trail were verified. End the old bot before `alur run` starts this one.")
