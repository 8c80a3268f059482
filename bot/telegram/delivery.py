"""Delivers the outbox: one lane per chat, different chats side by side. Each step renders from the present state, makes
one call, and writes back what it did; nothing in the database is locked while Telegram is asked.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta

import structlog
from telegram.error import TelegramError

from alur.services import reach
from alur.services.tell import tell_administrators
from alur.services.work import Work
from alur.storage import files, outbox
from bot.office import Office
from bot.telegram.outcomes import Kind, Outcome, outcome_of
from bot.telegram.pacing import Pacer
from bot.telegram.render import CardShown, FormShown, NoticeShown, Shown, next_shown
from bot.telegram.sending import Sender
from bot.telegram.steps import CardSteps, FormSteps, NoticeSteps

log = structlog.get_logger()

AT_ONCE = 32  # chats
IDLE = 1.0  # seconds after which the outbox is looked at even if nobody rang
LONGEST_PAUSE = 60.0  # seconds between two tries of one message


class Delivery:
    def __init__(self, office: Office, sender: Sender, pacer: Pacer) -> None:
        self._office, self._pacer = office, pacer
        self._steps = (NoticeSteps(office, sender), CardSteps(office, sender), FormSteps(office, sender))
        self._bell = asyncio.Event()
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._is_closing = False

    def wake(self) -> None:
        self._bell.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            self._bell.clear()
            for chat_id in await self._due():
                self._lanes[chat_id] = asyncio.create_task(self._lane(chat_id))
            with suppress(TimeoutError):
                async with asyncio.timeout(IDLE):  # wait_for swallows, in 3.11, a stop that comes with the bell
                    await self._bell.wait()

    async def drain(self) -> None:
        """Waits for the calls in hand; no lane begins another."""
        self._is_closing = True
        if self._lanes:
            await asyncio.wait(self._lanes.values())

    async def abandon(self) -> None:
        """Cancels what is in hand: its rows are still there, and what was sent without our knowing may be sent again."""
        lanes = tuple(self._lanes.values())
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    async def _due(self) -> tuple[int, ...]:
        free, busy, now = AT_ONCE - len(self._lanes), set(self._lanes), self._office.watch.now()
        if not free:
            return ()
        try:
            return await self._office.read(lambda work: outbox.chats_due(work.session, now=now, limit=free, busy=busy))
        except Exception:  # the database is away: the outbox waits
            log.exception("the outbox cannot be read")
            return ()

    async def _lane(self, chat_id: int) -> None:
        try:
            while not self._is_closing and (shown := await self._office.read(next_shown, chat_id)) is not None:
                if not await self._step(chat_id, shown):
                    break
        except Exception:  # one chat's trouble is not another's; the row is still there
            log.exception("a chat's delivery failed", chat_id=chat_id)
            await asyncio.sleep(IDLE)
        finally:
            del self._lanes[chat_id]
            self.wake()

    async def _step(self, chat_id: int, shown: Shown) -> bool:
        """One call and what it leaves behind; False where the chat has to wait."""
        await self._pacer.wait(chat_id)
        try:
            match shown:
                case NoticeShown():
                    await self._steps[0].take(shown)
                case CardShown():
                    await self._steps[1].take(shown)
                case FormShown():
                    await self._steps[2].take(shown)
        except TelegramError as error:
            return await self._failed(chat_id, shown, outcome_of(error))
        except FileNotFoundError as error:  # the store has lost it: the chat's other messages must not wait for it
            return await self._failed(chat_id, shown, Outcome(kind=Kind.PERMANENT, error=f"no file {error.filename}"))
        return True

    async def _failed(self, chat_id: int, shown: Shown, outcome: Outcome) -> bool:
        match outcome.kind:
            case Kind.UNREACHABLE:
                await self._office.write(_unreachable, chat_id=chat_id, shown=shown, error=outcome.error)
                return True
            case Kind.FILE_LOST:
                await self._office.write(_forget_files, shown=shown)
                return True
            case Kind.SLOW_DOWN:
                self._pacer.hold(outcome.seconds)
                await self._delay(shown, outcome.seconds, outcome.error)
                return False
            case Kind.AGAIN:
                pause = min(LONGEST_PAUSE, 0.5 * 2.0 ** min(shown.row.attempts, 10))
                await self._delay(shown, pause, outcome.error)
                return False
            case _:
                log.error("a message was parked", chat_id=chat_id, error=outcome.error)
                await self._office.write(_park, shown=shown, error=outcome.error)
                return True

    async def _delay(self, shown: Shown, seconds: float, error: str) -> None:
        def delay(work: Work) -> None:
            outbox.delay(work.session, shown.row, work.now + timedelta(seconds=seconds), error)

        await self._office.write(delay)
        asyncio.get_running_loop().call_later(seconds + 0.05, self.wake)


def _unreachable(work: Work, *, chat_id: int, shown: Shown, error: str) -> None:
    if isinstance(shown, NoticeShown):
        outbox.drop_notice(work.session, shown.row.id, error, work.now)
    if work.member(chat_id) is not None:
        reach.lost(work, telegram_id=chat_id)


def _park(work: Work, *, shown: Shown, error: str) -> None:
    outbox.park(work.session, shown.row, error, work.now)
    what = type(shown).__name__.removesuffix("Shown").lower()
    if not (isinstance(shown, NoticeShown) and shown.row.template == "sending_failed"):
        tell_administrators(work, "sending_failed", {"what": f"{what} {shown.row.id}", "error": error})


def _forget_files(work: Work, *, shown: Shown) -> None:
    match shown:
        case CardShown(post=post):
            found = post.files
        case NoticeShown(content=tuple() as content):
            found = content
        case _:
            found = ()
    for item in found:
        files.forget_file_id(work.session, item.file.sha256, item.file.kind)
