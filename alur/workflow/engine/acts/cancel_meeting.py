"""*Batalkan Rapat*: the step stands without a date, its clock stopped, until a new one is set."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.engine.rule import Row, Rule, TaskAct
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import DateMissing
from alur.workflow.events import DeadlineSet, Event, MeetingCancelled
from alur.workflow.forms import Form
from alur.workflow.people import Actor
from alur.workflow.presses import On, known
from alur.workflow.sop import TaskKind


class CancelMeeting(TaskAct):
    act: Literal["cancel_meeting"] = "cancel_meeting"


class CancelMeetingRule(Rule[CancelMeeting]):
    act, name, row = CancelMeeting, "cancel_meeting", Row.MORE
    asks = True
    answer = "meeting_cancelled"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        task = s.open_task(on.task, TaskKind.CONVENE)
        actor = s.actor_at(task, member, s.desk(task))
        if s.case.meeting(task.step) is None:
            raise DateMissing(step=task.step)
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        return self.asking(s, on, fields=())

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> CancelMeeting:
        return CancelMeeting(by=member, task=known(on.task, "task"))

    def decide(self, s: Situation, act: CancelMeeting) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(task=act.task))
        task = s.task(act.task)
        cancelled = MeetingCancelled(step=task.step, by=actor, at=s.at)
        return (cancelled, DeadlineSet(task=task.id, due=None, round_due=None))
