"""Delivers the outbox: one lane per chat, different chats side by side. Each step renders from the present state, makes
one call, and writes back what it did; nothing in the database is locked while Telegram is asked.

A row that fails through a fault of ours is tried a few times and then set aside (`alur.services.trouble`), so that the
chat's next one goes out; while the network, Telegram or the database is away nothing is counted. A chat that Telegram
makes wait waits alone (`pauses`).
"""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

import structlog
from telegram.error import TelegramError

from alur.services import trouble
from alur.services.people import reach
from alur.services.work import Work
from alur.storage import file_store, outbox
from alur.storage.errors import FileDamaged
from alur.storage.outbox import Head, OutboxRow
from bot import metrics, retries
from bot.house import House
from bot.rendering import CardShown, Following, FormShown, NoticeShown, NotRendered, Shown, Unread, next_shown
from bot.telegram.outcomes import Kind, Outcome, outcome_of, outcome_of_fault
from bot.telegram.pacing import Pacer
from bot.telegram.pauses import LONG, Pauses
from bot.telegram.sending import Sender
from bot.telegram.steps import CardSteps, FormSteps, NoticeSteps

log = structlog.get_logger()

AT_ONCE = 32  # chats
IDLE = 1.0  # seconds after which the outbox is looked at even if nobody rang


class Delivery:
    def __init__(self, house: House, sender: Sender, pacer: Pacer, pauses: Pauses) -> None:
        self._house, self._sender, self._pacer, self._pauses = house, sender, pacer, pauses
        self._steps = (NoticeSteps(house, sender), CardSteps(house, sender), FormSteps(house, sender))
        self._bell = asyncio.Event()
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._news: set[int] = set()  # chats at work for which something may have been written since they looked
        self._is_full = False  # whether there may be chats that found no room
        self._is_closing = False

    def wake(self) -> None:
        """Something was written. The chats that are at work look once more before they end: nobody else looks for them."""
        self._news.update(self._lanes)
        self._bell.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        await self._remember_pauses()
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

    async def _remember_pauses(self) -> None:
        """The long pauses that were begun by whoever delivered before us: nothing else makes a row wait for so long."""

        def held(work: Work) -> dict[int, datetime]:
            return outbox.held_beyond(work.session, work.now + timedelta(seconds=LONG))

        try:
            for chat_id, until in (await self._house.read(held)).items():
                self._pauses.hold(chat_id, until)
        except Exception:  # the database is away: one more 429 for each of them
            log.exception("the pauses of before cannot be read")

    async def _due(self) -> tuple[int, ...]:
        free, now = AT_ONCE - len(self._lanes), self._house.watch.now()
        busy, room = {*self._lanes, *self._pauses.held()}, self._pauses.room
        if room is not None:
            free = min(free, room)
        self._is_full = True
        if not free:
            return ()
        try:
            due = await self._house.read(lambda work: outbox.chats_due(work.session, now=now, limit=free, busy=busy))
        except Exception:  # the database is away: the outbox waits
            log.exception("the outbox cannot be read")
            return ()
        self._is_full = len(due) == free
        return due

    async def _lane(self, chat_id: int) -> None:
        try:
            found: Following = Unread.UNREAD
            while not self._is_closing:
                if isinstance(found, Unread):
                    self._news.discard(chat_id)
                    found = await self._next(chat_id)
                elif isinstance(found, NotRendered):
                    found = await self._not_rendered(chat_id, found)
                elif found is not None:
                    found = await self._step(chat_id, found)
                elif chat_id in self._news:  # written while we looked, or just after
                    found = Unread.UNREAD
                else:
                    break
        except Exception:  # one chat's trouble is not another's; the row is still there
            log.exception("a chat's delivery failed", chat_id=chat_id)
            await asyncio.sleep(IDLE)
            self._is_full = True
        finally:
            del self._lanes[chat_id]
            self._news.discard(chat_id)
            if self._is_full:
                self._bell.set()

    async def _next(self, chat_id: int) -> Following:
        """The chat's next row; None where nothing is left or the chat has to wait."""
        try:
            return await self._house.read(next_shown, chat_id, self._sender.username)
        except NotRendered as error:
            return error

    async def _not_rendered(self, chat_id: int, error: NotRendered) -> Following:
        fault = outcome_of_fault(error.__cause__) if isinstance(error.__cause__, Exception) else None
        if fault is None:
            raise error
        log.warning("a message cannot be rendered", chat_id=chat_id, row=error.head.name, exc_info=error.__cause__)
        return _onward(await self._failed_by_us(chat_id, error.head, error.row, fault.error))

    async def _step(self, chat_id: int, shown: Shown) -> Following:
        """One call and what it leaves behind; what follows it in the chat, None where the chat has to wait."""
        await self._pacer.wait(chat_id)
        if not self._pauses.may_send(chat_id):
            return None
        found: Outcome | Following = None
        is_answered = False
        try:
            found = await self._outcome(shown)
            is_answered = not isinstance(found, Outcome) or found.kind not in (Kind.AGAIN, Kind.OURS)
            if isinstance(found, Outcome) and found.kind is Kind.SLOW_DOWN:
                await self._slow_down(chat_id, found.seconds)
        finally:
            self._pauses.passed(chat_id, is_answered=is_answered)
        return _onward(await self._failed(chat_id, shown, found)) if isinstance(found, Outcome) else found

    async def _outcome(self, shown: Shown) -> Outcome | Following:
        """Takes the row's next step: what went wrong, or what follows. Raises where this machine failed."""
        try:
            match shown:
                case NoticeShown():
                    return await self._steps[0].take(shown)
                case CardShown():
                    return await self._steps[1].take(shown)
                case FormShown():
                    return await self._steps[2].take(shown)
        except TelegramError as error:
            return outcome_of(error)
        except FileNotFoundError as error:  # the store has lost it: the chat's other messages must not wait for it
            return Outcome(kind=Kind.PERMANENT, error=f"no file {error.filename}")
        except FileDamaged as error:  # the same, of a file inside a bundle
            return Outcome(kind=Kind.PERMANENT, error=str(error))
        except Exception as error:
            if (fault := outcome_of_fault(error)) is None:
                raise
            log.exception("a message failed", row=outbox.head_of(shown.row).name)
            return fault

    async def _failed(self, chat_id: int, shown: Shown, outcome: Outcome) -> bool:
        match outcome.kind:
            case Kind.UNREACHABLE:
                await self._house.write(_unreachable, chat_id=chat_id, shown=shown, error=outcome.error)
                return True
            case Kind.FILE_LOST:  # once; what is refused as bytes too is not tried for ever
                await self._house.write(_forget_files, shown=shown)
                return await self._failed_by_us(chat_id, outbox.head_of(shown.row), shown.row, outcome.error)
            case Kind.SLOW_DOWN:
                await self._delay(shown, outcome.seconds, outcome.error)
                return False
            case Kind.OURS | Kind.AGAIN if await self._is_ours(outcome):
                return await self._failed_by_us(chat_id, outbox.head_of(shown.row), shown.row, outcome.error)
            case Kind.OURS | Kind.AGAIN:
                await self._delay(shown, retries.SENDING.seconds(shown.row.attempts + 1), outcome.error)
                return False
            case _:
                head = outbox.head_of(shown.row)
                return await self._failed_by_us(chat_id, head, shown.row, outcome.error, for_good=True)

    async def _is_ours(self, outcome: Outcome) -> bool:
        """Whether it counts against the row: what was sent and not understood does while Telegram is heard otherwise."""
        return await self._sender.is_heard() if outcome.is_unread else outcome.kind is Kind.OURS

    async def _failed_by_us(
        self, chat_id: int, head: Head, row: OutboxRow | None, error: str, *, for_good: bool = False
    ) -> bool:
        """Counts it; whether the chat may go on, as what failed is out of its way."""
        metrics.NOT_SENT.labels(head.name.partition(" ")[0]).inc()
        again = retries.OWN_FAULT
        parked = await self._house.write(
            trouble.not_sent,
            head=head,
            what=row,
            error=error,
            tries=again.tries,
            pause=again.pause,
            for_good=for_good,
        )
        if parked:
            log.error("a message was parked", chat_id=chat_id, row=head.name, error=error)
            return True
        asyncio.get_running_loop().call_later(again.seconds() + 0.05, self.wake)
        return for_good  # it was announced since: that has not failed yet

    async def _slow_down(self, chat_id: int, seconds: float) -> None:
        """The chat waits, whether or not that can be written down."""
        if self._pauses.refused(chat_id, seconds):
            until = self._house.watch.now() + timedelta(seconds=seconds)
            with suppress(Exception):
                await self._house.write(trouble.waits, chat_id=chat_id, until=until)
            self.wake()

    async def _delay(self, shown: Shown, seconds: float, error: str) -> None:
        def delay(work: Work) -> None:
            outbox.delay(work.session, shown.row, work.now + timedelta(seconds=seconds), error)

        await self._house.write(delay)
        asyncio.get_running_loop().call_later(seconds + 0.05, self.wake)


def _onward(may_go_on: bool) -> Following:
    return Unread.UNREAD if may_go_on else None


def _unreachable(work: Work, *, chat_id: int, shown: Shown, error: str) -> None:
    if isinstance(shown, NoticeShown):
        outbox.drop_notice(work.session, shown.row.id, error, work.now)
    if work.member(chat_id) is not None:
        reach.lost(work, telegram_id=chat_id, refused=shown.row if isinstance(shown, NoticeShown) else None)


def _forget_files(work: Work, *, shown: Shown) -> None:
    match shown:
        case CardShown(post=post):
            found = post.files
        case NoticeShown(content=tuple() as content):
            found = content
        case _:
            found = ()
    for item in found:
        file_store.forget_file_id(work.session, item.file)
