"""`alur appoint`: who holds a role from when to when, by which order. Works while the bot runs."""

from datetime import date, datetime
from typing import Annotated

import typer

from alur.workflow.office.appointing import Appoint
from alur.workflow.office.events import PersonAppointed
from alur.workflow.people import AppointmentKind
from bot.cli import office
from bot.cli.invite import NoSuchRole
from bot.settings import read_settings

DAY = ["%Y-%m-%d"]


def appoint(
    role: Annotated[str, typer.Argument(help="A role of an SOP, or admin.")],
    member: Annotated[int, typer.Option(help="The person's number, as `alur members` lists it.")],
    kind: Annotated[AppointmentKind, typer.Option(help="How the role is held.")],
    first: Annotated[datetime, typer.Option("--from", formats=DAY, help="The first day.")],
    last: Annotated[datetime | None, typer.Option("--to", formats=DAY, help="The last day; a Plh has one.")] = None,
    order: Annotated[str, typer.Option(help="The number of the order (Surat Perintah).")] = "",
    order_date: Annotated[datetime | None, typer.Option(formats=DAY, help="The day of the order.")] = None,
    in_place_of: Annotated[
        int | None, typer.Option(help="Of a Plh, the number of whoever is absent, where several hold the role.")
    ] = None,
) -> None:
    """Appoints a member: from the first day on, silently, the role's open cards are his."""
    settings = read_settings()
    known = office.roles(settings)
    if role not in known:
        raise NoSuchRole(role, known)
    act = Appoint(
        role=role,
        member=member,
        kind=kind,
        starts=first.date(),
        ends=day_of(last),
        order=order or None,
        order_date=day_of(order_date),
        in_place_of=in_place_of,
    )
    for event in office.act(settings, act).events:
        if isinstance(event, PersonAppointed):
            typer.echo(f"appointment {event.appointment.id}")
            for warning in office.warnings(settings, event.appointment):
                typer.echo(f"Perlu diperhatikan: {warning}.", err=True)


def day_of(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
