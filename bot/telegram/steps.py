"""The steps by which a row reaches its chat. Each `take` makes at most one call to Telegram and writes back what came
of it, so that after a cut or a kill the post goes on where it stood; at most that one call is made again.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

import structlog
from telegram.error import TelegramError

from alur.services.evidence.bundle import chat
from alur.services.people import staff
from alur.services.work import Work
from alur.storage import invites, messages, outbox
from alur.storage.cards import CardRow
from alur.storage.database import is_transient
from alur.storage.errors import LeadLost
from alur.storage.forms import FormRow
from alur.storage.notices import NoticeRow
from alur.views.screen import Attachment, Menu, Parcel, Screen
from alur.workflow.files import FileRef
from alur.workflow.notices import Bundle, InvitationPicture, Notice
from bot import retries
from bot.house import House
from bot.rendering import CardShown, FileIds, Following, FormShown, NoticeShown, Unread, file_ids, following
from bot.telegram.outcomes import Kind, outcome_of
from bot.telegram.sending import Sender, groups
from bot.telegram.sent import Sent, sent_file
from bot.telegram.sent import record as write_down

log = structlog.get_logger()

ZIP = "application/zip"
LAST_CALL = timedelta(minutes=1)  # after closing


class Steps:
    def __init__(self, house: House, sender: Sender) -> None:
        self._house, self._sender = house, sender

    @property
    def _is_silent(self) -> bool:
        """Outside office hours nothing makes a sound; the next opening names what arrived then. What was queued in the
        last seconds of the day still rings: no opening would name it.
        """
        now, calendar = self._house.watch.now(), self._house.calendar
        return not calendar.is_open(now) and not calendar.is_open(now - LAST_CALL)

    async def _record(self, chat_id: int, service: Callable[[Work], None]) -> Following:
        """Writes back what a call has left behind, and reads in the same transaction what follows in the chat. While the disk is
        full or the database held by others it is kept here: to begin anew with each failure would send the message again and
        again. After the first failure it is written by itself: what follows must not keep it from being written.
        """

        def together(work: Work) -> Following:
            service(work)
            return following(work, chat_id)

        def alone(work: Work) -> Following:
            service(work)
            return Unread.UNREAD

        written = together
        while True:
            try:
                return await self._house.write(written)
            except Exception as error:
                if isinstance(error, LeadLost) or (written is alone and not is_transient(error)):
                    raise
                log.warning("what was sent cannot be written down yet", error=type(error).__name__)
                if written is alone:
                    await asyncio.sleep(retries.MACHINE.seconds())
                written = alone

    async def _edit(self, chat_id: int, message_id: int, screen: Screen) -> bool:
        """False where the message is lost."""
        try:
            await self._sender.edit(chat_id, message_id, screen)
        except TelegramError as error:
            kind = outcome_of(error).kind
            if kind is Kind.GONE:
                return False
            if kind is not Kind.UNCHANGED:
                raise
        return True


class NoticeSteps(Steps):
    def __init__(self, house: House, sender: Sender) -> None:
        super().__init__(house, sender)
        self._packing = asyncio.Lock()

    async def take(self, shown: NoticeShown) -> Following:
        row = shown.row
        match shown.content:
            case None:
                return await self._record(
                    row.chat_id, lambda work: outbox.drop_notice(work.session, row.id, "no longer so", work.now)
                )
            case Menu() as menu:
                await self._sender.menu(row.chat_id, menu)
                return await self._settle(row)
            case Screen() as screen:
                message_id = await self._show(row, shown.notice.on, screen)
                about = {"notice": row.id, **shown.notice.subject()}
                return await self._settle(row, record=(Sent(message_id=message_id, about=about),))
            case Parcel() as parcel:
                return await self._send_parcel(row, shown.notice, parcel)
            case found:
                return await self._send_files(row, shown.notice, found, shown.known)

    async def _show(self, row: NoticeRow, on: int | None, screen: Screen) -> int:
        """The message's id: `on`, whose place the screen takes, where there is such and it is not lost."""
        if on is not None and await self._edit(row.chat_id, on, screen):
            return on
        sent = await self._sender.screen(row.chat_id, screen, silent=row.silent or self._is_silent)
        return sent.message_id

    async def _send_parcel(self, row: NoticeRow, notice: Notice, parcel: Parcel) -> Following:
        """Made and sent one at a time, whatever the chat: one alone is in memory. Whoever had it before us spares its upload."""
        if not isinstance(notice, Bundle):
            raise TypeError(f"nothing is packed for {notice.template}")
        about = {"case_id": notice.case_id, "size": notice.size, "number": notice.part}
        async with self._packing:
            content = await self._house.read(chat.part, self._sender.store, **about)
            digest = await self._house.in_thread(lambda: sha256(content).hexdigest())
            file = FileRef(sha256=digest, name=parcel.name, size=len(content), mime=ZIP)
            item = Attachment(version=None, file=file, caption=parcel.caption, content=content)
            known = await self._house.read(file_ids, (item,))
            return await self._send_files(row, notice, (item,), known)

    async def _send_files(
        self, row: NoticeRow, notice: Notice, found: tuple[Attachment, ...], known: FileIds
    ) -> Following:
        posted = await self._sender.files(
            row.chat_id, found, lambda item: known[item.file], silent=row.silent or self._is_silent
        )
        subject = notice.subject()
        record = tuple(
            sent_file(item, message, subject, notice.of_case) for item, message in zip(found, posted, strict=True)
        )
        return await self._settle(row, record=record, notice=notice)

    async def _settle(
        self, row: NoticeRow, *, record: tuple[Sent, ...] = (), notice: Notice | None = None
    ) -> Following:
        """`notice` where something else follows from its sending."""

        def settle(work: Work) -> None:
            if isinstance(notice, InvitationPicture):  # the last of the two that bring the link
                invites.keep_code(work.session, notice.invitation, None)
            first = record[0].message_id if record else None
            outbox.sent_notice(work.session, row.id, first, work.now)
            write_down(work, row.chat_id, record)

        return await self._record(row.chat_id, settle)


class CardSteps(Steps):
    async def take(self, shown: CardShown) -> Following:
        row = shown.row
        if shown.is_due:
            return await self._post(shown)
        if row.message_id is not None and (row.wanted > row.shown or row.ring > row.rung):
            if await self._edit(row.chat_id, row.message_id, shown.post.screen):
                return await self._settle(row, shown=row.wanted, rung=row.ring)
            if shown.is_open:  # it stays due, and is posted anew
                return await self._settle(row, message_id=None, is_chat_lost=True)
            return await self._settle(row, shown=row.wanted, rung=row.ring, message_id=None, is_chat_lost=True)
        if row.older:
            await self._edit(row.chat_id, row.older[0], shown.folded)
            return await self._settle(row, older=row.older[1:])
        # It was over before it was ever shown.
        return await self._settle(row, shown=row.wanted, rung=row.ring, files_sent=())

    async def _post(self, shown: CardShown) -> Following:
        """The next part: a group of files, or, when all are there, the card itself."""
        row, post = shown.row, shown.post
        if post.files:
            return await self._send_files(shown, groups(post.files)[0])
        message = await self._sender.screen(row.chat_id, post.screen, silent=self._is_silent, reply_to=post.reply_to)
        message_id = message.message_id
        older = row.older if row.message_id is None else (*row.older, row.message_id)
        about = {"case_id": row.case_id, "task": row.task, "revision": shown.revision}
        record = (Sent(message_id=message_id, about=about),)
        if post.reply_to is not None and message.reply_to_message is None:
            # What it points to is gone: it is posted anew, with its files, and this copy shrinks.
            return await self._settle(
                row, message_id=None, older=(*older, message_id), record=record, is_chat_lost=True
            )
        return await self._settle(
            row,
            shown=row.wanted,
            rung=row.ring,
            message_id=message_id,
            files_key=post.files_key,
            files_sent=post.own,
            older=older,
            record=record,
        )

    async def _send_files(self, shown: CardShown, group: tuple[Attachment, ...]) -> Following:
        row = shown.row
        posted = await self._sender.files(
            row.chat_id, group, lambda item: shown.known[item.file], silent=self._is_silent
        )
        subject = {"case_id": row.case_id}
        record = tuple(
            sent_file(item, message, subject, row.case_id) for item, message in zip(group, posted, strict=True)
        )
        return await self._settle(
            row,
            files_key=shown.post.files_key,
            files_sent=(*shown.post.own, *(message.message_id for message in posted)),
            record=record,
        )

    async def _settle(
        self, row: CardRow, *, record: tuple[Sent, ...] = (), is_chat_lost: bool = False, **changes: Any
    ) -> Following:
        """Writes back the counters that were read, or what `changes` says. In a chat that has lost a message no file of the
        case is held to stand any more.
        """
        kept = {
            name: getattr(row, name) for name in ("shown", "rung", "message_id", "files_key", "files_sent", "older")
        }
        if is_chat_lost:
            kept["files_sent"] = ()

        def settle(work: Work) -> None:
            is_his = outbox.shown_card(work.session, row, **{**kept, **changes})
            write_down(work, row.chat_id, record)
            for item in record if not is_his else ():
                if "task" in item.about:  # a file has no buttons
                    staff.left_behind(work, row.chat_id, item.message_id)
            if is_chat_lost:
                messages.files_are_gone(work.session, row.chat_id, row.case_id)

        return await self._record(row.chat_id, settle)


class FormSteps(Steps):
    async def take(self, shown: FormShown) -> Following:
        row = shown.row
        if shown.is_open and (row.message_id is None or row.ring > row.rung):
            return await self._post(shown)
        if row.message_id is not None and (row.wanted > row.shown or row.ring > row.rung):
            return await self._update(row, row.message_id, shown)
        if row.older:
            await self._remove(row.chat_id, row.older[0], instead=shown.folded)
            return await self._settle(row, older=row.older[1:])
        return await self._settle(row, shown=row.wanted, rung=row.ring)

    async def _update(self, row: FormRow, message_id: int, shown: FormShown) -> Following:
        if not shown.is_open and not shown.stays:
            await self._remove(row.chat_id, message_id, instead=shown.screen)
            return await self._settle(row, shown=row.wanted, rung=row.ring, message_id=None)
        if await self._edit(row.chat_id, message_id, shown.screen):
            return await self._settle(row, shown=row.wanted, rung=row.ring)
        if shown.is_open:  # it stays due, and is posted anew
            return await self._settle(row, message_id=None)
        return await self._settle(row, shown=row.wanted, rung=row.ring, message_id=None)

    async def _remove(self, chat_id: int, message_id: int, *, instead: Screen) -> None:
        """What is gone already was removed. What Telegram does not remove any more, as after 48 hours, shrinks to one line."""
        try:
            await self._sender.delete(chat_id, message_id)
        except TelegramError as error:
            kind = outcome_of(error).kind
            if kind is Kind.PERMANENT:
                await self._edit(chat_id, message_id, instead)
            elif kind is not Kind.GONE:
                raise

    async def _post(self, shown: FormShown) -> Following:
        """The form at the bottom of the chat; the copy above it goes when this one stands."""
        row = shown.row
        silent = row.outage_at is not None and self._is_silent  # else its person is at it just now
        message_id = (await self._sender.screen(row.chat_id, shown.screen, silent=silent)).message_id
        older = row.older if row.message_id is None else (*row.older, row.message_id)
        return await self._settle(
            row, shown=row.wanted, rung=row.ring, message_id=message_id, older=older, record=message_id
        )

    async def _settle(self, row: FormRow, *, record: int | None = None, **changes: Any) -> Following:
        kept = {name: getattr(row, name) for name in ("shown", "rung", "message_id", "older")}

        def settle(work: Work) -> None:
            is_his = outbox.shown_form(work.session, row, **{**kept, **changes})
            if record is not None:
                messages.record(work.session, row.chat_id, record, {"form": row.id})
                if not is_his:
                    staff.left_behind(work, row.chat_id, record)

        return await self._record(row.chat_id, settle)
