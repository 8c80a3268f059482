"""`alur audit verify`: whether the office is whole, without trusting the program that wrote it."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from alur.evidence.note import Verifier
from alur.services.evidence.inspection.whole import inspect
from alur.storage import cases, key_file
from alur.storage.key_file import KeyUnusable
from alur.workflow.errors import Fault
from bot import wiring
from bot.cli import audit_export
from bot.existing import existing
from bot.settings import Settings, read_settings

app = typer.Typer(help="The audit trail.", no_args_is_help=True)
audit_export.register(app)

STDIN = "-"


class NoSuchCase(Fault):
    def __init__(self, code: str) -> None:
        super().__init__(f"no case {code!r}")


class NotWhole(Fault):
    def __init__(self, faults: int) -> None:
        super().__init__(f"the office is not whole: {faults} fault(s)")


class CheckpointUnread(Fault):
    """`why` is a clause."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"--checkpoint {file}: {why}")


@app.callback()
def trail() -> None:
    """The audit trail."""


@app.command()
def verify(
    code: Annotated[str | None, typer.Argument(metavar="[CASE]", help="A case's code.")] = None,
    checkpoint: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE", help="Checkpoints as they were posted in the chat; - reads what is typed or piped."
        ),
    ] = None,
) -> None:
    """Checks the trail, the files and the state of one case, or of every case and of the office."""
    settings = read_settings()
    pasted = [_pasted(file) for file in checkpoint or ()]
    with existing(settings) as database, database.read() as session:
        if code is not None and code not in cases.codes(session):
            raise NoSuchCase(code)
        report = inspect(session, wiring.store(settings), code=code, pasted=pasted, own=_own(settings))
    for fault in report.faults:
        typer.echo(fault)
    typer.echo(
        f"{report.entries} entries, {report.cases} case(s), {report.files} file(s), {report.checkpoints} checkpoint(s)"
        f" checked: {'whole' if not report.faults else 'not whole'}"
    )
    if report.faults:
        raise NotWhole(len(report.faults))


def _pasted(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
        return data.decode()
    except OSError as error:
        raise CheckpointUnread(file, f"it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise CheckpointUnread(file, "it is no text") from None


def _own(settings: Settings) -> Verifier | None:
    """The key of this data folder, which may have signed what a database that was put back knows no more."""
    with suppress(KeyUnusable):
        return key_file.load(settings.audit_key).verifier
    return None
