"""The one hop to the database: services run whole in a worker thread, each as one transaction."""

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlmodel import Session

from alur.services import trouble
from alur.services.evidence.bundle.source import Papers
from alur.services.people import reach
from alur.services.work import Work
from alur.storage import inbox
from alur.storage.database import Database
from alur.storage.inbox import InboxRow
from alur.storage.lead import Lead
from alur.storage.sop_files import Procedure
from alur.workflow.calendar import Calendar
from alur.workflow.errors import AlurError
from bot import metrics, retries
from bot.bell import RING
from bot.slowness import Stopwatch, TooSlow
from bot.watch import Watch

P = ParamSpec("P")
T = TypeVar("T")

INTAKES = 2  # threads, as many as there are connections
READERS = 4  # threads; a render takes a few milliseconds


class AlreadyDone(AlurError):
    """The update was done before: by an earlier try whose answer was lost, or by another process."""


class House:
    """Runs services and queries. One writer at a time, as there is one writer's connection; readers beside it."""

    def __init__(
        self,
        database: Database,
        *,
        watch: Watch,
        calendar: Calendar,
        procedures: tuple[Procedure, ...],
        undo: timedelta = timedelta(0),
        papers: Papers | None = None,
    ) -> None:
        self.database, self.watch = database, watch
        self.calendar, self.procedures, self.undo = calendar, procedures, undo
        self.papers = papers or {}
        self.lead = Lead(database)
        self._stopwatch = Stopwatch(database.writer)
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._intake = ThreadPoolExecutor(INTAKES, thread_name_prefix="intake")

    async def write(self, service: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """One transaction that belongs to no update: the clock's, or delivery's."""
        return await self._run(self._writer, lambda: self._transaction(None, None, service, *args, **kwargs))

    async def apply(
        self,
        row: InboxRow,
        at: datetime,
        service: Callable[Concatenate[Work, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The one transaction of an update: it begins by claiming the inbox row. Raises `AlreadyDone`, and `TooSlow` when
        the update's failure has been counted already.
        """
        return await self._run(self._writer, lambda: self._applied(row, at, service, *args, **kwargs))

    async def take_in(self, updates: Sequence[tuple[int, str, int | None]], *, at: datetime) -> None:
        """Stores updates, whether this process leads or stands by, and rings whoever leads."""

        def store() -> int:
            with self.database.take_in() as session:
                session.connection().execute(RING)
                return len(inbox.store(session, updates, at=at))

        if self.database.dialect == "sqlite":
            new = await self.write(lambda work: len(inbox.store(work.session, updates, at=at)))
        else:
            new = await self._run(self._intake, store)
        metrics.RECEIVED.inc(new)

    async def read(self, query: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._run(self._readers, lambda: self._snapshot(query, *args, **kwargs))

    async def in_thread(self, job: Callable[[], T]) -> T:
        """Disk and other slow work that needs no transaction."""
        return await self._run(self._readers, job)

    async def win(self) -> bool:
        """Whether this process leads from now on."""
        return await self._run(self._writer, self.lead.win)

    async def ask(self) -> None:
        """Whether it still does. Raises `LeadLost`."""
        await self._run(self._writer, self.lead.ask)

    async def resign(self) -> None:
        await self._run(self._writer, self.lead.resign)

    def close(self) -> None:
        """Waits for what is in hand."""
        self._writer.shutdown()
        self._readers.shutdown()
        self._intake.shutdown()
        self.lead.resign()  # won in the very moment in which we were stopped
        self.database.close()

    async def _run(self, pool: ThreadPoolExecutor, job: Callable[[], T]) -> T:
        # A transaction that has begun is never abandoned half-way: cancelling waits for nothing, the thread ends it.
        running = asyncio.get_running_loop().run_in_executor(pool, job)
        running.add_done_callback(_heard)
        return await asyncio.shield(running)

    def _applied(self, row: InboxRow, at: datetime, service: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        try:
            return self._transaction(row, at, service, *args, **kwargs)
        except TooSlow as error:
            # At once, before the end of the term can cancel who waits for us, and beside the writer's session, which may
            # be gone: a failure that is not counted would come back for ever, in whichever process leads next.
            now = self.watch.now()
            with self.database.take_in() as session:
                work = self._work(session, at=now, now=now)
                error.is_parked = trouble.failed(
                    work,
                    update_id=row.update_id,
                    sender=row.sender,
                    error=str(error),
                    tries=retries.OWN_FAULT.tries,
                )
            raise

    def _transaction(
        self,
        row: InboxRow | None,
        at: datetime | None,
        service: Callable[..., T],
        *args: Any,
        **kwargs: Any,
    ) -> T:
        self.lead.check()
        now = self.watch.now()
        update_id = row.update_id if row else None
        with metrics.TRANSACTION_SECONDS.time(), self.database.write() as session:
            session.connection()  # here it waits for whoever else writes
            with self._stopwatch.measuring(session, service, update_id):
                work = self._work(session, at=min(at, now) if at else now, now=now, update_id=update_id)
                if row is not None:
                    if not inbox.claim(session, row.update_id, at=now):
                        raise AlreadyDone
                    self._welcome_back(work, row)
                return service(work, *args, **kwargs)

    def _work(self, session: Session, *, at: datetime, now: datetime, update_id: int | None = None) -> Work:
        return Work(
            session=session,
            at=at,
            now=now,
            calendar=self.calendar,
            procedures=self.procedures,
            update_id=update_id,
            undo=self.undo,
            papers=self.papers,
        )

    def _welcome_back(self, work: Work, row: InboxRow) -> None:
        """Whoever writes can be reached again."""
        member = work.member(row.sender) if row.sender is not None and row.kind != "my_chat_member" else None
        if member is not None and not member.reachable:
            reach.returned(work, member)

    def _snapshot(self, query: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        now = self.watch.now()
        with self.database.read() as session:
            return query(self._work(session, at=now, now=now), *args, **kwargs)


def _heard(running: asyncio.Future[Any]) -> None:
    """Whoever was cancelled while he waited does not hear what became of it; nobody is to blame for that."""
    if not running.cancelled():
        running.exception()
