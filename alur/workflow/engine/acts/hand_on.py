"""*Tarik Keputusan*: a decision that is held back is withdrawn by its maker; the clock's own act hands it on.

A decision that is handed on is decided anew, in what it was taken in (`holding.before_it`), so that there is one set of rules.
"""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any, Literal

from alur.workflow.case import Closing, Task
from alur.workflow.engine.holding import before_it
from alur.workflow.engine.rule import Act, Deciding, Rule, TaskAct
from alur.workflow.engine.situation import Situation, already_decided
from alur.workflow.errors import AlurError, HandedOn, Refusal, TakenBack
from alur.workflow.events import DecisionReleased, DecisionWithdrawn, Event, TaskClosed
from alur.workflow.forms import Form
from alur.workflow.mending import Held
from alur.workflow.people import Actor
from alur.workflow.presses import On, known


class CannotBeHandedOn(AlurError):
    """A held decision that the rules no longer take: nothing that may happen meanwhile makes one so."""


Kept = Callable[[Mapping[str, Any]], tuple[Rule[Any], Act]]  # reads an act as a state keeps it, with its rule


class HandOn(TaskAct):
    act: Literal["hand_on"] = "hand_on"


class HandOnRule(Rule[HandOn]):
    act = HandOn
    while_suspended = True

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def decide(self, s: Situation, act: HandOn) -> tuple[Event, ...]:
        """What follows from the decision, without its closing, which is recorded. No event where nothing is held any more."""
        task = s.task(act.task)
        closing, held = task.closing, task.held
        if closing is None or held is None:
            return ()
        before = before_it(s, closing, held)
        decided = self._decided(before, task, held)
        follows = (item for item in decided if not (isinstance(item, TaskClosed) and item.task == task.id))
        return (DecisionReleased(task=task.id, at=s.now), *follows)

    def _decided(self, before: Situation, task: Task, held: Held) -> tuple[Event, ...]:
        rule, act = self._kept(held.act)
        revision = before.task(task.id).revision
        fresh = act.model_copy(update={"revision": revision}) if isinstance(act, Deciding) else act
        try:
            return rule.decide(before, fresh)
        except Refusal as refusal:
            raise CannotBeHandedOn(f"{before.case.code}.{task.id}: {refusal.name}") from refusal


class WithdrawDecision(TaskAct):
    act: Literal["withdraw_decision"] = "withdraw_decision"


class WithdrawDecisionRule(Rule[WithdrawDecision]):
    """As long as it is not handed on, whenever that comes."""

    act, name = WithdrawDecision, "undo"
    answer = "decision_withdrawn"
    while_suspended = True

    def may(self, s: Situation, member: int, on: On) -> Actor:
        task = s.task(on.task)
        closing, held = task.closing, task.held
        if closing is None:
            s.actor(member, (task.role,))
            raise TakenBack(step=task.step)
        if held is None:
            raise _too_late(s, task, closing, member)
        if held.by != member:
            s.actor(member, (task.role,))
            raise already_decided(s.case, task, closing)
        return closing.recorded_by

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> WithdrawDecision:
        return WithdrawDecision(by=member, task=known(on.task, "task"))

    def decide(self, s: Situation, act: WithdrawDecision) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(task=act.task))
        return (DecisionWithdrawn(task=act.task, by=actor, at=s.at),)


def _too_late(s: Situation, task: Task, closing: Closing, member: int) -> Refusal:
    """To whoever decided, that it is handed on; to others, who decided."""
    is_maker = closing.recorded_by.member == member
    return HandedOn(step=task.step, at=closing.at) if is_maker else already_decided(s.case, task, closing)
