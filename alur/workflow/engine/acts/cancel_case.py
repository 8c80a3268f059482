"""*Batalkan Proses*: the case ends without its result, with a reason; it stays readable, and its period is free again."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Closing, Meeting, Outcome
from alur.workflow.engine.rule import Act
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.whole_case import REASON, WholeCaseRule, reason_of
from alur.workflow.events import CaseCancelled, Event, MeetingCancelled, TaskClosed
from alur.workflow.forms import Form
from alur.workflow.mending import Cancellation
from alur.workflow.presses import On, known


class CancelCase(Act):
    act: Literal["cancel_case"] = "cancel_case"
    reason: str


class CancelCaseRule(WholeCaseRule[CancelCase]):
    act, name = CancelCase, "cancel_case"
    asks = True
    while_suspended = True
    answer = "case_cancelled"

    def form(self, s: Situation, member: int, on: On) -> Form:
        return self.asking(s, on, fields=(REASON,))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> CancelCase:
        return CancelCase(by=member, reason=known(form, "form").answers.get("reason") or "")

    def decide(self, s: Situation, act: CancelCase) -> tuple[Event, ...]:
        """The meetings that are still to come are called off with it."""
        actor = self.may(s, act.by, On())
        cancelled = CaseCancelled(cancellation=Cancellation(by=actor, at=s.at, reason=reason_of(act.reason, self.name)))
        closing = Closing(outcome=Outcome.CANCELLED, by=actor, at=s.at)
        meetings = (item.step for item in s.case.meetings if _is_to_come(s, item))
        return (
            cancelled,
            *(MeetingCancelled(step=step, by=actor, at=s.at) for step in meetings),
            *(TaskClosed(task=task.id, closing=closing) for task in s.case.open_tasks),
        )


def _is_to_come(s: Situation, meeting: Meeting) -> bool:
    """Not one that its desk has closed, early as it may have been."""
    last = next((task for task in reversed(s.case.tasks) if task.step == meeting.step), None)
    is_ahead = last is None or last.is_open or s.case.comes_again(meeting.step)
    return meeting.cancelled_at is None and meeting.starts > s.at and is_ahead
