"""One transaction on the office's people from the command line, while the bot runs or not: what `invite`, `appoint`, `end` and
`members` share. Whoever may run it may do all that an administrator does.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from alur.services.people import staff
from alur.services.work import Work
from alur.storage.migrations import is_current, migrate
from alur.storage.server import check_sessions
from alur.views import answers
from alur.workflow.errors import Fault, Refusal
from alur.workflow.office import Decision
from alur.workflow.office.decide import StaffAct
from alur.workflow.people import ADMIN
from bot import wiring
from bot.clock import SimulatedClock
from bot.run import DatabaseOutdated
from bot.settings import Settings

T = TypeVar("T")


class Refused(Fault):
    """The office's own words for why it does not do it."""


def write(settings: Settings, now: datetime, service: Callable[[Work], T]) -> T:
    """The service in a transaction of its own, at that `moment`."""
    database = wiring.database(settings)
    try:
        if database.dialect == "sqlite":
            migrate(database)
        else:
            check_sessions(database)
            if not is_current(database):
                raise DatabaseOutdated
        with database.write() as session:
            return service(_work(settings, session, now))
    finally:
        database.close()


def act(settings: Settings, staff_act: StaffAct) -> Decision:
    """The act, done; `Refused` where it is not."""
    now = asyncio.run(moment(settings))
    decision = write(settings, now, lambda work: staff.act(work, staff_act))
    if decision.refusal is not None:
        raise Refused(said(settings, decision.refusal))
    return decision


def said(settings: Settings, refusal: Refusal) -> str:
    """The sentence that says why, as it stands in a chat."""
    sops = tuple(item.sop for item in wiring.procedures(settings))
    return answers.text("refused", {**refusal.as_notice(), "sops": sops})


async def moment(settings: Settings) -> datetime:
    """Now, by the clock that the office runs by."""
    clock = wiring.clock(settings)
    if isinstance(clock, SimulatedClock):
        async with clock:
            return await clock.now()
    return await clock.now()


def _work(settings: Settings, session: Session, now: datetime) -> Work:
    procedures = wiring.procedures(settings)
    return Work(session=session, at=now, now=now, calendar=wiring.calendar(settings, now), procedures=procedures)


def roles(settings: Settings) -> list[str]:
    """Those that somebody can hold: of all SOPs, and the administrator's."""
    found = (item.id for procedure in wiring.procedures(settings) for item in procedure.sop.roles)
    return [*dict.fromkeys(found), ADMIN]
