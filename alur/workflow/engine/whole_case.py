"""What the acts about a case as a whole have in common: who may do them, that nothing overtakes a held decision, and the reason."""

from typing import ClassVar, TypeVar

from alur.workflow.case import Case
from alur.workflow.engine.rule import Act, Rule
from alur.workflow.engine.situation import Situation, held_facts
from alur.workflow.engine.words import SHORTEST_REASON, words_of
from alur.workflow.errors import CaseOver, ReasonMissing, Refusal, Unknown, WaitsForDecision
from alur.workflow.forms import Field
from alur.workflow.people import Actor, roles_with
from alur.workflow.presses import On
from alur.workflow.sop import Right
from alur.workflow.written import LONGEST_WORDS

REASON = Field(name="reason", kind="text", least=SHORTEST_REASON, most=LONGEST_WORDS)

A = TypeVar("A", bound=Act)


class WholeCaseRule(Rule[A]):
    """For administrators and whoever may hold a case, on /status."""

    on_status: ClassVar[bool] = True
    when_over: ClassVar[bool] = False  # whether it may be done in a case that is archived

    def may(self, s: Situation, member: int, on: On) -> Actor:
        check_names_nothing(on)
        actor = s.actor(member, roles_with(s.sop, Right.HOLD))
        if s.case.finished_at is not None and not self.when_over:
            raise CaseOver(code=s.case.code)
        check_nothing_held(s.case)
        return actor

    def offers(self, s: Situation, member: int, on: On) -> bool:
        """Also while a decision is held: a tap says why it has to wait, and for how long."""
        try:
            self.check_running(s)
            self.may(s, member, on)
        except WaitsForDecision:
            return True
        except Refusal:
            return False
        return True


def check_nothing_held(case: Case) -> None:
    """Raises `WaitsForDecision`: what touches all that is decided on overtakes no decision that is still to be handed on."""
    for task in case.held_tasks:
        raise WaitsForDecision(**held_facts(task))


def check_names_nothing(on: On) -> None:
    """A button about the whole case names no task: one that does is none of ours."""
    if on.task is not None:
        raise Unknown(subject="task")


def reason_of(text: str, field: str) -> str:
    reason = words_of(text, field, least=SHORTEST_REASON)
    if reason is None:
        raise ReasonMissing(field=field, least=SHORTEST_REASON, length=0)
    return reason
