"""Works the inbox: each sender's updates in order, different senders side by side, each until it is done or parked."""

import asyncio
import json
from contextlib import suppress

import structlog
from telegram import Update
from telegram.error import TelegramError

from alur.services import trouble
from alur.services.work import Work
from alur.storage import inbox
from alur.storage.database import is_transient
from alur.storage.inbox import InboxRow
from alur.storage.troubles import told
from alur.views.joiners import bared
from bot import metrics, retries
from bot.house import AlreadyDone, House
from bot.slowness import TooSlow
from bot.telegram import cleaning
from bot.telegram.application import Dispatcher, InHand
from bot.telegram.outcomes import written
from handlers.concerns import may_go_on

log = structlog.get_logger()

AT_ONCE = 64  # updates
AHEAD = 20  # updates of one sender that are looked at while his file is fetched
IDLE = 5.0  # seconds after which the inbox is looked at even if nobody rang


class Worker:
    def __init__(self, house: House, dispatcher: Dispatcher) -> None:
        self._house, self._dispatcher = house, dispatcher
        self._bell = asyncio.Event()
        self._busy: dict[int, InboxRow] = {}
        self._has_more = True  # whether updates wait for one that is in hand
        self._lanes: set[asyncio.Task[None]] = set()
        dispatcher.began_to_fetch = self.wake

    def wake(self) -> None:
        self._bell.set()

    async def run(self) -> None:
        """Until it is cancelled; `drain` then waits for what is in hand."""
        while True:
            self._bell.clear()
            free = AT_ONCE - len(self._busy)
            rows = await self._pending(free) if free else ()
            for row in (*rows, *(await self._beside_files(free - len(rows)))):
                self._busy[row.update_id] = row
                lane = asyncio.create_task(self._lane(row))
                self._lanes.add(lane)
                lane.add_done_callback(self._lanes.discard)
            with suppress(TimeoutError):
                async with asyncio.timeout(IDLE):  # wait_for swallows, in 3.11, a stop that comes with the bell
                    await self._bell.wait()

    async def drain(self) -> None:
        if self._lanes:
            await asyncio.wait(self._lanes)

    async def abandon(self) -> None:
        """Cancels what is in hand: its rows are still there."""
        lanes = tuple(self._lanes)
        for lane in lanes:
            lane.cancel()
        await asyncio.gather(*lanes, return_exceptions=True)

    async def _pending(self, free: int) -> tuple[InboxRow, ...]:
        senders = {row.sender for row in self._busy.values() if row.sender is not None}
        busy = set(self._busy)

        def pending(work: Work) -> tuple[tuple[InboxRow, ...], int]:
            found = inbox.pending(work.session, free, senders_busy=senders, updates_busy=busy)
            return found, inbox.undone(work.session, len(busy) + free + 1)

        try:
            rows, undone = await self._house.read(pending)
        except Exception:  # the database is away: the inbox waits
            log.exception("the inbox cannot be read")
            self._has_more = True
            return ()
        self._has_more = undone > len(rows) + len(busy)
        return rows

    async def _beside_files(self, free: int) -> list[InboxRow]:
        """Of each sender of whom nothing is in hand but files that are being fetched, the next update that concerns other
        cases, one at a time. A file is still undone then, and comes again after a kill: in its case nothing went before it.
        """
        in_hand = self._dispatcher.in_hand
        senders: dict[int, bool] = {}
        for row in self._busy.values():
            if row.sender is not None:
                is_fetching = row.update_id in in_hand and in_hand[row.update_id].is_fetching
                senders[row.sender] = senders.get(row.sender, True) and is_fetching
        found = []
        for sender in [sender for sender, has_files_alone in senders.items() if has_files_alone][: max(free, 0)]:
            try:
                after = await self._house.read(self._next_beside, sender, frozenset(self._busy))
            except Exception:  # the database is away, or it cannot be told: it waits for the file
                log.exception("what waits for a file cannot be read")
                continue
            if after is not None:
                found.append(after)
        return found

    def _next_beside(self, work: Work, sender: int, busy: frozenset[int]) -> InboxRow | None:
        rows = inbox.of_sender(work.session, sender, AHEAD)
        number = may_go_on(work, [self._read(row) for row in rows], [row.update_id in busy for row in rows])
        return None if number is None else rows[number]

    def _read(self, row: InboxRow) -> Update | None:
        with suppress(Exception):  # it will fail where it is worked, and is counted there
            return Update.de_json(json.loads(row.body or ""), self._dispatcher.bot)
        return None

    async def _lane(self, row: InboxRow) -> None:
        is_done = False
        try:
            is_done = await self._work(row)
        except Exception:  # its failure could not even be counted: the database is away, and the row is still there
            log.exception("an update waits", update_id=row.update_id)
            await asyncio.sleep(retries.MACHINE.seconds())
        finally:
            del self._busy[row.update_id]
            if self._has_more or not is_done:
                self.wake()

    async def _work(self, row: InboxRow) -> bool:
        """Whether it is done."""
        try:
            # What was copied from one of our messages comes without what only keeps it from being a link.
            update = Update.de_json(bared(cleaning.received(json.loads(row.body or ""))), self._dispatcher.bot)
            await self._dispatcher.work(update, row)
            metrics.WORKED.labels("done").inc()
        except AlreadyDone:
            return True
        except TooSlow as error:  # logged and counted where it was noticed
            metrics.WORKED.labels("failed").inc()
            if error.is_parked:
                await self._told_parked(row)
            await asyncio.sleep(retries.OWN_FAULT.seconds())
        except Exception as error:  # one bad update must not stop the others; what it was is in the log and its row
            if is_transient(error) or isinstance(error, (TelegramError, OSError)):  # the last is the disk, or its want
                log.warning("an update waits", update_id=row.update_id, error=told(error) or type(error).__name__)
                await asyncio.sleep(retries.MACHINE.seconds())
            else:
                log.exception("an update failed", update_id=row.update_id)
                metrics.WORKED.labels("failed").inc()
                await self._count_failure(row, error)
                await asyncio.sleep(retries.OWN_FAULT.seconds())
        else:
            return True
        return False

    async def _count_failure(self, row: InboxRow, error: Exception) -> None:
        why = written(error)
        parked = await self._house.write(
            trouble.failed,
            update_id=row.update_id,
            sender=row.sender,
            error=why,
            tries=retries.OWN_FAULT.tries,
        )
        if parked:
            await self._told_parked(row)

    async def _told_parked(self, row: InboxRow) -> None:
        metrics.WORKED.labels("parked").inc()
        self._dispatcher.wake()
        await self._answer_failed(row)

    async def _answer_failed(self, row: InboxRow) -> None:
        """Every press gets its answer, also one that could not be worked."""
        try:
            query = json.loads(row.body or "").get("callback_query")
        except ValueError:
            return
        if isinstance(query, dict) and isinstance(query.get("id"), str):
            in_hand = InHand(row=row, at=row.received_at, query_id=query["id"])
            await self._dispatcher.answer(in_hand, "failed", alert=True, values={})
