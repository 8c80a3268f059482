"""Time that is given: who grants it, and how a limit moves."""

from alur.workflow.case import Grant, Obstacle, Task
from alur.workflow.engine.deadlines import present_limits
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import NotYetDue, Unknown
from alur.workflow.events import DaysGranted
from alur.workflow.people import Actor

MOST_DAYS = 3  # working days at once


def grants_itself(s: Situation, task: Task) -> bool:
    return s.sop.role(task.role).top


def superior_of(s: Situation, task: Task) -> str | None:
    """Who is told of the desk's delays and grants it days."""
    return s.sop.role(task.role).escalates_to


def grantor(s: Situation, task: Task) -> str:
    """In which role days are granted to it."""
    return task.role if grants_itself(s, task) else superior_of(s, task) or task.role


def granted(s: Situation, task: Task, obstacle: Obstacle, actor: Actor, days: int) -> DaysGranted:
    """One to three more working days. Raises a `Refusal` for others, and where the clock stands still."""
    if not 1 <= days <= MOST_DAYS:
        raise Unknown(subject=str(days))
    grant = Grant(days=days, by=actor, at=s.at)
    found = present_limits(s, task, more=grant)
    if found.of_task is None or found.of_round is None:
        raise NotYetDue(at=None)
    return DaysGranted(obstacle=obstacle.id, task=task.id, grant=grant, due=found.of_task, round_due=found.of_round)
