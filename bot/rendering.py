"""Renders the next row of a chat from one snapshot: what is sent is the truth at the moment of sending. It knows nothing of
Telegram; `bot.telegram.delivery` calls it, and sends.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, assert_never

from alur.services.form_rows import end_of, form_of
from alur.services.menus import MENU
from alur.services.situations import situation
from alur.services.work import Work
from alur.storage import audit, cases, members, outbox
from alur.storage import notices as notice_rows
from alur.storage.cards import CardRow
from alur.storage.forms import FormRow
from alur.storage.notices import NoticeRow
from alur.storage.outbox import Head, OutboxRow
from alur.views import cards, documents, forms, notices
from alur.views.menu import menu
from alur.views.screen import Attachment, Menu, Post, Prompt, Reader, Screen
from alur.workflow.agenda import Line, lines
from alur.workflow.engine import Situation


@dataclass(frozen=True, kw_only=True)
class NoticeShown:
    row: NoticeRow
    content: Screen | Menu | tuple[Attachment, ...] | None  # None: what it was to say is no longer so


@dataclass(frozen=True, kw_only=True)
class CardShown:
    row: CardRow
    post: Post
    is_open: bool
    revision: int  # of the task: which one this post shows
    folded: Screen


@dataclass(frozen=True, kw_only=True)
class FormShown:
    row: FormRow
    screen: Screen
    prompt: Prompt | None
    is_open: bool
    folded: Screen


MOST_FINISHED = {"status": cases.FEW, "cases": documents.MOST_CASES}

Shown = NoticeShown | CardShown | FormShown


class NotRendered(Exception):
    """A row that cannot be rendered, or, where there is only its `head`, not even be read; its cause says why."""

    def __init__(self, head: Head, row: OutboxRow | None) -> None:
        super().__init__(head.name)
        self.head, self.row = head, row


def next_shown(work: Work, chat_id: int) -> Shown | None:
    """The chat's next row as it is to be shown now; None if nothing is due. Raises `NotRendered`."""
    head = outbox.head_of_chat(work.session, chat_id, now=work.now)
    if head is None:
        return None
    row = None
    try:
        row = outbox.load(work.session, head)
        return _shown(work, row)
    except Exception as error:
        raise NotRendered(head, row) from error


def _shown(work: Work, row: OutboxRow) -> Shown:
    match row:
        case NoticeRow():
            return _notice(work, row)
        case CardRow():
            return _card(work, row)
        case FormRow():
            return _form(work, row)
        case _:
            assert_never(row)


def _notice(work: Work, row: NoticeRow) -> NoticeShown:
    if "anew" in row.about:  # it takes the place of an earlier one, which was queued before it
        message_id = notice_rows.message_of(work.session, row.about["anew"])
        if message_id is None:
            return NoticeShown(row=row, content=None)
        row = replace(row, about={**row.about, "on": message_id})
    case_id = row.about.get("case_id")
    today = work.now.astimezone(work.calendar.zone).date()
    reader, s = _reader(work, row.member_id), _situation(work, case_id)
    extra: dict[str, Any] = {
        "sops": tuple(item.sop for item in work.procedures),
        "today": today,
        "zone": work.calendar.zone,
    }
    if row.template == MENU:
        return NoticeShown(row=row, content=menu(row.about["commands"]))
    if row.template == "files":
        found = documents.files(s, row.about["versions"], reader) if s else ()
        return NoticeShown(row=row, content=found or None)
    if row.template in MOST_FINISHED:
        extra |= _cases(work, MOST_FINISHED[row.template])
    if row.template == "history":
        extra["trail"] = [(item.at, item.entry) for item in audit.entries(work.session, case_id)] if s else []
    if row.template == "agenda":
        extra["lines"] = _agenda(work, row)
        if not extra["lines"]:
            return NoticeShown(row=row, content=None)
    screen = notices.render(row.template, row.about, reader=reader, s=s, case_id=case_id, extra=extra)
    return NoticeShown(row=row, content=screen)


def _cases(work: Work, most: int) -> dict[str, Any]:
    """All running cases and the last finished ones, and how many more there are: nobody can be shown thousands."""
    office, finished = work.office(), cases.finished_last(work.session, most)
    found = (*cases.unfinished(work.session), *finished)
    return {
        "cases": [(item.id, situation(work, item.case, office)) for item in found],
        "unread": cases.count_finished(work.session) - len(finished),
    }


def _agenda(work: Work, row: NoticeRow) -> list[tuple[int, Situation, Line]]:
    """What the moment still means for the member, in every running case."""
    office, at = work.office(), datetime.fromisoformat(row.about["moment"])
    found = []
    for record in cases.unfinished(work.session):
        s = situation(work, record.case, office)
        found += [(record.id, s, line) for line in lines(s, at) if line.member == row.member_id]
    return found


def _card(work: Work, row: CardRow) -> CardShown:
    s = _situation(work, row.case_id)
    task = s.case.task(row.task) if s else None
    if s is None or task is None:
        raise LookupError(f"card {row.id} is about nothing")
    reader, asks_again = _reader(work, row.member_id), row.outage_at is not None
    post = cards.card(s, case_id=row.case_id, task=row.task, reader=reader, asks_again=asks_again)
    folded = cards.folded(s, task=row.task)
    return CardShown(row=row, post=post, is_open=task.is_open, revision=task.revision, folded=folded)


def _form(work: Work, row: FormRow) -> FormShown:
    form = form_of(row)
    s = _situation(work, row.case_id)
    sops = tuple(item.sop for item in work.procedures)
    how = end_of(row)
    ended = forms.ended(form, how or "overtaken")
    if row.ended_at is not None:
        return FormShown(row=row, screen=ended, prompt=None, is_open=False, folded=ended)
    screen = forms.screen(row.id, form, s, sops, asks_again=row.outage_at is not None)
    return FormShown(row=row, screen=screen, prompt=forms.prompt(form, s), is_open=True, folded=forms.folded(form))


def _situation(work: Work, case_id: int | None) -> Situation | None:
    record = cases.get(work.session, case_id) if case_id is not None else None
    return situation(work, record.case) if record else None


def _reader(work: Work, member_id: int | None) -> Reader:
    """Who will read it; somebody unknown has neither name nor role."""
    member = members.get(work.session, member_id) if member_id is not None else None
    if member is None:
        return Reader(member=0, name="", sapaan=None, unit=None, roles=())
    roles = work.office().roles(member.id, work.now)
    return Reader(member=member.id, name=member.name, sapaan=member.sapaan, unit=member.unit, roles=roles)
