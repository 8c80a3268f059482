"""Time that is asked for and given: obstacles, more working days, nudges, and the recount after a changed calendar."""

from alur.workflow.acts import GrantDays, NudgeDesk, Recount, ReportObstacle
from alur.workflow.case import Grant, Nudge, Obstacle, Task
from alur.workflow.engine.deadlines import present_limits
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import words_of
from alur.workflow.errors import AlreadyGranted, AlreadyNudged, NotHolder, NotYetDue, ReasonMissing, Unknown
from alur.workflow.events import DaysGranted, DeadlineSet, DeskNudged, Event, ObstacleReported
from alur.workflow.people import Actor, readers

SHORTEST_REASON = 5  # characters
MOST_DAYS = 3  # working days at once


def report_obstacle(s: Situation, act: ReportObstacle) -> tuple[Event, ...]:
    """*Ada Kendala*: the holder or a helper says why; the superior sees it. Who has no superior grants himself days."""
    task = s.open_task(act.task)
    actor = s.actor(act.by, (task.role, *s.definition(task).helpers))
    reason = words_of(act.reason, "obstacle", least=SHORTEST_REASON)
    if reason is None:
        raise ReasonMissing(least=SHORTEST_REASON, length=0)
    obstacle = Obstacle(id=len(s.case.obstacles) + 1, task=task.id, by=actor, at=s.at, reason=reason)
    reported = ObstacleReported(obstacle=obstacle)
    if act.days is None:
        return (reported,)
    if not grants_itself(s, task) or actor.role != task.role:
        raise NotHolder(role=superior_of(s, task) or task.role)
    return (reported, _granted(s, task, obstacle, actor, act.days))


def grant_days(s: Situation, act: GrantDays) -> tuple[Event, ...]:
    """One to three more working days, once for each obstacle, by the superior of its desk."""
    obstacle = s.case.obstacle(act.obstacle)
    if obstacle is None:
        raise Unknown(subject=f"{s.case.code}!{act.obstacle}")
    task = s.case.tasks[obstacle.task - 1]
    grantor = task.role if grants_itself(s, task) else superior_of(s, task)
    actor = s.actor(act.by, (grantor or task.role,))
    if obstacle.granted:
        granted = obstacle.granted
        raise AlreadyGranted(days=granted.days, by=granted.by.name, at=granted.at)
    s.open_task(task.id)
    return (_granted(s, task, obstacle, actor, act.days),)


def nudge_desk(s: Situation, act: NudgeDesk) -> tuple[Event, ...]:
    """*Ingatkan*: from the day of the limit on, once per working day; the desk without a superior by one role only."""
    task = s.open_task(act.task)
    actor = s.actor(act.by, nudgers(s, task))
    check_may_be_nudged(s, task)
    return (DeskNudged(task=task.id, nudge=Nudge(by=actor, at=s.at)),)


def recount(s: Situation, act: Recount) -> tuple[Event, ...]:
    """The limits by the calendar as it is now; no event where they are the same."""
    task = s.open_task(act.task)
    found = present_limits(s, task)
    of_round = next(item.due for item in s.case.rounds if (item.step, item.number) == (task.step, task.round))
    if (found.of_task, found.of_round) == (task.due, of_round):
        return ()
    return (DeadlineSet(task=task.id, due=found.of_task, round_due=found.of_round, because="calendar"),)


def grants_itself(s: Situation, task: Task) -> bool:
    return s.sop.role(task.role).top


def superior_of(s: Situation, task: Task) -> str | None:
    """Who is told of the desk's delays and grants it days."""
    return s.sop.role(task.role).escalates_to


def nudgers(s: Situation, task: Task) -> tuple[str, ...]:
    """The waiting side: everybody who reads the case whole, but for the desk itself."""
    superior = superior_of(s, task)
    if grants_itself(s, task) and superior:
        return (superior,)
    return tuple(role for role in readers(s.sop) if role != task.role)


def check_may_be_nudged(s: Situation, task: Task) -> None:
    calendar = s.office.calendar
    if task.due is None or s.at < calendar.opening(task.due.astimezone(calendar.zone).date()):
        raise NotYetDue(at=task.due)
    last = task.nudges[-1] if task.nudges else None
    if last and calendar.receipt_day(last.at) == calendar.receipt_day(s.at):
        raise AlreadyNudged(by=last.by.name, at=last.at)


def _granted(s: Situation, task: Task, obstacle: Obstacle, actor: Actor, days: int) -> DaysGranted:
    if not 1 <= days <= MOST_DAYS:
        raise Unknown(subject=str(days))
    grant = Grant(days=days, by=actor, at=s.at)
    found = present_limits(s, task, grant=grant)
    if found.of_task is None or found.of_round is None:
        raise NotYetDue(at=None)  # the clock stands still: there is no limit to extend
    return DaysGranted(obstacle=obstacle.id, task=task.id, grant=grant, due=found.of_task, round_due=found.of_round)
