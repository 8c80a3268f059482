"""*Hadir*, *Tidak Hadir*, *Diwakili*: a guest answers, and may change his answer until the meeting is closed."""

from collections.abc import Mapping
from datetime import tzinfo
from typing import ClassVar, Literal

from alur.workflow.case import Attendance, InvitationAnswer, Outcome, Task
from alur.workflow.engine.rule import Row, Rule, TaskAct
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import cleaned
from alur.workflow.errors import AlreadyDecided, DateMissing, FieldMissing, Refusal, Unknown
from alur.workflow.events import Event, InvitationAnswered
from alur.workflow.forms import Field, Form
from alur.workflow.people import Actor
from alur.workflow.presses import On, known
from alur.workflow.sop import TaskKind


class AnswerInvitation(TaskAct):
    act: Literal["answer_invitation"] = "answer_invitation"
    attendance: Attendance
    representative: str | None = None


class InvitationRule(Rule[AnswerInvitation]):
    """Three buttons, one rule: what differs is the answer."""

    act, row = AnswerInvitation, Row.ANSWER
    answer = "invitation_answered"
    attendance: ClassVar[Attendance]

    def may(self, s: Situation, member: int, on: On) -> Actor:
        task = s.task(on.task, TaskKind.CONVENE)
        participants = s.definition(task).participants
        if not participants:
            raise Unknown(subject=f"{s.case.code}.{task.id}")
        actor = s.actor(member, participants)
        s.open_task(task.id)
        if s.case.is_past(task):
            raise _over_before(s, task)
        if s.case.meeting(task.step) is None:
            raise DateMissing(step=task.step)
        return actor

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> AnswerInvitation:
        name = form.answers["representative"] if form else None
        return AnswerInvitation(by=member, task=known(on.task, "task"), attendance=self.attendance, representative=name)

    def decide(self, s: Situation, act: AnswerInvitation) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(task=act.task))
        is_represented = act.attendance is Attendance.REPRESENTED
        representative = cleaned(act.representative) if is_represented else None
        if is_represented and representative is None:
            raise FieldMissing(field="representative")
        answer = InvitationAnswer(by=actor, attendance=act.attendance, representative=representative, at=s.at)
        return (InvitationAnswered(step=s.task(act.task).step, answer=answer),)


def _over_before(s: Situation, task: Task) -> Refusal:
    """Who closed the meeting, when its step was done before."""
    decided = (item for item in reversed(s.case.tasks) if item.step == task.step and item.closing is not None)
    last = next((item for item in decided if item.closing and item.closing.outcome is Outcome.MET), None)
    if last is None or last.closing is None:
        return Unknown(subject=f"{s.case.code}.{task.id}")
    closing = last.closing
    outcome = {"kind": task.kind.value, "outcome": closing.outcome.value}
    return AlreadyDecided(step=task.step, **outcome, **closing.by.as_facts, at=closing.at)


class PresentRule(InvitationRule):
    name, attendance = "present", Attendance.PRESENT
    values: ClassVar[Mapping[str, str]] = {"attendance": Attendance.PRESENT.value}


class AbsentRule(InvitationRule):
    name, attendance = "absent", Attendance.ABSENT
    values: ClassVar[Mapping[str, str]] = {"attendance": Attendance.ABSENT.value}


class RepresentRule(InvitationRule):
    name, attendance, asks = "represent", Attendance.REPRESENTED, True
    values: ClassVar[Mapping[str, str]] = {"attendance": Attendance.REPRESENTED.value}

    def form(self, s: Situation, member: int, on: On) -> Form:
        return self.asking(s, on, fields=(Field(name="representative", kind="text"),))
