"""One transaction on the office's people from the command line, while the bot runs or not: what `invite`, `appoint`, `end` and
`members` share. Whoever may run it may do all that an administrator does.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from alur.services.people import staff
from alur.services.work import Work
from alur.storage.database import Database, is_conflict
from alur.storage.migrations import is_current, migrate
from alur.storage.server import check_sessions
from alur.views import answers, appointments
from alur.workflow.errors import Fault, Refusal, Unknown
from alur.workflow.office import Decision
from alur.workflow.office.decide import StaffAct
from alur.workflow.people import ADMIN, Appointment
from bot import assembly, wiring
from bot.clock import SimulatedClock
from bot.existing import existing
from bot.run import DatabaseOutdated
from bot.settings import Settings

T = TypeVar("T")

AGAIN = 3  # times
NOUNS = {"m": "member", "a": "appointment", "i": "invitation"}  # as a refusal's subject names them: "a9"


class Refused(Fault):
    """The office's own words for why it does not do it."""


class NoSuch(Fault):
    def __init__(self, subject: str) -> None:
        super().__init__(f"there is no {NOUNS[subject[0]]} {subject[1:]}; `alur members` lists them")


def write(settings: Settings, now: datetime, service: Callable[[Work], T], *, begins: bool = False) -> T:
    """The service in a transaction of its own, at that `moment`. Only what `begins` an office makes its tables. One that was
    undone because it and the bot's waited for each other is run again.
    """
    calendar, tries = wiring.calendar(settings, now), 0
    with (_begun if begins else existing)(settings) as database:
        procedures = wiring.procedures(settings)
        while True:
            try:
                with database.write() as session:
                    return service(Work(session=session, at=now, now=now, calendar=calendar, procedures=procedures))
            except Exception as error:
                tries += 1
                if tries > AGAIN or not is_conflict(error):
                    raise


@contextmanager
def _begun(settings: Settings) -> Iterator[Database]:
    database = wiring.database(settings)
    try:
        if database.dialect == "sqlite":
            migrate(database)
        else:
            check_sessions(database)
            if not is_current(database):
                raise DatabaseOutdated
        yield database
    finally:
        database.close()


def act(settings: Settings, staff_act: StaffAct) -> Decision:
    """The act, done; `Refused` where it is not."""
    now = asyncio.run(moment(settings))
    decision = write(settings, now, lambda work: staff.act(work, staff_act))
    if decision.refusal is not None:
        raise fault(settings, decision.refusal)
    return decision


def fault(settings: Settings, refusal: Refusal) -> Fault:
    """The sentence that says why, as it stands in a chat, but for the apology."""
    if isinstance(refusal, Unknown) and refusal.facts["subject"][0] in NOUNS:
        return NoSuch(refusal.facts["subject"])
    sops = tuple(item.sop for item in wiring.procedures(settings))
    text = answers.text("refused", {**refusal.as_notice(), "sops": sops, "sapaan": ""})
    return Refused(text.partition(". ")[2] or text)


def warnings(settings: Settings, appointment: Appointment) -> tuple[str, ...]:
    """What is to be heeded about an appointment that was entered, in the words of a chat."""
    now = asyncio.run(moment(settings))

    def heeded(work: Work) -> tuple[str, ...]:
        sops = tuple(item.sop for item in work.procedures)
        return tuple(appointments.warnings(appointment, work.office(), sops, work.today))

    return write(settings, now, heeded)


async def moment(settings: Settings) -> datetime:
    """Now, by the clock that the office runs by."""
    clock = assembly.clock(settings)
    if isinstance(clock, SimulatedClock):
        async with clock:
            return await clock.now()
    return await clock.now()


def roles(settings: Settings) -> list[str]:
    """Those that somebody can hold: of all SOPs, and the administrator's."""
    found = (item.id for procedure in wiring.procedures(settings) for item in procedure.sop.roles)
    return [*dict.fromkeys(found), ADMIN]
