"""`alur run`: the house from start to a stop in good order. It serves at once, stands by until it leads, and then works
a term (`bot.term`); whoever loses the lead stands by again.
"""

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from datetime import datetime, timedelta

import structlog

from alur.services.evidence import signing
from alur.storage import folder_mark, key_file, sops
from alur.storage.database import Database, is_transient
from alur.storage.migrations import is_current, migrate
from alur.storage.server import check_sessions, power_faults
from alur.storage.troubles import database_errors, is_refusal, told
from bot import assembly, retries, signing_key, wiring
from bot.clock import SimulatedClock
from bot.existing import DatabaseOutdated
from bot.health import Health, Pulse, examine
from bot.house import House
from bot.leading import won
from bot.papers import PAPERS
from bot.serving import serving
from bot.settings import Settings
from bot.term import Duty, TokenRejected, work_a_term
from bot.watch import Watch

__all__ = ["DatabaseOutdated", "TokenRejected", "run", "run_until_signal"]

# PTB's RetryAfter warns at each reading unless the new type is asked for.
os.environ.setdefault("PTB_TIMEDELTA", "true")

log = structlog.get_logger()


async def run_until_signal(settings: Settings) -> None:
    """Works until SIGTERM or SIGINT; a second one does no harm."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await run(settings, stop)


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Works until `stop` is set. Raises a `Fault` where it cannot begin."""
    async with AsyncExitStack() as stack:
        clock = assembly.clock(settings)
        if isinstance(clock, SimulatedClock):
            await stack.enter_async_context(clock)
        watch = Watch(clock)
        now = await watch.refresh()
        database = wiring.database(settings)
        stack.callback(database.close)
        if database.dialect != "sqlite" and not await _is_current(database, stop):
            return
        procedures, calendar = await asyncio.to_thread(
            lambda: (wiring.procedures(settings), assembly.working_calendar(settings, now))
        )
        undo = timedelta(seconds=settings.undo_seconds)
        house = House(database, watch=watch, calendar=calendar, procedures=procedures, undo=undo, papers=PAPERS)
        stack.callback(house.close)
        duty, pulse, hook = Duty(), Pulse(), assembly.hook(settings)

        async def store(updates: Sequence[tuple[int, str, int | None]]) -> None:
            await house.take_in(updates, at=await watch.reset())
            hook.took()
            duty.wake()

        async def health() -> Health:
            return await examine(house, pulse, hook, duty.greet, duty.pauses, duty.trail_fault())

        await stack.enter_async_context(serving(settings, store, health))
        if fault := signing_key.exposed(settings.audit_key):
            log.warning("whoever reads the signing key can sign in the office's name", fault=fault)
        while await won(house, stop):
            try:
                await house.in_thread(lambda: _prepare(settings, house, watch.now()))
                signer = await house.in_thread(lambda: key_file.load_or_make(settings.audit_key))
                await house.write(signing.begin, signer)
                await work_a_term(settings, house, pulse, hook, duty, store, signer, stop)
            except Exception as error:
                if not is_transient(error):
                    raise
                # The lead is lost, or the database was away just then: another term begins when it can.
                log.warning("the term has ended", error=told(error) or type(error).__name__)
            finally:
                await house.resign()


async def _is_current(database: Database, stop: asyncio.Event) -> bool:
    """Waits for a database that does not answer yet; False when `stop` is set first. Raises `DatabaseOutdated`."""
    while not stop.is_set():
        try:
            await asyncio.to_thread(check_sessions, database)
            if not await asyncio.to_thread(is_current, database):
                raise DatabaseOutdated
            for fault in await asyncio.to_thread(_power_faults, database):
                log.warning("a power cut may lose what was received", fault=fault)
        except database_errors() as error:
            if is_refusal(error) or not is_transient(error):
                raise
            log.warning("the database is waited for", error=told(error))
        else:
            return True
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), retries.STAND_BY.seconds())
    return False


def _power_faults(database: Database) -> tuple[str, ...]:
    with database.read() as session:
        return tuple(power_faults(session))


def _prepare(settings: Settings, house: House, now: datetime) -> None:
    """What only one process may do: SQLite is brought up to date, and the procedures are kept. Where several processes
    can work, it is made sure that they share the data folder.
    """
    if house.database.dialect == "sqlite":
        migrate(house.database)
    with house.database.write() as session:
        if house.database.dialect != "sqlite":
            folder_mark.agree(session, settings.data_dir, wiring.store(settings))
        for item in house.procedures:
            sops.store(session, item.sop, item.hash, at=now)
