"""`alur audit export` and `alur audit key`: what an auditor takes along. Registered by `bot.cli.audit`."""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from alur.evidence import verifikasi
from alur.services.evidence.bundle import archive, folder
from alur.services.evidence.bundle.plan import Plan, planned
from alur.storage import key_file, signing_keys
from alur.storage.key_file import KeyMissing, KeyUnusable
from alur.workflow.errors import Fault
from alur.workflow.plural import plural
from bot import signing_key, wiring
from bot.cli import asked
from bot.existing import existing
from bot.papers import PAPERS
from bot.settings import Settings, read_settings


class InsideTheOffice(Fault):
    def __init__(self, to: Path) -> None:
        super().__init__(f"nothing was exported: {to} lies in the office's own data folder; name one outside of it")


class KeyGone(KeyUnusable):
    def __init__(self, path: Path) -> None:
        super().__init__(path, "is missing; `alur audit key --all` prints the keys with which this office has signed")


class NoKeyYet(Fault):
    def __init__(self) -> None:
        super().__init__("this office has begun no key yet; `alur run` begins one at its first start")


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
    if to.resolve().is_relative_to(settings.data_dir.resolve()):
        raise InsideTheOffice(to)
    store, calendar = wiring.store(settings), wiring.calendar(settings, datetime.now(settings.zone))
    with existing(settings) as database, database.read() as session:
        case_id = asked.case_id(session, code)
        plan = planned(session, calendar, case_id, papers=PAPERS, by_chat=as_zip)
    paths = archive.written(plan, store, to) if as_zip else (folder.written(plan, store, to),)
    for path in paths:
        typer.echo(str(path))
    for sentence in _told(plan):
        typer.echo(sentence)


def key(
    *,
    every: Annotated[
        bool, typer.Option("--all", help="All keys with which this office has ever signed, oldest first.")
    ] = False,
) -> None:
    """Prints the public key of this office's checkpoints, to be given to auditors by hand, and the SHA-256 of the program in its
    bundles.
    """
    settings = read_settings()
    if every:
        _print_all(settings)
        return
    keys = signing_key.begun(settings)
    try:
        own = key_file.load(settings.audit_key).verifier
    except KeyMissing:
        if keys:
            raise KeyGone(settings.audit_key) from None
        raise
    typer.echo(str(own))
    program = sha256(Path(verifikasi.__file__).read_bytes()).hexdigest()
    typer.echo(f"SHA-256 of {verifikasi.PROGRAM} in bundles of this release: {program}", err=True)
    if keys is not None and str(own) not in keys:
        (sentence,) = signing_key.news(settings.audit_key, own, keys)
        typer.echo(f"This office has not begun this key yet: {sentence}.", err=True)


def _print_all(settings: Settings) -> None:
    with existing(settings) as database, database.read() as session:
        keys = signing_keys.all_(session)
    if not keys:
        raise NoKeyYet
    for line in keys:
        typer.echo(line)


def register(app: typer.Typer) -> None:
    app.command()(export)
    app.command()(key)


def _told(plan: Plan) -> tuple[str, ...]:
    signed = (
        f"The checkpoint of {plural(plan.checkpoint.size, 'entry', 'entries')} covers them."
        if plan.checkpoint is not None
        else "No checkpoint covers its last entry yet: export it again after the next one."
    )
    entries = plural(plan.entries, "entry", "entries")
    large = (f"Left out, too large for a chat: {', '.join(plan.left_out)}",) if plan.left_out else ()
    return (f"{plan.code}: {plural(len(plan.items), 'file')}, {entries} of the trail. {signed}", *large)
