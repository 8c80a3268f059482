"""`alur end`: an appointment ends, on a day or at once; one that has not begun is withdrawn. Works while the bot runs."""

from datetime import datetime
from typing import Annotated

import typer

from alur.workflow.office.appointing import EndAppointment
from bot.cli import office
from bot.cli.appoint import DAY, day_of
from bot.settings import read_settings


def end(
    appointment: Annotated[int, typer.Argument(help="Its number, as `alur members` lists it.")],
    on: Annotated[datetime | None, typer.Option(formats=DAY, help="The last day; without it, at once.")] = None,
) -> None:
    """Ends an appointment: what is open before the role moves to whoever holds it then."""
    office.act(read_settings(), EndAppointment(appointment=appointment, on=day_of(on)))
