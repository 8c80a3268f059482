"""What follows when a task closes: the next desk, or an earlier one after a return, with its deadline."""

from alur.workflow.case import Closing, Grant, Outcome, Task
from alur.workflow.engine.deadlines import limits
from alur.workflow.engine.situation import Situation
from alur.workflow.events import Event, TaskClosed, TaskOpened
from alur.workflow.people import Actor


def close(
    s: Situation,
    task: Task,
    actor: Actor,
    outcome: Outcome,
    *,
    ticks: tuple[str, ...] = (),
    text: str | None = None,
) -> TaskClosed:
    decided = tuple(version.id for version in s.under_decision(task))
    closing = Closing(outcome=outcome, by=actor, at=s.at, ticks=ticks, text=text, decided=decided)
    return TaskClosed(task=task.id, closing=closing)


def forward(s: Situation, task: Task) -> tuple[Event, ...]:
    """Opens the step's next task, or the next step; nothing after the last."""
    if task.index + 1 < len(s.step(task).tasks):
        return (opened(s, step=task.step, index=task.index + 1),)
    if task.step < len(s.sop.steps):
        return (opened(s, step=task.step + 1, index=0),)
    return ()


def back(s: Situation, task: Task, *, to_step: int, returned: int) -> TaskOpened:
    """Opens the step that is done again. It reads the reason of this return and those that led to it."""
    return opened(s, step=to_step, index=0, returns=(returned, *task.returns))


def opened(s: Situation, *, step: int, index: int, returns: tuple[int, ...] = ()) -> TaskOpened:
    definition = s.sop.task(step, index)
    latest = s.case.round(step)
    is_new = index == 0 or latest is None
    number = (latest.number if latest else 0) + is_new
    begun = s.landing if is_new or latest is None else latest.landed_at
    earlier = () if is_new else _granted(s, step, number)
    found = limits(s, step=step, index=index, round_landed_at=begun, landed_at=s.landing, earlier=earlier)
    return TaskOpened(
        task=len(s.case.tasks) + 1,
        step=step,
        index=index,
        round=number,
        role=definition.role,
        kind=definition.kind,
        landed_at=s.landing,
        arrived_at=s.now,
        round_due=found.of_round,
        due=found.of_task,
        returns=returns,
    )


def _granted(s: Situation, step: int, number: int) -> tuple[Grant, ...]:
    """The days that were granted in the round so far."""
    own = (task for task in s.case.tasks if (task.step, task.round) == (step, number))
    return tuple(grant for task in own for grant in task.grants)
