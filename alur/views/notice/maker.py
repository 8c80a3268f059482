"""What every notice's message is made with: what delivery looked up for it (`Given`), and the one function that each class
of notice has its maker in (`make`).

The makers stand in the rooms beside this one; `message` calls them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from functools import singledispatch
from typing import Any, NamedTuple, TypeVar

from alur.views.screen import Attachment, Menu, Parcel, Reader, Rows
from alur.workflow.agenda import Line
from alur.workflow.case import Task
from alur.workflow.engine import Situation
from alur.workflow.notices import Notice
from alur.workflow.office.listed import Staff
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.record.control_card import Proof
from alur.workflow.record.report import Reports
from alur.workflow.sop import Sop

T = TypeVar("T")
Trail = Sequence[tuple[datetime, Mapping[str, Any]]]  # when, and the entry


@dataclass(frozen=True, kw_only=True)
class CaseTitle:
    """What a case is called where it can be chosen."""

    id: int
    code: str
    title: str  # of its procedure, the short one
    period: str


@dataclass(frozen=True, kw_only=True)
class Packed:
    """What delivery knows of a bundle before one of its parts is made."""

    name: str  # of the part's file
    count: int  # parts
    left_out: tuple[str, ...] = ()  # files that no part holds, as they are too large for a chat


@dataclass(frozen=True, kw_only=True)
class Given:
    """Who reads the notice and when, its case as it is now, and what its class says that it `needs`."""

    reader: Reader
    sops: tuple[Sop, ...]  # all procedures, for the names of roles
    today: date
    zone: tzinfo
    s: Situation | None = None
    cases: tuple[tuple[int, Situation], ...] | None = None  # Need.CASES
    choice: tuple[CaseTitle, ...] | None = None  # Need.CHOICE
    start: int = 0  # how many stand before these
    is_alone: bool = False  # one case of them, which was asked for
    has_more: bool = False  # whether more stand behind them
    trail: Trail | None = None  # Need.TRAIL
    proof: Proof | None = None  # Need.PROOF
    reports: Reports | None = None  # Need.REPORTS
    lines: tuple[tuple[int, Situation, Line], ...] | None = None  # Need.AGENDA
    others: int = 0  # the things beyond these
    staff: OfficeSituation | None = None  # Need.STAFF
    people: Staff | None = None  # Need.PEOPLE
    note: str | None = None  # Need.CHECKPOINT
    bundle: Packed | None = None  # Need.BUNDLE
    code: str | None = None  # Need.CODE
    username: str = ""  # the bot's, by which Telegram makes links to it

    @property
    def situation(self) -> Situation:
        return wanted(self.s)

    @property
    def role(self) -> str | None:
        """The role in which the reader is written to: the first that he holds in these SOPs."""
        own = {role.id for sop in self.sops for role in sop.roles}
        return next((role for role in self.reader.reads if role in own), None)

    def task(self, number: int) -> Task:
        found = self.situation.case.task(number)
        if found is None:
            raise ValueError(f"{self.situation.case.code} has no task {number}")
        return found


def wanted(value: T | None) -> T:
    """What a maker cannot do without. It was not looked up: the notice's class does not say that it needs it."""
    if value is None:
        raise LookupError("the words of this notice need what was not looked up")
    return value


class Parts(NamedTuple):
    """What a template may name beside the notice's own fields, and the buttons under it."""

    context: Mapping[str, Any]
    buttons: Rows = ()
    fewer: Callable[[], "Parts"] | None = None  # what is shown instead where all of it does not fit into a message


Made = Parts | Menu | Parcel | tuple[Attachment, ...] | None


@singledispatch
def make(notice: Notice, given: Given) -> Made:
    """What the message consists of: parts for the template of its name, or what is sent without one. None where what it was
    to say is no longer so.
    """
    raise LookupError(f"{type(notice).__name__} has no maker, to be read by {given.reader.member}")


def plain(_notice: Notice, _given: Given) -> Parts:
    """The maker of a notice whose template needs nothing but its fields."""
    return Parts({})


def step_of(s: Situation, task: Task) -> dict[str, Any]:
    """What a sentence about a task's place in the SOP names."""
    return {"task": task, "step": s.step(task), "total": len(s.sop.steps), "number": task.step}
