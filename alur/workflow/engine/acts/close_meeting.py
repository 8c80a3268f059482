"""*Rapat Selesai*: a meeting closes with its papers; it is not bound to its date, but before it the press is asked about."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Outcome
from alur.workflow.engine.advance import chosen, close, forward
from alur.workflow.engine.papers import check_brought, missing_documents
from alur.workflow.engine.rule import BringingRule, HandingOn
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import DateMissing
from alur.workflow.events import Event
from alur.workflow.forms import Form
from alur.workflow.people import Actor
from alur.workflow.presses import On
from alur.workflow.sop import TaskKind


class CloseMeeting(HandingOn):
    act: Literal["close_meeting"] = "close_meeting"


class CloseMeetingRule(BringingRule[CloseMeeting]):
    act, name, kind = CloseMeeting, "meet", TaskKind.CONVENE
    asks = True
    answer, values = "recorded", {"outcome": Outcome.MET.value}

    def may(self, s: Situation, member: int, on: On) -> Actor:
        actor = super().may(s, member, on)
        step = self._task(s, on).step
        if s.case.meeting(step) is None:
            raise DateMissing(step=step)
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form | None:
        """Asks once where the hour has not come, and nothing else stands against it."""
        task = self._task(s, on)
        meeting = s.case.meeting(task.step)
        if meeting is None or meeting.starts <= s.at or missing_documents(s, task):
            return None
        return self.asking(s, on, fields=())

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> CloseMeeting:
        return CloseMeeting(by=member, **self.decided_on(on))

    def decide(self, s: Situation, act: CloseMeeting) -> tuple[Event, ...]:
        task, actor = self.decider(s, act)
        check_brought(s, task)
        way = chosen(s.definition(task).ways, act.way)
        return (close(s, task, actor, Outcome.MET, way=way), *forward(s, task, actor, way))
