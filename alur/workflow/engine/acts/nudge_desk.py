"""*Ingatkan*: from the day of the limit on, once per working day; the desk without a superior by one role only."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Nudge, Task
from alur.workflow.engine.rule import Rule, TaskAct
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.time_given import grants_itself, superior_of
from alur.workflow.errors import AlreadyNudged, NotYetDue
from alur.workflow.events import DeskNudged, Event
from alur.workflow.forms import Form
from alur.workflow.people import Actor, readers
from alur.workflow.presses import On, known


class NudgeDesk(TaskAct):
    act: Literal["nudge_desk"] = "nudge_desk"


class NudgeRule(Rule[NudgeDesk]):
    act, name = NudgeDesk, "nudge"
    answer = "nudged"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        task = s.open_task(on.task)
        actor = s.actor(member, nudgers(s, task))
        _check_is_due(s, task)
        return actor

    def offers(self, s: Situation, member: int, on: On) -> bool:
        """Not to whoever sits at the desk himself, in whichever other role he waits for it."""
        task = s.task(on.task)
        return s.office.appointment(member, (task.role,), s.at) is None and super().offers(s, member, on)

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> NudgeDesk:
        return NudgeDesk(by=member, task=known(on.task, "task"))

    def decide(self, s: Situation, act: NudgeDesk) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(task=act.task))
        return (DeskNudged(task=act.task, nudge=Nudge(by=actor, at=s.at)),)


def nudgers(s: Situation, task: Task) -> tuple[str, ...]:
    """The waiting side: everybody who reads the case whole, but for the desk itself."""
    superior = superior_of(s, task)
    if grants_itself(s, task) and superior:
        return (superior,)
    return tuple(role for role in readers(s.sop) if role != task.role)


def _check_is_due(s: Situation, task: Task) -> None:
    calendar = s.office.calendar
    if task.due is None or s.at < calendar.opening(task.due.astimezone(calendar.zone).date()):
        raise NotYetDue(at=task.due)
    last = task.nudges[-1] if task.nudges else None
    if last and calendar.receipt_day(last.at) == calendar.receipt_day(s.at):
        raise AlreadyNudged(**last.by.as_facts, at=last.at)
