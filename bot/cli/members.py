"""`alur members`: everybody whom the office knows, with numbers by which `appoint`, `end` and `invite` name them."""

import asyncio
import json
from datetime import date, tzinfo
from typing import Annotated, Any

import typer

from alur.services.people import listed
from alur.services.work import Work
from alur.workflow.office.listed import Listed, State
from alur.workflow.people import Appointment, AppointmentKind
from bot.cli import office
from bot.settings import read_settings


def members(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON value, for programs.")] = False,
) -> None:
    """Lists members with their appointments, and invitations that nobody has redeemed."""
    settings = read_settings()
    now = asyncio.run(office.moment(settings))
    people, today, zone = office.write(settings, now, _listed)
    if as_json:
        typer.echo(json.dumps([_value(item, today) for item in people], ensure_ascii=False, indent=2))
        return
    for item in people:
        for line in _lines(item, today, zone):
            typer.echo(line)


def _listed(work: Work) -> tuple[tuple[Listed, ...], date, tzinfo]:
    return listed.people(work), work.today, work.calendar.zone


def _lines(item: Listed, today: date, zone: tzinfo) -> list[str]:
    unit, number = f" ({item.unit})" if item.unit else "", item.member if item.invitation is None else None
    named = " ".join(filter(None, (item.sapaan, item.name)))
    if number is None:
        until = (
            f" until {item.until.astimezone(zone):%Y-%m-%d %H:%M %Z}"
            if item.until and item.state is State.INVITED
            else ""
        )
        return [f"invitation {item.invitation}: {named}{unit}, {item.role or 'a new phone'}, {item.state.value}{until}"]
    seen = f", last seen {item.last_seen.astimezone(zone):%Y-%m-%d %H:%M %Z}" if item.last_seen else ""
    return [
        f"member {number}: {named}{unit}, {item.state.value}{seen}",
        *(f"    appointment {held.id}: {_appointment(held, today)}" for held in item.appointments),
    ]


def _appointment(held: Appointment, today: date) -> str:
    kind = "" if held.kind is AppointmentKind.DEFINITIVE else f" {held.kind.value.capitalize()}"
    term = "".join((f" from {held.starts}" if held.starts else "", f" to {held.ends}" if held.ends else ""))
    order = f", order {held.order}" if held.order else ""
    return f"{held.role}{kind}{term}, {held.stage(today).value}{order}"


def _value(item: Listed, today: date) -> dict[str, Any]:
    appointments = [
        {
            **held.model_dump(mode="json", exclude={"name", "sapaan", "unit", "order_file"}),
            "stage": held.stage(today).value,
        }
        for held in item.appointments
    ]
    moments = {
        name: value and value.isoformat() for name, value in (("until", item.until), ("last_seen", item.last_seen))
    }
    names = ("member", "invitation", "name", "sapaan", "unit", "role")
    return {
        "state": item.state.value,
        **{name: getattr(item, name) for name in names},
        **moments,
        "appointments": appointments,
    }
