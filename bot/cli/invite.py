"""`alur invite`: an invitation for one person, printed as a link. Works while the bot runs.

`links` makes several at once, for the demo.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer
from telegram.error import InvalidToken, TelegramError

from alur.services.people import enrolment
from alur.services.work import Work
from alur.storage.migrations import is_current, migrate
from alur.storage.server import check_sessions
from alur.views.joiners import bare
from alur.workflow.errors import Fault
from alur.workflow.office.joining import Invite
from alur.workflow.people import ADMIN
from bot import wiring
from bot.clock import SimulatedClock
from bot.run import DatabaseOutdated, TokenRejected
from bot.settings import Settings, read_settings
from bot.telegram import cleaning


class Sapaan(StrEnum):
    BAPAK = "Bapak"
    IBU = "Ibu"


class NoSuchRole(Fault):
    def __init__(self, role: str, known: list[str]) -> None:
        super().__init__(f"no role {role!r}; there are: {', '.join(known)}")


def invite(
    role: Annotated[str, typer.Argument(help="A role of an SOP, or admin.")],
    name: Annotated[str, typer.Option(help="The person's name, as it stands in the record.")],
    sapaan: Annotated[Sapaan | None, typer.Option(help="How the person is addressed.")] = None,
    unit: Annotated[str | None, typer.Option(help="The person's unit.")] = None,
) -> None:
    """Prints a link that enrols one person, once, within 7 days."""
    settings = read_settings(needs_token=True)
    name, unit = (cleaning.header(bare(given)).strip() for given in (name, unit or ""))  # as a terminal gives them
    invitation = Invite(role=role, name=name, sapaan=sapaan, unit=unit or None)
    for link in asyncio.run(links(settings, [invitation])):
        typer.echo(link)


async def links(settings: Settings, invitations: Sequence[Invite]) -> list[str]:
    """One for each, in this order. Raises a `Fault` where one cannot be made: then none is."""
    procedures = wiring.procedures(settings)
    known = [*dict.fromkeys(item.id for procedure in procedures for item in procedure.sop.roles), ADMIN]
    for each in invitations:
        if each.role not in known:
            raise NoSuchRole(each.role, known)
        if not each.name:
            raise typer.BadParameter("must not be empty", param_hint="--name")
    now = await _now(settings)
    username = await _username(settings)
    database = wiring.database(settings)
    try:
        if database.dialect == "sqlite":
            migrate(database)
        else:
            check_sessions(database)
            if not is_current(database):
                raise DatabaseOutdated
        with database.write() as session:
            work = Work(
                session=session, at=now, now=now, calendar=wiring.calendar(settings, now), procedures=procedures
            )
            codes = [enrolment.invite(work, each) for each in invitations]
    finally:
        database.close()
    return [f"https://t.me/{username}?start={code}" for code in codes]


async def _now(settings: Settings) -> datetime:
    clock = wiring.clock(settings)
    if isinstance(clock, SimulatedClock):
        async with clock:
            return await clock.now()
    return await clock.now()


async def _username(settings: Settings) -> str:
    bot = wiring.bot(settings)
    try:
        async with bot:
            return bot.username
    except InvalidToken:
        raise TokenRejected from None
    except TelegramError as error:
        raise Fault(f"Telegram does not answer: {error.message}") from None
