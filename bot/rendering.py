"""Renders the next row of a chat from one snapshot: what is sent is the truth at the moment of sending. It knows nothing of
Telegram; `bot.telegram.delivery` calls it, and sends.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, assert_never

import structlog

from alur.services.cases.situations import situation
from alur.services.incoming.form_check import numbered
from alur.services.incoming.form_rows import end_of, form_of, remark_of
from alur.services.people import desk
from alur.services.work import Work
from alur.storage import cases, file_store, members, messages, outbox
from alur.storage import notices as notice_rows
from alur.storage.cards import CardRow
from alur.storage.cards import of_member as cards_of
from alur.storage.forms import FormRow
from alur.storage.notices import NoticeRow
from alur.storage.outbox import Head, OutboxRow
from alur.storage.troubles import database_errors
from alur.views import cards, forms
from alur.views.in_chat import InChat
from alur.views.notice import message
from alur.views.notice.maker import Given
from alur.views.oddities import Around
from alur.views.screen import Attachment, Menu, Parcel, Post, Reader, Screen
from alur.workflow.engine import Situation
from alur.workflow.files import FileRef
from alur.workflow.forms import Form
from alur.workflow.notices import Notice
from alur.workflow.office.rooms import staff_rule
from alur.workflow.office.situation import OfficeSituation
from bot.needs import needed

log = structlog.get_logger()


FileIds = Mapping[FileRef, str | None]  # under which Telegram knows a file that was sent before


@dataclass(frozen=True, kw_only=True)
class NoticeShown:
    row: NoticeRow
    notice: Notice
    content: Screen | Menu | Parcel | tuple[Attachment, ...] | None  # None: what it was to say is no longer so
    known: FileIds = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CardShown:
    row: CardRow
    post: Post
    is_open: bool
    is_due: bool  # as a new message, at the bottom of the chat
    revision: int  # of the task: which one this post shows
    folded: Screen
    known: FileIds = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class FormShown:
    row: FormRow
    screen: Screen  # once it is over, the line that it leaves
    is_open: bool
    stays: bool  # whether that line is left; else its message goes
    folded: Screen  # of a copy that cannot go


Shown = NoticeShown | CardShown | FormShown


class Unread(Enum):
    """What follows is to be read by `next_shown`."""

    UNREAD = "unread"


class NotRendered(Exception):
    """A row that cannot be rendered, or, where there is only its `head`, not even be read; its cause says why."""

    def __init__(self, head: Head, row: OutboxRow | None) -> None:
        super().__init__(head.name)
        self.head, self.row = head, row


Following = Shown | Unread | NotRendered | None


def next_shown(work: Work, chat_id: int, username: str = "") -> Shown | None:
    """The chat's next row as it is to be shown now; None if nothing is due. Raises `NotRendered`. `username` is the bot's."""
    head = outbox.head_of_chat(work.session, chat_id, now=work.now)
    if head is None:
        return None
    row = None
    try:
        row = outbox.load(work.session, head)
        return _shown(work, row, username)
    except Exception as error:
        raise NotRendered(head, row) from error


def following(work: Work, chat_id: int) -> Following:
    """The same in the transaction that has written down what was sent before it: a card or a form, which cost some milliseconds.
    A notice may be a file that takes long to make: it is `UNREAD`. Raises what the database says, whose transaction is no longer
    good.
    """
    head = outbox.head_of_chat(work.session, chat_id, now=work.now)
    if head is None:
        return None
    if head.kind == outbox.NOTICE:
        return Unread.UNREAD
    try:
        return next_shown(work, chat_id)
    except NotRendered as error:
        if isinstance(error.__cause__, database_errors()):
            raise error.__cause__ from None
        return error


def _shown(work: Work, row: OutboxRow, username: str) -> Shown:
    match row:
        case NoticeRow():
            return _notice(work, row, username)
        case CardRow():
            return _card(work, row)
        case FormRow():
            return _form(work, row)
        case _:
            assert_never(row)


def _notice(work: Work, row: NoticeRow, username: str) -> NoticeShown:
    notice = row.notice
    if notice.anew is not None:  # it takes the place of an earlier one, which was queued before it
        message_id = notice_rows.message_of(work.session, notice.anew)
        if message_id is None:
            return NoticeShown(row=row, notice=notice, content=None)
        notice = notice.model_copy(update={"on": message_id})
    reader = _reader(work, row.member_id)
    s = _of_case(work, notice.of_case) if notice.of_case is not None else None
    given = _given(work, reader, s, username=username, **needed(work, row, reader, notice))
    content = message.render(notice, given)
    known = file_ids(work, content) if isinstance(content, tuple) else {}
    return NoticeShown(row=row, notice=notice, content=content, known=known)


def _given(work: Work, reader: Reader, s: Situation | None, **needed: Any) -> Given:
    return Given(
        reader=reader,
        sops=tuple(item.sop for item in work.procedures),
        today=work.now.astimezone(work.calendar.zone).date(),
        zone=work.calendar.zone,
        s=s,
        **needed,
    )


def _of_case(work: Work, case_id: int) -> Situation:
    s = _situation(work, case_id)
    if s is None:
        raise LookupError(f"there is no case {case_id}")
    return s


def _card(work: Work, row: CardRow) -> CardShown:
    s = _situation(work, row.case_id)
    task = s.case.task(row.task) if s else None
    if s is None or task is None:
        raise LookupError(f"card {row.id} is about nothing")
    reader, asks_again = _reader(work, row.member_id), row.outage_at is not None
    is_due = task.is_open and (row.message_id is None or row.ring > row.rung)
    post = cards.card(
        s,
        case_id=row.case_id,
        task=row.task,
        reader=reader,
        asks_again=asks_again,
        is_unfolded=row.is_unfolded,
        in_chat=_in_chat(work, row, is_due=is_due) if task.is_open else InChat(),
    )
    folded = cards.folded(s, task=row.task)
    return CardShown(
        row=row,
        post=post,
        is_open=task.is_open,
        is_due=is_due,
        revision=task.revision,
        folded=folded,
        known=file_ids(work, post.files) if is_due else {},
    )


def file_ids(work: Work, files: tuple[Attachment, ...]) -> FileIds:
    return file_store.file_ids(work.session, [item.file for item in files])


def _in_chat(work: Work, row: CardRow, *, is_due: bool) -> InChat:
    """What is gone is sent again with the next post; an edit goes on naming what its copy named."""
    sent: dict[tuple[str, str], list[int]] = {}
    sent_as = {}
    for item in messages.files(work.session, row.chat_id, row.case_id):
        if not (item.gone and is_due):
            sent.setdefault((item.sha256, item.name), []).append(item.message_id)
        if "version" in item.about:
            sent_as[item.message_id] = int(item.about["version"])
    return InChat(
        sent=sent, sent_as=sent_as, copy=row.message_id, with_copy=row.files_sent, key=row.files_key, is_due=is_due
    )


def _form(work: Work, row: FormRow) -> FormShown:
    form = form_of(row)
    s = _situation(work, row.case_id)
    sops = tuple(item.sop for item in work.procedures)
    if row.ended_at is not None:
        how = end_of(row) or "overtaken"
        ended = forms.ended(form, how, s, staff=_staff(work, form), sops=sops)
        stays = forms.stays(form, how, s, carded=_carded(work, row))
        return FormShown(row=row, screen=ended, is_open=False, stays=stays, folded=ended)
    screen = forms.screen(
        row.id,
        form,
        s,
        sops,
        around=_around(work, row, form),
        asks_again=row.outage_at is not None,
        remark=_remark(work, row, s),
    )
    return FormShown(row=row, screen=screen, is_open=True, stays=True, folded=forms.folded(form))


def _around(work: Work, row: FormRow, form: Form) -> Around:
    """Of a case that is about to be opened, or an appointment that is entered, who holds which post too."""
    office = work.office() if form.case is None and form.asked is None else None
    known = numbered(work, row, form)
    return Around(calendar=work.calendar, now=work.now, numbered=known, office=office, staff=_staff(work, form))


def _staff(work: Work, form: Form) -> OfficeSituation | None:
    """The people of the office, where the form is about them."""
    return desk.situation(work) if staff_rule(form.kind) is not None else None


def _carded(work: Work, row: FormRow) -> tuple[int, ...]:
    """The tasks of the form's case of which its person has a card."""
    found = cards_of(work.session, row.case_id, row.member_id) if row.case_id is not None else ()
    return tuple(item.task for item in found)


def _remark(work: Work, row: FormRow, s: Situation | None) -> Screen | None:
    """What became of the last message to the form; of what has no words here, as another build wrote it, nothing: the question
    alone is asked.
    """
    notice = remark_of(row)
    if notice is None:
        return None
    given = _given(work, _reader(work, row.member_id), s)
    try:
        made = message.render(notice, given)
    except Exception:
        log.exception("a remark cannot be rendered", row=f"form {row.id}")
        return None
    return made if isinstance(made, Screen) else None


def _situation(work: Work, case_id: int | None) -> Situation | None:
    record = cases.get(work.session, case_id) if case_id is not None else None
    return situation(work, record.case) if record else None


def _reader(work: Work, member_id: int | None) -> Reader:
    """Who will read it; somebody unknown has neither name nor role."""
    member = members.get(work.session, member_id) if member_id is not None else None
    if member is None:
        return Reader(member=0, name="", sapaan=None, unit=None, roles=(), reads=())
    office = work.office()
    roles, reads = office.roles(member.id, work.now), office.reads(member.id, work.now)
    return Reader(member=member.id, name=member.name, sapaan=member.sapaan, unit=member.unit, roles=roles, reads=reads)
