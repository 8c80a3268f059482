"""What could not be done: an update that fails for itself, a message that fails through a fault of ours or that Telegram
never takes, a chat that Telegram makes wait. People are told.
"""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from alur.services import failures
from alur.services.cases.situations import situation
from alur.services.tell import person_of, tell, tell_administrators, tell_once
from alur.services.work import Work
from alur.storage import cases, inbox, members, outbox
from alur.storage.cards import CardRow
from alur.storage.forms import FormRow
from alur.storage.notices import NoticeRow
from alur.storage.outbox import Head, OutboxRow
from alur.workflow import notices
from alur.workflow.case import UNIT_FILE, Version
from alur.workflow.engine import Situation
from alur.workflow.failures import ChatHeld, MessageSetAside, UpdateSetAside
from alur.workflow.notices import NoticeUnreadable
from alur.workflow.people import ADMIN

LONGEST = 80  # characters of an error that stand in the trail


def failed(work: Work, *, update_id: int, sender: int | None, error: str, tries: int) -> bool:
    """Counts one failure of the update; after so many `tries` it is parked, and its sender and the administrators are told.
    Whether it is parked now.
    """
    if inbox.failed(work.session, update_id, error) < tries:
        return False
    inbox.park(work.session, update_id, error, work.now)
    member = work.member(sender) if sender is not None else None
    set_aside = UpdateSetAside(received=update_id, member=member.id if member else None, error=_kind(error))
    failures.record(work, set_aside)
    if member is not None:
        tell(work, member, notices.UpdateFailed())
    tell_administrators(work, notices.Parked(update_id=update_id, error=error))
    return True


def not_sent(
    work: Work, *, head: Head, what: OutboxRow | None, error: str, tries: int, pause: timedelta, for_good: bool = False
) -> bool:
    """Counts one failure of an outgoing row through a fault of ours; after so many `tries`, or at once where it is `for_good`,
    it is parked and the administrators are told. Whether it is parked now. `what` is None where it cannot even be read.

    What is announced again after it was parked is tried once, and then parked without another word, until it goes well.
    """
    failures = max(head.failures + 1, tries if for_good else 0)
    if failures < tries:
        outbox.count_failures(work.session, head, failures, work.now + pause, error)
        return False
    if not outbox.park(work.session, what or head, error, work.now, failures=failures):
        return False
    is_news = head.failures < tries
    if is_news:
        _recorded(work, head, what, error)
    is_of_itself = isinstance(what, NoticeRow) and what.template == notices.SendingFailed.template
    if is_news and not is_of_itself:
        tell_administrators(work, notices.SendingFailed(what=head.name, error=error, **_about(work, what)))
    return True


def waits(work: Work, *, chat_id: int, until: datetime) -> None:
    """Telegram makes one chat wait for long: the administrators are told, once a day, in chats that do not wait."""
    member = work.member(chat_id)
    failures.record(work, ChatHeld(member=member.id if member else None, until=until))
    notice = notices.ChatWaits(member=person_of(member) if member else None, until=until)
    today = work.now.astimezone(work.calendar.zone).date()
    office = work.office()
    for number in dict.fromkeys(item.member for item in office.holders(ADMIN, work.now)):
        administrator = members.get(work.session, number)
        if administrator is not None and administrator.telegram_id != chat_id:
            tell_once(work, f"waits:{chat_id}:{today}:{number}", administrator, notice)


def _recorded(work: Work, head: Head, row: OutboxRow | None, error: str) -> None:
    """In the chain of the case that it is about, as far as that can be told."""
    case_id, task = None, None
    with suppress(NoticeUnreadable):
        match row:
            case NoticeRow():
                case_id, task = row.notice.of_case, row.notice.subject().get("task")
            case CardRow() | FormRow():
                case_id, task = row.case_id, row.task
    failure = MessageSetAside(
        message=head.name,
        what=row.template if isinstance(row, NoticeRow) else None,
        member=row.member_id if row else None,
        task=task,
        error=_kind(error),
    )
    failures.record(work, failure, case_id=case_id)


def _kind(error: str) -> str:
    """What kind of error it was: the words after it may quote what somebody wrote."""
    return error.partition(":")[0][:LONGEST]


def _about(work: Work, row: OutboxRow | None) -> Mapping[str, Any]:
    """Whose row it is, of which case, with which documents, as far as that can be told: it may be just that which fails."""
    told: dict[str, Any] = {}
    with suppress(Exception):
        member = members.get(work.session, row.member_id) if row and row.member_id is not None else None
        told["member"] = person_of(member) if member else None
        told |= _told(work, row) if row else {}
    return told


def _told(work: Work, row: OutboxRow) -> dict[str, Any]:
    numbers: tuple[int, ...] = ()
    match row:
        case NoticeRow():
            notice = row.notice
            about = notice.subject()
            numbers = notice.versions if isinstance(notice, notices.Files) else ()
        case CardRow() | FormRow():
            about = {"case_id": row.case_id, "task": row.task}
    record = cases.get(work.session, about["case_id"]) if about.get("case_id") is not None else None
    if record is None:
        return {}
    s = situation(work, record.case)
    task = s.case.task(about["task"]) if about.get("task") is not None else None
    if "version" in about:
        numbers = (*numbers, about["version"])
    found = filter(None, map(s.case.version, numbers))
    documents = [_title(s, item) for item in (*found, *(s.under_decision(task) if task else ()))]
    if "document" in about:
        documents.append(s.sop.document(about["document"]).title)
    return {
        "code": s.case.code,
        "step": task.step if task else None,
        "documents": tuple(dict.fromkeys(documents)),
    }


def _title(s: Situation, version: Version) -> str:
    is_beside = version.document == UNIT_FILE or version.sheet_of is not None
    return version.file.name if is_beside else s.sop.document(version.document).title
