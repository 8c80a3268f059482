"""What follows when a task closes: the next desk, or an earlier one after a return, with its deadline."""

from datetime import datetime

from alur.workflow.case import Closing, Meeting, Outcome, Task
from alur.workflow.engine.situation import Situation
from alur.workflow.events import Event, TaskClosed, TaskOpened
from alur.workflow.people import Actor
from alur.workflow.sop import TaskKind


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
    if index and latest:
        number, round_due = latest.number, latest.due
    else:
        number, round_due = (latest.number if latest else 0) + 1, _round_due(s, step)
    due = round_due
    if index and round_due is not None:
        # A second task never pays for the first (DOMAIN): at least until the close of the day after it landed.
        due = max(round_due, s.office.calendar.close_of_next_working_day(s.landing))
    return TaskOpened(
        task=len(s.case.tasks) + 1,
        step=step,
        index=index,
        round=number,
        role=definition.role,
        kind=definition.kind,
        landed_at=s.landing,
        round_due=round_due,
        due=due,
        returns=returns,
    )


def _round_due(s: Situation, step: int) -> datetime | None:
    definition = s.sop.step(step)
    if definition.tasks[0].kind is TaskKind.CONVENE:
        meeting = s.case.meeting(step)
        return meeting_due(s, meeting, landed_at=s.landing) if meeting else None
    return s.office.calendar.due(s.landing, definition.working_days)


def meeting_due(s: Situation, meeting: Meeting, *, landed_at: datetime) -> datetime:
    """A meeting's days count from the latest of the meeting, the entry of its date and the landing (DOMAIN)."""
    begins = max(meeting.starts, meeting.at, landed_at)
    return s.office.calendar.due(begins, s.sop.step(meeting.step).working_days)
