"""One term of the process that leads: it receives, works the inbox, ticks and delivers, until it is stopped or loses
the lead. Called by `bot.run`.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from telegram.error import InvalidToken, TelegramError
from telegram.ext import ExtBot

from alur.evidence.note import Signer
from alur.services.clock import outage
from alur.services.people import menus
from alur.storage.database import is_transient
from alur.views.menu import STRANGERS, menu
from alur.workflow.errors import Fault
from bot import assembly, bell, leading, metrics, retries, wiring
from bot.backlog import Backlog
from bot.clock import machine_now
from bot.floods import Floods
from bot.health import Pulse
from bot.house import House
from bot.settings import Settings
from bot.telegram.application import dispatcher
from bot.telegram.delivery import Delivery
from bot.telegram.hook import Hook
from bot.telegram.outcomes import Kind, outcome_of
from bot.telegram.pacing import Pacer, Unpaced
from bot.telegram.pauses import Pauses
from bot.telegram.receiver import LIMIT, Receiver, Stored
from bot.telegram.sending import Sender
from bot.telegram.worker import Worker
from jobs.checkpoints import Checkpoints
from jobs.ticking import TICK, TICK_OF_A_DEMO, Ticking

log = structlog.get_logger()

STOP_WITHIN = 8.0  # seconds for what is in hand
POLL = "getUpdates"  # takes as long as nothing comes


class TokenRejected(Fault):
    def __init__(self) -> None:
        super().__init__("ALUR_BOT_TOKEN: Telegram rejects this token")


@dataclass
class Duty:
    """What the process can do right now: to wake its worker, to ask Telegram, and to say who has to wait and why the trail is
    not signed; nothing while it stands by.
    """

    wake: Callable[[], None] = lambda: None
    greet: Callable[[], Awaitable[object]] | None = None
    pauses: Pauses | None = None
    trail_fault: Callable[[], str | None] = lambda: None

    def rest(self) -> None:
        self.wake, self.greet, self.pauses, self.trail_fault = lambda: None, None, None, lambda: None


async def work_a_term(
    settings: Settings,
    house: House,
    pulse: Pulse,
    hook: Hook,
    duty: Duty,
    store: Stored,
    signer: Signer,
    stop: asyncio.Event,
) -> None:
    """Returns when `stop` is set. Raises `LeadLost`, or a `Fault` where it cannot begin. `store` keeps updates, `signer` signs
    checkpoints.
    """

    def observe(method: str, status: str, seconds: float) -> None:
        metrics.CALLS.labels(method, status).inc()
        if method != POLL:
            metrics.CALL_SECONDS.observe(seconds)
        if status.isdigit() and int(status) < 500:
            pulse.beat()

    async with AsyncExitStack() as stack:
        wires = assembly.requests(settings, may_call=lambda: house.lead.is_sure, observe=observe)
        for wire in wires:
            stack.push_async_callback(wire.shutdown)  # also where Telegram never answered, or we are cut off before
        bot = assembly.bot(settings, wires)
        files = wiring.store(settings)
        sender = Sender(bot, files)
        pauses = Pauses(house.watch.now)
        delivery = Delivery(house, sender, Unpaced() if settings.clock_url else Pacer(), pauses)
        inspector = assembly.inspector()
        stack.callback(inspector.close)
        backlog = Backlog(house)
        application = dispatcher(
            bot,
            house=house,
            store=files,
            wake=delivery.wake,
            inspector=inspector,
            floods=Floods(backlog.held),
            files_local=settings.files_local,
        )
        worker = Worker(house, application)
        stack.callback(duty.rest)
        checkpoints = assembly.checkpoints(settings, house, signer)
        duty.wake, duty.greet, duty.pauses = worker.wake, bot.get_me, pauses
        duty.trail_fault = lambda: checkpoints.fault

        async def work() -> None:
            await _until_telegram_answers(application.initialize)
            await _default_menu(sender, pauses)
            await _own_menus(house)
            ticking = _ticking(settings, house, delivery, backlog, checkpoints)
            await ticking.start()
            log.info("alur works", bot=bot.username, sops=[item.sop.id for item in house.procedures])
            try:
                await _first_of(
                    _receive(hook if settings.webhook_url else None, house, bot, store, worker, backlog),
                    worker.run(),
                    delivery.run(),
                )
            finally:
                await ticking.stop()

        try:
            await _first_of(stop.wait(), leading.watch(house), work())
        finally:
            await _drained(worker, delivery, within=STOP_WITHIN if house.lead.is_sure else 0)
            await application.shutdown()
            log.info("alur has stopped")


async def _default_menu(sender: Sender, pauses: Pauses) -> None:
    """What a stranger's phone offers: one call at each start, and no reason to wait, or to stop, if it fails."""
    try:
        await sender.menu(None, menu(STRANGERS))
    except TelegramError as error:
        log.warning("the default menu was not set", error=error.message)
        if (outcome := outcome_of(error)).kind is Kind.SLOW_DOWN:
            pauses.refused(None, outcome.seconds)
    except Exception:  # a fault of ours
        log.exception("the default menu was not set")


async def _own_menus(house: House) -> None:
    """Queues the menus that people lack; no fault of ours with one of them keeps the office shut."""
    try:
        await house.write(menus.catch_up)
    except Exception as error:
        if is_transient(error):
            raise
        log.exception("the menus were not brought up to date")


def _ticking(
    settings: Settings, house: House, delivery: Delivery, backlog: Backlog, checkpoints: Checkpoints
) -> Ticking:
    return Ticking(
        house,
        every=TICK_OF_A_DEMO if settings.clock_url else TICK,
        file=settings.holidays_file,
        calendar=lambda now: assembly.working_calendar(settings, now),
        may_speak=backlog.is_worked,
        wake=delivery.wake,
        backup=assembly.nightly_backup(settings, house),
        checkpoints=checkpoints,
    )


async def _receive(
    hook: Hook | None, house: House, bot: ExtBot[None], store: Stored, worker: Worker, backlog: Backlog
) -> None:
    """Asks for updates, or has them brought to every process and hears the bell."""
    told: datetime | None = None  # when the database was last told that we receive

    async def noted(*, more: bool, updates: Sequence[tuple[int, str, int | None]] = ()) -> None:
        nonlocal told
        now = machine_now()
        if told is None or not timedelta() <= now - told < outage.NOTED_EVERY / 2:
            if await house.write(outage.received, now):
                backlog.comes()
            told = now
        if updates:
            await store(updates)
        backlog.arrived(house.watch.now(), more=more)

    def heard() -> None:
        worker.wake()
        if hook is not None:
            hook.took()

    if hook is not None:
        await _first_of(hook.run(bot, noted), bell.listen(house.database, heard))
    else:
        await Receiver(bot, lambda updates: noted(more=len(updates) == LIMIT, updates=updates)).run()


async def _first_of(*parts: Coroutine[Any, Any, object]) -> None:
    """Returns, or raises, with the first of them; the others are cancelled."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _until_telegram_answers(ask: Callable[[], Awaitable[object]]) -> None:
    """Telegram may be away when we start: it is asked until it answers. Raises `TokenRejected`."""
    growing = retries.Growing(retries.SLOWED)
    while True:
        try:
            await ask()
        except InvalidToken:
            raise TokenRejected from None
        except TelegramError as error:
            log.warning("Telegram does not answer", error=error.message)
            is_slowed = outcome_of(error).kind is Kind.SLOW_DOWN
            await asyncio.sleep(growing.take() if is_slowed else retries.TELEGRAM.seconds())
        else:
            return


async def _drained(worker: Worker, delivery: Delivery, *, within: float) -> None:
    """Ends what is in hand, or leaves it, after so many seconds, to whoever leads next."""
    try:
        async with asyncio.timeout(within):
            await worker.drain()
            await delivery.drain()
    except TimeoutError:
        log.warning("what is in hand is left for the next start")
        await asyncio.gather(worker.abandon(), delivery.abandon())
