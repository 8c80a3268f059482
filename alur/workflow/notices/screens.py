"""Notices that show what somebody asked to see, and that answer a text which means nothing."""

from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from alur.workflow.notices.notice import AboutCase, Need, Notice
from alur.workflow.older_presses import screen_of
from alur.workflow.presses import PressTasksPage, ReadingScreen


class Menu(Notice):
    """The commands beside the input field of a chat."""

    template: ClassVar[str] = "menu"
    commands: tuple[str, ...]


class Help(Notice):
    template: ClassVar[str] = "help"
    roles: tuple[str, ...]
    commands: tuple[str, ...]


class Tasks(Notice):
    """How many tasks wait, and which of their cards follow."""

    template: ClassVar[str] = "tasks"
    count: int
    meetings: int = 0  # of these, those that are no tasks: an invitation, a meeting that has its date
    suspended: int = 0  # and those whose case stands still
    start: int = 0  # how many of them stand before the cards that follow, by their limits
    posted: int | None = None  # how many cards follow; None: all of them
    further: PressTasksPage | None = None  # the button of the next ones


class Status(Notice):
    """Where the cases stand, from the one at `start` on; or where one of them does, with all that can be done about it."""

    template: ClassVar[str] = "status"
    needs = frozenset({Need.CASES})
    start: int = 0
    case_id: int | None = None


class Board(AboutCase):
    """How the case stands on the chart of its SOP, as a picture."""

    template: ClassVar[str] = "board"


class Documents(Notice):
    """The documents of a case, from the one at `start` on; without a case the news that there are none."""

    template: ClassVar[str] = "documents"
    case_id: int | None = None
    others: bool  # whether another case could be shown
    older: bool = False  # the older versions instead of the newest
    start: int = 0
    task: int | None = None  # the papers of its card first, the others behind a button


class Files(AboutCase):
    """The versions themselves, each a file."""

    template: ClassVar[str] = "files"
    versions: tuple[int, ...]


class History(Notice):
    """The acts of a case up to that part of them, or the newest; without a case the news that there are none."""

    template: ClassVar[str] = "history"
    needs = frozenset({Need.TRAIL})
    case_id: int | None = None
    others: bool  # whether another case could be shown
    upto: int | None = None


class ArchiveList(AboutCase):
    """What is filed of the case, as a workbook."""

    template: ClassVar[str] = "archive_list"


class ControlCard(AboutCase):
    """The case on paper."""

    template: ClassVar[str] = "control_card"
    needs = frozenset({Need.PROOF})


class OfYear(Notice):
    needs = frozenset({Need.REPORTS})
    year: int


class Report(OfYear):
    """What a year's cases tell, in a few lines."""

    template: ClassVar[str] = "report"


class ReportCharts(OfYear):
    """The same as pictures, one a procedure."""

    template: ClassVar[str] = "report_charts"


class ReportPapers(OfYear):
    """The same as a PDF and a workbook."""

    template: ClassVar[str] = "report_papers"


class Cases(Notice):
    """Which case is to be shown on the screen, of those from the one at `start` on."""

    template: ClassVar[str] = "cases"
    needs = frozenset({Need.CHOICE})
    screen: Annotated[ReadingScreen, BeforeValidator(screen_of)]
    start: int = 0


class NotUnderstood(Notice):
    template: ClassVar[str] = "not_understood"
    waits: str | None = None  # the kind of his open form, which waits for a tap


class Forwarded(Notice):
    """To whoever sent words that are not his own."""

    template: ClassVar[str] = "forwarded"
