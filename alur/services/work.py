"""What every service works with, and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import Enum
from typing import Any, Protocol

from sqlmodel import Session

from alur.services.evidence.bundle.source import Papers
from alur.storage import appointments, invites, members
from alur.storage.kept import kept
from alur.storage.members import Member
from alur.storage.sop_files import Procedure
from alur.workflow.calendar import Calendar
from alur.workflow.case import Case
from alur.workflow.engine.rule import Rule
from alur.workflow.errors import Refusal
from alur.workflow.people import Office
from alur.workflow.sop import Sop

CLOCK = 0  # the member number of nobody: the clock acted


@dataclass(frozen=True, kw_only=True)
class Work:
    session: Session
    at: datetime  # when the act was received: the moment that counts
    now: datetime  # when it is applied
    calendar: Calendar
    procedures: tuple[Procedure, ...]  # what new cases may be opened on
    update_id: int | None = None
    is_typed: bool = False  # the act is a typed reply, not a press
    papers: Papers = field(default_factory=dict)  # that are printed for a bundle
    undo: timedelta = timedelta(0)  # how long what closes a task may be withdrawn before it is handed on

    @property
    def today(self) -> date:
        """The office's day."""
        return self.now.astimezone(self.calendar.zone).date()

    def office(self) -> Office:
        """As its rows now are; the same value for the same rows, which knows the days that it was asked for."""
        units, invited = invites.standing(self.session, self.invited_roles(), self.now)
        held, unlinked = appointments.with_unlinked(self.session)
        return kept(self.session).value(
            "office",
            (self.calendar, held, unlinked, units, invited),
            lambda: Office(calendar=self.calendar, appointments=held, unlinked=unlinked, units=units, invited=invited),
        )

    def invited_roles(self) -> tuple[str, ...]:
        """The roles that are invited to meetings: theirs are the units that a meeting knows."""
        found = (
            role
            for item in self.procedures
            for step in item.sop.steps
            for task in step.tasks
            for role in task.participants
        )
        return tuple(dict.fromkeys(found))

    def member(self, telegram_id: int) -> Member | None:
        return members.by_telegram_id(self.session, telegram_id)


class Judged(Protocol):
    """What became of an update that may have changed nothing."""

    @property
    def is_idle(self) -> bool:
        """Whether it was refused, not understood, or only shown something: in a flood such updates are dropped."""
        ...


class Effect(Enum):
    """What a message led to; its answer, if any, is a notice."""

    CHANGE = "change"
    NOTHING = "nothing"

    @property
    def is_idle(self) -> bool:
        return self is Effect.NOTHING


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What is said to a tap: the name of a text and its values. `alert` stays until it is read."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    alert: bool = False
    has_changed: bool = False  # something, though it is a refusal

    @property
    def is_refusal(self) -> bool:
        return self.name == "refused"

    @property
    def is_idle(self) -> bool:
        return self.name in ("refused", "unknown") and not self.has_changed


def done(rule: Rule[Any], case: Case | None, task: int | None, *, vacant: tuple[str, ...], **values: Any) -> Answer:
    """What is said to a press, or to *Kirim*, that became an act of this rule: with the roles that have the case now, those
    whom the step of `task` still waits for, and those whom it was to reach and nobody holds.
    """
    decided = case.task(task) if case is not None and task is not None else None
    beside = case.beside(decided) if case is not None and decided is not None and not decided.is_open else ()
    held = decided.held if decided is not None else None
    roles = {
        "until": held.until if held is not None else None,
        "to": tuple(dict.fromkeys(item.role for item in case.open_tasks)) if case is not None else (),
        "awaits": tuple(dict.fromkeys(item.role for item in beside if item.is_open or item.held)),
        "vacant": vacant,
    }
    return Answer(name=rule.answer, values={**rule.values, **roles, **values})


def refused(refusal: Refusal, sop: Sop | None = None) -> Answer:
    """`sop` gives the words for the roles and documents that the refusal names."""
    return Answer(name="refused", values={**refusal.as_notice(), "sop": sop}, alert=True)


UNKNOWN = Answer(name="unknown", alert=True)
DROPPED = Answer(name="dropped")  # without a word
