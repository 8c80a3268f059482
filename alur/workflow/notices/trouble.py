"""Notices about what could not be done; all but one are for the administrators."""

from datetime import date
from typing import ClassVar

from pydantic import AwareDatetime

from alur.workflow.notices.notice import Notice, Person


class UpdateFailed(Notice):
    """To the sender of a text or press that failed again and again."""

    template: ClassVar[str] = "update_failed"


class Parked(Notice):
    """The same, to the administrators."""

    template: ClassVar[str] = "parked"
    update_id: int
    error: str


class SendingFailed(Notice):
    """A row that was set aside: which, and of what it speaks as far as that can be told."""

    template: ClassVar[str] = "sending_failed"
    what: str
    error: str
    member: Person | None = None
    code: str | None = None
    step: int | None = None
    documents: tuple[str, ...] = ()


class ChatWaits(Notice):
    """Telegram makes a chat wait for long."""

    template: ClassVar[str] = "chat_waits"
    member: Person | None
    until: AwareDatetime


class BackupFailed(Notice):
    """No backup was made, or one without some files."""

    template: ClassVar[str] = "backup_failed"
    date: date
    error: str
    missing: tuple[str, ...]


class CalendarFaulty(Notice):
    template: ClassVar[str] = "calendar_faulty"
    error: str
