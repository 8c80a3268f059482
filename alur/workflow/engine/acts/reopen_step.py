"""*Buka Kembali Langkah*: after a mistaken decision an earlier step is done again, outside of the SOP's course; also in a case
that was archived.
"""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Closing, Outcome, Return, Task
from alur.workflow.engine.advance import landing
from alur.workflow.engine.rule import Act
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.whole_case import REASON, WholeCaseRule, reason_of
from alur.workflow.errors import NoLongerStands, NothingDecided, Refusal, Unknown
from alur.workflow.events import Event, StepReopened, TaskClosed
from alur.workflow.forms import Field, Form, Option
from alur.workflow.people import Actor
from alur.workflow.presses import On, known


class ReopenStep(Act):
    act: Literal["reopen_step"] = "reopen_step"
    step: int
    reason: str


class ReopenRule(WholeCaseRule[ReopenStep]):
    act, name = ReopenStep, "reopen"
    asks = True
    answer = "step_reopened"
    when_over = True

    def may(self, s: Situation, member: int, on: On) -> Actor:
        actor = super().may(s, member, on)
        if not reopenable(s):
            raise NothingDecided
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        options = tuple(
            Option(value=str(step), label=f"{step}. {s.sop.step(step).title}") for step in reversed(reopenable(s))
        )
        return self.asking(s, on, fields=(Field(name="step", kind="choice", options=options), REASON))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> ReopenStep:
        answers = known(form, "form").answers
        return ReopenStep(by=member, step=int(answers["step"]), reason=answers.get("reason") or "")

    def decide(self, s: Situation, act: ReopenStep) -> tuple[Event, ...]:
        """What is open is closed without a decision; the step lands as it did at first, and what was decided since stands no
        longer. Whatever handles a return handles this: reasons, notes, products, numbers.
        """
        actor = super().may(s, act.by, On())
        if act.step not in reopenable(s):
            raise _why_not(s, act.step)
        first = _first(s, act.step)
        opened = Return(
            id=len(s.case.returns) + 1,
            task=first.id,
            to_step=act.step,
            documents=(),
            by=actor,
            at=s.at,
            reason=reason_of(act.reason, self.name),
            is_outside=True,
        )
        closing = Closing(outcome=Outcome.REOPENED, by=actor, at=s.at)
        return (
            *(TaskClosed(task=task.id, closing=closing) for task in s.case.open_tasks),
            StepReopened(back=opened),
            *landing(s, step=act.step, before=first.before, returns=(opened.id,)),
        )


def reopenable(s: Situation) -> tuple[int, ...]:
    """The steps, up to the one on which the case stands, of which a decision stands that handed the work on."""
    reached = max((task.step for task in s.case.open_tasks), default=len(s.sop.steps))
    return tuple(sorted({task.step for task in s.case.tasks if task.step <= reached and _stands(s, task)}))


def _stands(s: Situation, task: Task) -> bool:
    outcome = task.closing.outcome if task.closing is not None else None
    is_onward = outcome is not None and outcome.is_decision and outcome is not Outcome.RETURNED
    return is_onward and s.case.undone(task) is None


def _first(s: Situation, step: int) -> Task:
    """The task by which the step was reached last in the SOP's course; where it never was, by which it began last."""
    begun = [task for task in s.case.tasks if task.step == step and (task.index == 0 or s.step(task).together)]
    return next((task for task in reversed(begun) if not task.returns), begun[-1])


def _why_not(s: Situation, step: int) -> Refusal:
    """Whose act undid its decision meanwhile."""
    decided = (task for task in reversed(s.case.tasks) if task.step == step and task.closing is not None)
    back = next((found for task in decided if (found := s.case.undone(task)) is not None), None)
    if back is None:
        return Unknown(subject=f"{s.case.code}.{step}")
    return NoLongerStands(step=step, **back.by.as_facts, at=back.at)
