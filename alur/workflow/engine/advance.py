"""What follows when a task is decided: the desks beside it, the next one, or an earlier one after a return, with its limits.

Where the work goes is read from the SOP alone: a step's tasks in turn or together, then the next step or the chosen way.
"""

from alur.workflow.case import Closing, Given, Outcome, Task
from alur.workflow.engine.deadlines import limits
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import Unknown, WayMissing
from alur.workflow.events import Event, TaskClosed, TaskOpened
from alur.workflow.people import Actor
from alur.workflow.sop import TaskKind, Way


def close(
    s: Situation,
    task: Task,
    actor: Actor,
    outcome: Outcome,
    *,
    ticks: tuple[str, ...] = (),
    text: str | None = None,
    way: int | None = None,
) -> TaskClosed:
    decided = tuple(version.id for version in s.under_decision(task))
    closing = Closing(outcome=outcome, by=actor, at=s.at, ticks=ticks, text=text, decided=decided, way=way)
    return TaskClosed(task=task.id, closing=closing)


def forward(s: Situation, task: Task, actor: Actor, way: int | None = None) -> tuple[Event, ...]:
    """What a decision leads to that hands the work on: nothing as long as desks beside it have to decide too; the step's next
    task, or the step that follows; nothing after the last.
    """
    step = s.step(task)
    beside = tuple(item for item in s.case.beside(task) if item.is_open or item.held)
    if step.together == "all" and beside:
        return ()
    if step.together is None and task.index + 1 < len(step.tasks):
        return (opened(s, step=task.step, index=task.index + 1, before=(task.id,)),)
    decided: tuple[int, ...] = (task.id,)
    if step.together == "all":
        decided = tuple(sorted((task.id, *(item.id for item in s.case.beside(task)))))
    following = way or task.step + 1
    landed = landing(s, step=following, before=decided) if following <= len(s.sop.steps) else ()
    return (*ended(s, task, actor), *landed)


def back(s: Situation, task: Task, actor: Actor, *, to_step: int, returned: int) -> tuple[Event, ...]:
    """Opens the step that is done again, and ends what is open beside the task. Who does it again reads the reason of this
    return and those that led to it.
    """
    again = landing(s, step=to_step, before=(task.id,), returns=(returned, *task.returns))
    return (*ended(s, task, actor), *again)


def ended(s: Situation, task: Task, actor: Actor) -> tuple[TaskClosed, ...]:
    """The tasks beside it that need no decision of their own any more."""
    closing = Closing(outcome=Outcome.ENDED, by=actor, at=s.at, ended_by=task.id)
    return tuple(TaskClosed(task=item.id, closing=closing) for item in s.case.beside(task) if item.is_open or item.held)


def landing(
    s: Situation, *, step: int, before: tuple[int, ...] = (), returns: tuple[int, ...] = ()
) -> tuple[TaskOpened, ...]:
    """The step's first task, or all of them where they are open together."""
    definition = s.sop.step(step)
    count = len(definition.tasks) if definition.together else 1
    return tuple(
        opened(s, step=step, index=index, before=before, returns=returns, more=index) for index in range(count)
    )


def opened(
    s: Situation,
    *,
    step: int,
    index: int,
    before: tuple[int, ...] = (),
    returns: tuple[int, ...] = (),
    more: int = 0,
) -> TaskOpened:
    """`more` is how many tasks open with it, and before it."""
    definition = s.sop.task(step, index)
    latest = s.case.round(step)
    is_new = index == 0 or latest is None or s.sop.step(step).together is not None
    number = (latest.number if latest else 0) + is_new
    begun = s.landing if is_new or latest is None else latest.landed_at
    earlier = () if is_new else _given(s, step, number)
    found = limits(s, step=step, is_later=not is_new, round_landed_at=begun, landed_at=s.landing, earlier=earlier)
    return TaskOpened(
        task=len(s.case.tasks) + 1 + more,
        step=step,
        index=index,
        round=number,
        role=definition.role,
        kind=definition.kind,
        landed_at=s.landing,
        arrived_at=s.now,
        round_due=found.of_round,
        due=found.of_task,
        before=before,
        returns=returns,
    )


def is_last_review(s: Situation, task: Task) -> bool:
    """Whether no other review of the step is still to come: the moment at which its products are made."""
    step = s.step(task)
    if step.together == "any":
        return True
    if step.together == "all":
        return not any(item.is_open and item.kind is TaskKind.REVIEW for item in s.case.beside(task))
    return all(item.kind is not TaskKind.REVIEW for item in step.tasks[task.index + 1 :])


def chosen(ways: tuple[Way, ...], way: int | None) -> int | None:
    """The step that a decision goes to, where several are offered. Raises a `Refusal` where none, or another, is named."""
    if way is None and ways:
        raise WayMissing(ways=tuple(item.label for item in ways))
    if way is not None and way not in {item.to for item in ways}:
        raise Unknown(subject=f"way {way}")
    return way


def _given(s: Situation, step: int, number: int) -> tuple[Given, ...]:
    """The time that was given in the round so far."""
    own = (task for task in s.case.tasks if (task.step, task.round) == (step, number))
    return tuple(given for task in own for given in task.given)
