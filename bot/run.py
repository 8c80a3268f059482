"""`alur run`: the house at work, from start to a stop in good order."""

import asyncio
import os
import signal
from contextlib import AsyncExitStack
from typing import Any

import structlog
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from alur.storage import inbox, sops
from alur.storage.errors import LeadLost
from alur.storage.migrations import is_current, migrate
from alur.workflow.errors import Fault
from bot import leading, wiring
from bot.clock import ClockUnavailable, SimulatedClock
from bot.leading import won
from bot.office import Office
from bot.settings import Settings
from bot.telegram.application import dispatcher
from bot.telegram.delivery import Delivery
from bot.telegram.pacing import Pacer, Unpaced
from bot.telegram.receiver import Receiver
from bot.telegram.sending import Sender
from bot.telegram.worker import Worker
from bot.ticking import TICK, TICK_OF_A_DEMO, Ticking
from bot.watch import Watch

# PTB's RetryAfter warns at each reading unless the new type is asked for.
os.environ.setdefault("PTB_TIMEDELTA", "true")

log = structlog.get_logger()

STOP_WITHIN = 8.0  # seconds for what is in hand


class DatabaseOutdated(Fault):
    def __init__(self) -> None:
        super().__init__("the database is of another version: run `alur migrate` first")


class TokenRejected(Fault):
    def __init__(self) -> None:
        super().__init__("ALUR_BOT_TOKEN: Telegram rejects this token")


async def run_until_signal(settings: Settings) -> None:
    """Works until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await run(settings, stop)


async def run(settings: Settings, stop: asyncio.Event) -> None:
    """Works until `stop` is set. Raises a `Fault` where it cannot begin."""
    async with AsyncExitStack() as stack:
        clock = wiring.clock(settings)
        if isinstance(clock, SimulatedClock):
            await stack.enter_async_context(clock)
        watch = Watch(clock)
        office = await asyncio.to_thread(_office, settings, watch, await watch.refresh())
        stack.callback(office.close)
        while await won(office, stop):
            try:
                await _lead(settings, office, watch, stop)
            except LeadLost:
                log.warning("the lead is lost: standing by")
            finally:
                await office.resign()


async def _lead(settings: Settings, office: Office, watch: Watch, stop: asyncio.Event) -> None:
    """Works as the one process that does. Raises `LeadLost`."""
    async with AsyncExitStack() as stack:
        wires = wiring.requests(settings, may_call=lambda: office.lead.is_sure)
        for wire in wires:
            stack.push_async_callback(wire.shutdown)  # also where Telegram never answered, or we are cut off before
        bot = wiring.bot(settings, wires)
        watching = asyncio.create_task(leading.watch(office))
        stack.push_async_callback(_ended, watching)
        await _work(settings, office, watch, bot, stop, watching)


def _office(settings: Settings, watch: Watch, now: Any) -> Office:
    procedures = wiring.procedures(settings)
    calendar = wiring.calendar(settings, now)
    database = wiring.database(settings)
    if database.dialect == "sqlite":
        migrate(database)
    elif not is_current(database):
        raise DatabaseOutdated
    with database.write() as session:
        for item in procedures:
            sops.store(session, item.sop, item.hash, at=now)
    return Office(database, watch=watch, calendar=calendar, procedures=procedures)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _work(
    settings: Settings,
    office: Office,
    watch: Watch,
    bot: ExtBot[None],
    stop: asyncio.Event,
    watching: asyncio.Task[None],
) -> None:
    store = wiring.store(settings)
    pacer = Unpaced() if settings.clock_url else Pacer()
    delivery = Delivery(office, Sender(bot, store), pacer)
    application = dispatcher(bot, office=office, store=store, wake=delivery.wake)
    worker = Worker(office, application)

    async def keep(updates: list[tuple[int, str, int | None]]) -> None:
        now = await _refreshed(watch)
        await office.write(lambda work: inbox.store(work.session, updates, at=now))
        worker.wake()

    await _initialized(application, stop, watching)
    if stop.is_set():
        return
    receiver = Receiver(bot, keep)
    ticking = Ticking(
        office,
        every=TICK_OF_A_DEMO if settings.clock_url else TICK,
        file=settings.holidays_file,
        calendar=lambda now: wiring.calendar(settings, now),
        wake=delivery.wake,
    )
    await ticking.start()
    log.info("alur works", bot=bot.username, sops=[item.sop.id for item in office.procedures])
    loops = [asyncio.create_task(part.run()) for part in (receiver, worker, delivery)]
    stopped = asyncio.create_task(stop.wait())
    try:
        done, _ = await asyncio.wait((stopped, watching, *loops), return_when=asyncio.FIRST_COMPLETED)
        for task in done - {stopped}:
            task.result()  # a loop never ends by itself: what ended it is raised here
    finally:
        ticking.stop()
        for task in (stopped, *loops):
            task.cancel()
        await asyncio.gather(stopped, *loops, return_exceptions=True)
        await _drained(worker, delivery, within=STOP_WITHIN if office.lead.is_sure else 0)
        await application.shutdown()
        log.info("alur has stopped")


async def _drained(worker: Worker, delivery: Delivery, *, within: float) -> None:
    """Ends what is in hand, or leaves it, after so many seconds, to whoever leads next."""
    try:
        async with asyncio.timeout(within):
            await worker.drain()
            await delivery.drain()
    except TimeoutError:
        log.warning("what is in hand is left for the next start")
        await asyncio.gather(worker.abandon(), delivery.abandon())


async def _initialized(application: Any, stop: asyncio.Event, watching: asyncio.Task[None]) -> None:
    """Telegram may be away when we start: it is asked until it answers. Raises `LeadLost`."""
    while not stop.is_set():
        if watching.done():
            watching.result()
        try:
            await application.initialize()
        except InvalidToken:
            raise TokenRejected from None
        except TelegramError as error:
            log.warning("Telegram does not answer", error=error.message)
            await asyncio.sleep(1)
        else:
            return


async def _refreshed(watch: Watch) -> Any:
    try:
        return await watch.refresh()
    except ClockUnavailable as error:
        log.warning("the clock does not answer", error=str(error))
        return watch.now()
