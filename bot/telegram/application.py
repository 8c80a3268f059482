"""python-telegram-bot's dispatcher, driven by the inbox: it only finds the handler of an update.

Each update is offered with the row that it came from; what a handler raises leaves `process_update`, so that the
transaction is rolled back and the row tried again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import structlog
from telegram import Bot, Update
from telegram.ext import Application, ApplicationBuilder, CallbackContext, ContextTypes

from alur.services.incoming import floods as flood
from alur.services.work import Answer, Judged, Work
from alur.storage.file_store import FileStore
from alur.storage.inbox import InboxRow
from alur.views import answers
from alur.workflow.file_kinds import fitting
from alur.workflow.files import FileRef
from bot import metrics
from bot.floods import Flooded, Floods
from bot.house import House
from bot.inspector import Inspector
from bot.telegram.answering import Answering
from bot.telegram.downloads import download
from handlers.register import register

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R", bound=Judged)
log = structlog.get_logger()


@dataclass
class InHand:
    """One update while it is worked: its row, its moment, and what has been done for it."""

    row: InboxRow
    at: datetime
    query_id: str | None
    is_done: bool = False
    is_answered: bool = False
    is_fetching: bool = False  # a file: what concerns other cases may go on
    sapaan: str | None = None  # of whoever tapped, as the transaction knew him


class AlurContext(CallbackContext[Any, Any, Any, Any]):
    """What handlers get; see `handlers.context.Context`."""

    _in_hand: InHand
    _dispatcher: "Dispatcher"

    @classmethod
    def from_update(cls, update: object, application: "Application[Any, Any, Any, Any, Any, Any]") -> "AlurContext":
        context = cls(application)
        if isinstance(update, Update) and isinstance(application, Dispatcher):
            context._dispatcher = application
            context._in_hand = application.in_hand[update.update_id]
        return context

    async def transact(self, service: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        if self._in_hand.is_done:
            raise RuntimeError("an update is one transaction")
        in_hand = self._in_hand

        @wraps(service)
        def served(work: Work, /, *args: P.args, **kwargs: P.kwargs) -> T:
            result = service(work, *args, **kwargs)
            if in_hand.query_id is not None:
                member = work.member(in_hand.row.sender or 0)
                in_hand.sapaan = member.sapaan if member is not None else None
            return result

        result = await self._dispatcher.house.apply(in_hand.row, in_hand.at, served, *args, **kwargs)
        in_hand.is_done = True
        self._dispatcher.wake()
        return result

    async def attempt(
        self, service: Callable[Concatenate[Work, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R | Answer:
        row = self._in_hand.row
        try:
            return await self.transact(self._dispatcher.floods.guarded(row, service), *args, **kwargs)
        except Flooded as flooded:
            metrics.DROPPED.inc()
            if flooded.begins and row.sender is not None:
                log.warning("a flood: what changes nothing is dropped", sender=row.sender)
                is_press = self._in_hand.query_id is not None
                return await self.transact(flood.answer, account=row.sender, is_press=is_press)
            return await self.transact(flood.drop)

    async def read(self, query: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self._dispatcher.house.read(query, *args, **kwargs)

    async def answer(self, name: str, *, alert: bool = False, **values: Any) -> None:
        await self._dispatcher.answer(self._in_hand, name, alert=alert, values=values)

    async def fetch(self, *, file_id: str, name: str, size: int | None, mime: str, kind: str) -> FileRef:
        dispatcher = self._dispatcher
        self._in_hand.is_fetching = True
        dispatcher.began_to_fetch()
        try:
            data = await download(
                dispatcher.bot,
                file_id,
                size=size,
                local=dispatcher.files_local,
                in_thread=dispatcher.house.in_thread,
            )
            signatures = None
            if kind != "voice":  # which only Telegram itself records
                found = await dispatcher.inspector.look(data)
                name, mime = fitting(found, name=name, mime=mime)
                signatures = found.signatures
        finally:
            self._in_hand.is_fetching = False
        sha256 = await dispatcher.house.in_thread(lambda: dispatcher.store.put(data))
        about = {"sha256": sha256, "name": name, "size": len(data), "mime": mime, "kind": kind}
        return FileRef.model_validate({**about, "signatures": signatures})


class Dispatcher(Application[Any, AlurContext, Any, Any, Any, Any]):
    """The application; made by `dispatcher`."""

    house: House
    store: FileStore
    wake: Callable[[], None]
    answering: Answering
    floods: Floods
    in_hand: dict[int, InHand]
    files_local: Path | None
    inspector: Inspector
    began_to_fetch: Callable[[], None]  # set by whoever hands the updates over

    async def process_error(self, update: object, error: Exception, *args: Any, **kwargs: Any) -> bool:  # noqa: ARG002 - PTB's signature
        """Stock PTB logs the error and goes on as if the update had been worked; ours must be tried again."""
        raise error

    async def work(self, update: Update, row: InboxRow) -> InHand:
        """Offers the update to the handlers. Raises what they raise."""
        query = update.callback_query
        at = _moment_of(update) or row.received_at
        in_hand = InHand(row=row, at=at, query_id=query.id if query else None)
        self.in_hand[update.update_id] = in_hand
        try:
            await self.process_update(update)
            if not in_hand.is_done:
                await self.house.apply(row, at, lambda work: None)  # noqa: ARG005 - no handler wanted it: done
        finally:
            del self.in_hand[update.update_id]
        return in_hand

    async def answer(self, in_hand: InHand, name: str, *, alert: bool, values: dict[str, Any]) -> None:
        """The one answer to a tap; the card says the truth also where it never arrives."""
        if in_hand.query_id is None or in_hand.is_answered:
            return
        in_hand.is_answered = True
        known = {"sapaan": in_hand.sapaan, "zone": self.house.calendar.zone}
        try:
            text = answers.text(name, {**known, **values})
        except Exception:  # what the tap did is committed: its person is let go without a word
            log.exception("a tap's answer cannot be rendered", answer=name)
            text = ""
        await self.answering.answer(in_hand.query_id, text, alert=alert)

    async def shutdown(self) -> None:
        await self.answering.close()
        await super().shutdown()


def _moment_of(update: Update) -> datetime | None:
    """A message counts when it was sent, a change inside one when it was made; a press has no moment of its own."""
    if update.message is not None:
        return update.message.date
    return update.edited_message.edit_date if update.edited_message is not None else None


def dispatcher(
    bot: Bot,
    *,
    house: House,
    store: FileStore,
    wake: Callable[[], None],
    inspector: Inspector,
    floods: Floods,
    files_local: Path | None = None,
) -> Dispatcher:
    """No updater and no job queue: receiving and the clock are our own."""
    builder: Any = ApplicationBuilder()
    application = (
        builder.bot(bot)
        .application_class(Dispatcher)
        .context_types(ContextTypes(context=AlurContext))
        .updater(None)
        .job_queue(None)
        .build()
    )
    assert isinstance(application, Dispatcher)  # noqa: S101 - tells the type checker what the builder cannot
    application.house, application.store, application.wake = house, store, wake
    application.answering, application.in_hand = Answering(bot), {}
    application.inspector, application.floods = inspector, floods
    application.files_local, application.began_to_fetch = files_local, lambda: None
    register(application)
    return application
