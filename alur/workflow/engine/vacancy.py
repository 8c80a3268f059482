"""Posts that nobody holds now, where an act was to reach somebody: nothing is said to have reached them. Asked by `perform` for
the answer to a press, and by the views for what they say of a desk.
"""

from collections.abc import Iterable, Iterator

from alur.workflow.case import Outcome, Task
from alur.workflow.engine.situation import Situation
from alur.workflow.events import (
    DaysGranted,
    DeskNudged,
    Event,
    GrantWithdrawn,
    MeetingCancelled,
    QuestionAsked,
    TaskClosed,
    TaskOpened,
)


def vacant(s: Situation, roles: Iterable[str]) -> tuple[str, ...]:
    """Those of `roles` that nobody holds, each once."""
    return tuple(role for role in dict.fromkeys(roles) if s.is_vacant(role))


def waits_onward(s: Situation, task: Task) -> tuple[str, ...]:
    """The roles to which the task's decision has led and which nobody holds, while it lies there."""
    return vacant(s, (item.role for item in s.case.after(task) if item.is_open))


def unreached(s: Situation, events: Iterable[Event]) -> tuple[str, ...]:
    """The roles whom `events` concern and which nobody holds; `s` is the case after them."""
    return vacant(s, (role for event in events for role in _concerned(s, event)))


def _concerned(s: Situation, event: Event) -> Iterator[str]:
    match event:
        case TaskOpened(role=role):
            yield role
        case TaskClosed(task=number, closing=closing) if closing.outcome is Outcome.DIRECTED:
            yield from s.definition(s.task(number)).tells
        case QuestionAsked(question=question):
            yield question.to_role
        case DeskNudged(task=number) | DaysGranted(task=number) | GrantWithdrawn(task=number):
            yield s.task(number).role
        case MeetingCancelled(step=step):
            yield from s.sop.step(step).tasks[0].participants
