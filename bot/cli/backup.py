"""`alur backup`: the whole office as one archive, made while the bot works."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from alur.services import backups
from alur.workflow.errors import Fault
from alur.workflow.plural import plural
from bot import wiring
from bot.settings import read_settings


class FilesMissing(Fault):
    def __init__(self, file: Path, missing: tuple[str, ...]) -> None:
        super().__init__(
            f"{file} was made, but without {plural(len(missing), 'stored file')} gone or damaged: {', '.join(missing)}"
        )


def backup(file: Annotated[Path, typer.Argument(help="The archive to be made; it must not exist yet.")]) -> None:
    """Makes one archive of the database and all files; the bot may go on working."""
    settings = read_settings()
    database = wiring.database(settings)
    try:
        made = backups.backup(database, wiring.store(settings), file, at=datetime.now(settings.zone))
    finally:
        database.close()
    size = file.stat().st_size
    typer.echo(f"{file}: the database at revision {made.revision} and {plural(made.files, 'file')}, {size:,} bytes.")
    typer.echo(
        "Keep apart what is not in it: .env with the token, the holidays file, an SOP folder of your own, and the key "
        f"that signs checkpoints ({settings.audit_key}); without it a restored office begins a new one."
    )
    if made.missing:
        raise FilesMissing(file, made.missing)
