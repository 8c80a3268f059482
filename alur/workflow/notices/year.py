"""Notices about the year's case: that it must begin, that it has begun, and of which years the calendar does not know all."""

from datetime import date
from typing import ClassVar

from alur.workflow.notices.notice import AboutCase, Notice


class CaseOpened(AboutCase):
    template: ClassVar[str] = "case_opened"


class Year(Notice):
    """The year's case is not open yet: by when it must be. Once it is open the same notice says so."""

    template: ClassVar[str] = "year"
    sop: str
    title: str
    year: int
    latest: date
    advised: date
    code: str | None = None  # of the case that has been opened since


class CalendarGap(Notice):
    """Of which years the calendar does not know the cuti bersama."""

    template: ClassVar[str] = "calendar_gap"
    years: tuple[int, ...]
