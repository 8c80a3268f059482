"""`alur invite`: an invitation for one person, printed as a link. Works while the bot runs.

`links` makes several at once, for the demo.
"""

import asyncio
from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer
from telegram.error import InvalidToken, TelegramError

from alur.services.people import enrolment
from alur.views.invitations import link
from alur.views.joiners import bare
from alur.workflow.errors import Fault, Refusal
from alur.workflow.office.joining import Invite
from bot import assembly
from bot.cli import office
from bot.run import TokenRejected
from bot.settings import Settings, read_settings
from bot.telegram import cleaning


class Sapaan(StrEnum):
    BAPAK = "Bapak"
    IBU = "Ibu"


class NoSuchRole(Fault):
    def __init__(self, role: str, known: list[str]) -> None:
        super().__init__(f"no role {role!r}; there are: {', '.join(known)}")


def invite(
    role: Annotated[str | None, typer.Argument(help="A role of an SOP, or admin; none with --member.")] = None,
    name: Annotated[str, typer.Option(help="The person's name, as it stands in the record.")] = "",
    sapaan: Annotated[Sapaan | None, typer.Option(help="How the person is addressed.")] = None,
    unit: Annotated[str | None, typer.Option(help="The person's unit.")] = None,
    also: Annotated[bool, typer.Option("--also", help="Beside whoever holds the role.")] = False,
    replaces: Annotated[
        int | None, typer.Option(help="The member who holds it no longer, once this is redeemed.")
    ] = None,
    member: Annotated[int | None, typer.Option(help="A known member, for a new phone.")] = None,
    new_unit: Annotated[bool, typer.Option("--new-unit", help="Though another unit has nearly the same name.")] = False,
) -> None:
    """Prints a link that enrols one person, once, within 7 days."""
    if (role is None) == (member is None):
        raise typer.BadParameter("one of ROLE and --member is wanted", param_hint="ROLE")
    settings = read_settings(needs_token=True)
    name, unit = (cleaning.header(bare(given)).strip() for given in (name, unit or ""))  # as a terminal gives them
    invitation = Invite(
        role=role,
        name=name,
        sapaan=sapaan,
        unit=unit or None,
        also=also,
        replaces=replaces,
        member=member,
        is_new_unit=new_unit,
    )
    for each in asyncio.run(links(settings, [invitation])):
        typer.echo(each)


async def links(settings: Settings, invitations: Sequence[Invite]) -> list[str]:
    """One for each, in this order. Raises a `Fault` where one cannot be made: then none is."""
    known = office.roles(settings)
    for each in invitations:
        if each.role is not None and each.role not in known:
            raise NoSuchRole(each.role, known)
        if each.role is not None and not each.name:
            raise typer.BadParameter("must not be empty", param_hint="--name")
    username = await _username(settings)
    now = await office.moment(settings)
    try:
        codes = office.write(
            settings, now, lambda work: [enrolment.invite(work, each) for each in invitations], begins=True
        )
    except Refusal as refusal:
        raise office.fault(settings, refusal) from None
    return [link(username, code) for code in codes]


async def _username(settings: Settings) -> str:
    bot = assembly.bot(settings)
    try:
        async with bot:
            return bot.username
    except InvalidToken:
        raise TokenRejected from None
    except TelegramError as error:
        raise Fault(f"Telegram does not answer: {error.message}") from None
