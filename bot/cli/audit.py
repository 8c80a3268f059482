"""`alur audit verify`: whether the office is whole, without trusting the program that wrote it."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from alur.evidence import checkpoint as checkpoints
from alur.evidence.note import Verifier
from alur.services.evidence.inspection.notes import Report
from alur.storage import key_file
from alur.storage.key_file import KeyUnusable
from alur.workflow.errors import Fault
from alur.workflow.plural import plural
from bot import wiring
from bot.cli import asked, audit_export
from bot.existing import existing
from bot.settings import Settings, read_settings

app = typer.Typer(help="The audit trail.", no_args_is_help=True)
audit_export.register(app)

STDIN = "-"


class NotWhole(Fault):
    def __init__(self, faults: int) -> None:
        super().__init__(f"the office is not whole: {plural(faults, 'fault')}")


class NothingProved(Fault):
    """Of the office itself it says nothing."""

    def __init__(self, foreign: int) -> None:
        one = foreign == 1
        super().__init__(
            f"{plural(foreign, 'pasted checkpoint')} prove{'s' if one else ''} nothing of this office: see above"
        )


class NoCheckpoint(Fault):
    def __init__(self, file: str) -> None:
        name = "what was typed or piped" if file == STDIN else file
        super().__init__(f"{name} holds no checkpoint: paste the block of five lines from the chat")


class Several(Fault):
    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))


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
    from alur.services.evidence.inspection.whole import inspect  # noqa: PLC0415 - an export does without

    settings = read_settings()
    pasted = {file: checkpoints.found(_pasted(file)) for file in checkpoint or ()}
    with existing(settings) as database, database.read() as session:
        if code is not None:
            asked.case_id(session, code)
        notes = [note for found in pasted.values() for note in found]
        report = inspect(session, wiring.store(settings), code=code, pasted=notes, own=_own(settings))
    for fault in report.faults:
        typer.echo(fault)
    own = len(report.faults) - report.foreign
    typer.echo(f"{_counts(report)} checked: {'not whole' if own else 'whole'}")
    faults: list[Fault] = [NotWhole(own)] if own else []
    faults += [NothingProved(report.foreign)] if report.foreign else []
    faults += [NoCheckpoint(file) for file, found in pasted.items() if not found]
    if faults:
        raise Several(faults)


def _counts(report: Report) -> str:
    return ", ".join(
        (
            plural(report.entries, "entry", "entries"),
            plural(report.cases, "case"),
            plural(report.files, "file"),
            plural(report.checkpoints, "checkpoint"),
        )
    )


def _pasted(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == STDIN else Path(file).read_bytes()
    except OSError as error:
        raise CheckpointUnread(file, f"it cannot be read: {error.strerror}") from None
    return checkpoints.text_of(data)


def _own(settings: Settings) -> Verifier | None:
    """The key of this data folder, which may have signed what a database that was put back knows no more."""
    with suppress(KeyUnusable):
        return key_file.load(settings.audit_key).verifier
    return None
