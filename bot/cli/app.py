"""The commands together, and the one place where an error becomes a sentence on stderr and an exit status."""

import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated

import typer

from alur.workflow.errors import AlurError

# Each is a module of this package with a function or a group of that name. Only the one that is asked for is read: the
# whole house takes seconds to import on a small machine, and most commands need little of it.
COMMANDS = ("run", "demo", "check", "invite", "members", "appoint", "end", "migrate", "backup", "restore", "report")
GROUPS = ("sop", "calendar", "audit")
VERSION = "--version"


def main() -> None:
    """Exit status 1 for what went wrong, 2 for wrong usage; never a traceback for what people can mend."""
    try:
        application(sys.argv[1:2])()
    except AlurError as error:
        sys.exit(_told(str(error)))
    except Exception as error:
        if (told := _database_trouble(error)) is None:
            raise
        sys.exit(_told(told))


def application(asked: list[str]) -> typer.Typer:
    """The application with the command that is asked for, or with all where none of them is."""
    app = typer.Typer(name="alur", add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
    app.callback()(_alur)
    everything = (*COMMANDS, *GROUPS)
    needed = () if asked == [VERSION] else everything
    for name in [name for name in everything if name in asked] or needed:
        module = import_module(f"bot.cli.{name}")
        if name in GROUPS:
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, name))
    return app


def _print_version(is_asked: bool) -> None:
    if is_asked:
        typer.echo(f"alur {version('alur')}")
        raise typer.Exit


def _alur(
    *,
    is_asked: Annotated[
        bool, typer.Option(VERSION, callback=_print_version, is_eager=True, help="Prints the version.")
    ] = False,
) -> None:
    """Runs a government procedure (SOP) as a workflow in Telegram."""


def _database_trouble(error: Exception) -> str | None:
    """A sentence for what is a database's trouble; None for anything else. Commands that need none do not wait for it."""
    if not type(error).__module__.startswith(("sqlalchemy", "psycopg", "sqlite3")):
        return None
    sentence: str | None = import_module("alur.storage.troubles").told(error)
    return sentence


def _told(sentence: str) -> int:
    print(sentence, file=sys.stderr)  # noqa: T201 - this is the command line
    return 1
