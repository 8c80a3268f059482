"""`alur audit export` and `alur audit key`: what an auditor takes along. Registered by `bot.cli.audit`."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from alur.evidence import verifikasi
from alur.services.evidence.bundle import archive, folder
from alur.services.evidence.bundle.plan import Plan, planned
from alur.storage import cases, key_file
from alur.workflow.errors import Fault
from bot import wiring
from bot.existing import existing
from bot.papers import PAPERS
from bot.settings import read_settings


class CaseUnknown(Fault):
    def __init__(self, code: str) -> None:
        super().__init__(f"no case {code!r}")


def export(
    code: Annotated[str, typer.Argument(metavar="CASE", help="A case's code.")],
    to: Annotated[Path, typer.Option("--to", metavar="DIR", help="Where the folder CASE is made.")],
    *,
    as_zip: Annotated[
        bool, typer.Option("--zip", help="ZIPs as they go through the chat, instead of a folder.")
    ] = False,
) -> None:
    """Writes a case's bundle: documents, trail, SOP, checkpoint, and the program that verifies them without Alur."""
    settings = read_settings()
    store, calendar = wiring.store(settings), wiring.calendar(settings, datetime.now(settings.zone))
    with existing(settings) as database, database.read() as session:
        case_id = cases.codes(session).get(code)  # its state is not needed, and may be what is wrong
        if case_id is None:
            raise CaseUnknown(code)
        plan = planned(session, calendar, case_id, papers=PAPERS, by_chat=as_zip)
    paths = archive.written(plan, store, to) if as_zip else (folder.written(plan, store, to),)
    for path in paths:
        typer.echo(str(path))
    for sentence in _told(plan):
        typer.echo(sentence)


def key() -> None:
    """Prints the public key of this office's checkpoints, to be given to auditors by hand, and the SHA-256 of the program in its bundles."""
    typer.echo(str(key_file.load(read_settings().audit_key).verifier))
    program = sha256(Path(verifikasi.__file__).read_bytes()).hexdigest()
    typer.echo(f"SHA-256 of {verifikasi.PROGRAM} in bundles of this release: {program}", err=True)


def register(app: typer.Typer) -> None:
    app.command()(export)
    app.command()(key)


def _told(plan: Plan) -> tuple[str, ...]:
    signed = (
        f"The checkpoint of {plan.checkpoint.size:,} entries covers them."
        if plan.checkpoint is not None
        else "No checkpoint covers its last entry yet: export it again after the next one."
    )
    large = (f"Left out, too large for a chat: {', '.join(plan.left_out)}",) if plan.left_out else ()
    return (f"{plan.code}: {len(plan.items)} file(s), {plan.entries} entries of the trail. {signed}", *large)
