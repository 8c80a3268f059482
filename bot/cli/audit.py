"""`alur audit verify`: whether the trail is whole, without trusting the program that wrote it."""

from typing import Annotated

import typer

from alur.storage import audit, cases
from alur.workflow.errors import Fault
from bot.existing import existing
from bot.settings import read_settings

app = typer.Typer(help="The audit trail.", no_args_is_help=True)


class NoSuchCase(Fault):
    def __init__(self, code: str) -> None:
        super().__init__(f"no case {code!r}")


@app.callback()
def trail() -> None:
    """The audit trail."""


@app.command()
def verify(code: Annotated[str | None, typer.Argument(metavar="[CASE]", help="A case's code.")] = None) -> None:
    """Checks the hash chain of one case, or of every case and of the office."""
    faults = 0
    with existing(read_settings()) as database, database.read() as session:
        if code is None:
            owners: dict[str, int | None] = {"office": None, **cases.codes(session)}
        else:
            record = cases.by_code(session, code)
            if record is None:
                raise NoSuchCase(code)
            owners = {code: record.id}
        for name, owner in owners.items():
            found = audit.verify(session, owner)
            faults += len(found)
            count = audit.count(session, owner)
            typer.echo(f"{name}: {count} entries, {'whole' if not found else '; '.join(found)}")
    if faults:
        raise Fault(f"the trail has {faults} fault(s)")
