"""The commands together, and the one place where an error becomes a sentence on stderr and an exit status."""

import sys

import typer
from sqlalchemy.exc import DBAPIError

from alur.workflow.errors import AlurError
from bot.cli import audit, calendar, check, demo, invite, migrate, run, sop

app = typer.Typer(
    name="alur",
    add_completion=False,
    help="Runs a government procedure (SOP) as a workflow in Telegram.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command("run")(run.run)
app.command("demo")(demo.demo)
app.command("check")(check.check)
app.command("invite")(invite.invite)
app.command("migrate")(migrate.migrate)
app.add_typer(sop.app, name="sop")
app.add_typer(calendar.app, name="calendar")
app.add_typer(audit.app, name="audit")


def main() -> None:
    """Exit status 1 for what went wrong, 2 for wrong usage; never a traceback for what people can mend."""
    try:
        app()
    except AlurError as error:
        sys.exit(_told(str(error)))
    except DBAPIError as error:
        sys.exit(_told(f"the database does not answer: {type(error.orig).__name__}"))


def _told(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - this is the command line
    return 1
