"""A rule is the room of one act: who may do it, what its form asks, the act that the answers make, what follows from it, and
the name of the answer. Cards ask `offers`, the beginning of a form `begin`, the transition `decide`: all three ask `may`.

Each rule lives in a file of `alur/workflow/engine/acts/` and stands in one row of that package's table.
"""

from collections.abc import Mapping
from datetime import tzinfo
from enum import IntEnum
from typing import Any, ClassVar, Generic, TypeVar

from alur.workflow.case import Case, Task
from alur.workflow.engine.moves import is_anothers, is_own_since
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import CaseIsCancelled, CaseIsSuspended, OutOfDate, Refusal
from alur.workflow.events import Event
from alur.workflow.forms import Form, begun
from alur.workflow.model import Value
from alur.workflow.people import Actor
from alur.workflow.presses import On, known
from alur.workflow.sop import Sop, TaskKind, Way


class Act(Value):
    """Who did what: an act is believed in nothing, its rule checks all of it."""

    act: str
    by: int  # the member


class TaskAct(Act):
    task: int


class Deciding(TaskAct):
    """An act that decides over what was shown: it holds only at the revision that its button carried."""

    revision: int


class HandingOn(Deciding):
    """One that hands the work on: to the step that the SOP says, or by the way that was chosen where it offers several."""

    way: int | None = None  # that step


class Row(IntEnum):
    """Where a button stands under a card, from above; what is rare, behind *Lainnya*."""

    DECIDE = 0
    ANSWER = 1
    DATE = 2
    NUMBER = 3
    HELP = 4
    MORE = 5


A = TypeVar("A", bound=Act)


class Rule(Generic[A]):
    act: type[A]
    name: ClassVar[str] = ""  # of the button and the form that begin it; empty where neither does
    names: ClassVar[tuple[str, ...]] = ()  # of `On`: what its button names besides the task, in this order
    row: ClassVar[Row | None] = None  # under a card; None where it stands elsewhere
    asks: ClassVar[bool] = False  # whether it may need a form; else one tap does it
    on_status: ClassVar[bool] = False  # whether its button stands on /status, under a case that is shown alone
    while_suspended: ClassVar[bool] = False  # whether it may be done while the case stands still
    after_cancelled: ClassVar[bool] = False  # whether it may be done when the case was called off
    is_held_back: ClassVar[bool] = False  # whether what it closes waits for a while before it is handed on
    answer: ClassVar[str] = ""  # the name of what is said to the press, and what that text is told
    values: ClassVar[Mapping[str, str]] = {}

    def may(self, s: Situation, member: int, on: On) -> Actor:
        """Who acts, if the member may do this now. Raises the `Refusal` that says why not."""
        raise NotImplementedError

    def offers(self, s: Situation, member: int, on: On) -> bool:
        """Whether a card shows the button."""
        try:
            self.check_running(s)
            self.may(s, member, on)
        except Refusal:
            return False
        return True

    def check_running(self, s: Situation) -> None:
        """Refuses where the case stands still, or was called off, and this cannot be done then."""
        stopped = self.stopped(s.case)
        if stopped is not None:
            raise stopped

    def stopped(self, case: Case) -> CaseIsCancelled | CaseIsSuspended | None:
        """Why it cannot be done in the case as it stands, whoever asks."""
        cancelled, suspended = case.cancellation, case.suspension
        if cancelled is not None and not self.after_cancelled:
            return CaseIsCancelled(**cancelled.by.as_facts, at=cancelled.at)
        if suspended is not None and not self.while_suspended:
            return CaseIsSuspended(**suspended.by.as_facts, at=suspended.at)
        return None

    def subjects(self, s: Situation) -> tuple[On, ...]:
        """What its buttons on /status are about: the case, or each task with which it may be done."""
        return (On(),)

    def label(self, s: Situation, on: On) -> str:
        """Which of the vocabulary's labels the button bears."""
        return self.name

    def ways(self, s: Situation, on: On) -> tuple[Way, ...]:
        """The SOP's ways that have a button each under a card in the place of its own."""
        return ()

    def begin(self, s: Situation, member: int, on: On) -> Form | None:
        """The form that a press begins; None where nothing is to be asked. Raises what `may` raises."""
        self.check_running(s)
        self.may(s, member, on)
        return self.form(s, member, on)

    def form(self, s: Situation, member: int, on: On) -> Form | None:
        return None

    def asked_after(self, s: Situation, member: int, form: Form, refusal: Refusal) -> Form:
        """What is asked after a refusal that leaves the form open; mostly the same."""
        return form

    def said(self, sop: Sop, case: Case) -> Mapping[str, Any]:
        """What the answer is told of the case besides."""
        return {}

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> A:
        """The act of a press, or of a form's answers; `zone` is the one in which people name hours."""
        raise NotImplementedError

    def decide(self, s: Situation, act: A) -> tuple[Event, ...]:
        """What follows. Raises the `Refusal` that says why nothing does."""
        raise NotImplementedError

    def asking(self, s: Situation, on: On, **parts: Any) -> Form:
        """A form of this rule's own with its first question; `parts` are its fields, and what is known already."""
        task = s.case.task(on.task) if on.task is not None else None
        about = {"on": on.model_copy(update={"revision": task.revision}), "step": task.step} if task else {"on": on}
        return begun(Form(**{"kind": self.name, "code": s.case.code, **about, **parts}))


class DecidingRule(Rule[A]):
    """One whose act holds only at the revision that was seen, and closes the task."""

    is_held_back = True

    def takes_older(self, s: Situation, member: int, on: On) -> bool:
        """Whether the member may decide from an older copy of his card, at the revision that it shows."""
        return False

    def takes_no_more(self, s: Situation, before: Case, member: int, on: On) -> bool:
        """Whether what has happened since `before` ends the member's open form, though its revision is the task's still."""
        return False


class DecisionRule(DecidingRule[A]):
    """A rule of a task's own kind: its holder decides."""

    kind: ClassVar[TaskKind]
    row: ClassVar[Row | None] = Row.DECIDE

    def may(self, s: Situation, member: int, on: On) -> Actor:
        """In this order: the task exists, it is open (as far as whoever asks may know), its holder asks, and nothing has moved
        without his knowing.
        """
        task = self._task(s, on)
        if task.role in s.office.reads(member, s.at):
            s.open_task(task.id)
        actor = s.actor_at(task, member)
        if on.revision != task.revision and not self.takes_older(s, member, on):
            raise OutOfDate(step=task.step)
        return actor

    def decider(self, s: Situation, act: Deciding) -> tuple[Task, Actor]:
        """Task and actor of an act that may be done."""
        on = On(task=act.task, revision=act.revision)
        return self._task(s, on), self.may(s, act.by, on)

    def _task(self, s: Situation, on: On) -> Task:
        return s.task(on.task, self.kind)


class HandingOnRule(DecisionRule[A]):
    """One that leads to a later step, by one of several ways where the SOP offers them."""

    names = ("way",)

    def ways(self, s: Situation, on: On) -> tuple[Way, ...]:
        """Where a form always comes, the way is chosen at its end."""
        task = self._task(s, on)
        return () if self.always_asks(s, task) else s.definition(task).ways

    def always_asks(self, s: Situation, task: Task) -> bool:
        """Whether the decision takes more than a tap."""
        return False

    def decided_on(self, on: On) -> dict[str, Any]:
        """What every act that hands the work on is about."""
        return {"task": known(on.task, "task"), "revision": on.revision, "way": on.way}


class BringingRule(HandingOnRule[A]):
    """One by which a desk hands on what it has brought. Who brought all that is newer than the copy that he presses knows it."""

    def takes_older(self, s: Situation, member: int, on: On) -> bool:
        return is_own_since(s, self._task(s, on), member, on.revision)

    def takes_no_more(self, s: Situation, before: Case, member: int, on: On) -> bool:
        return is_anothers(s, before, self._task(s, on), member)
