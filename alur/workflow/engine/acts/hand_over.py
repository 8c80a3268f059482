"""*Sudah Disampaikan*: a text was handed over in person to somebody whom Telegram does not reach."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.engine.rule import Rule, TaskAct
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import Unknown
from alur.workflow.events import CardHandedOver, Event
from alur.workflow.forms import Form
from alur.workflow.people import Actor, roles_with
from alur.workflow.presses import On, known
from alur.workflow.sop import Right


class HandOver(TaskAct):
    act: Literal["hand_over"] = "hand_over"
    to: int  # the member whom Telegram does not reach


class HandOverRule(Rule[HandOver]):
    act, name, names = HandOver, "delivered", ("member",)
    answer = "delivered"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        """Whoever is told what must be done by hand records it, also when the task has been closed meanwhile."""
        s.task(on.task)
        if on.member not in {item.member for item in s.office.appointments}:
            raise Unknown(subject=f"{s.case.code}.{on.task}")
        return s.actor(member, roles_with(s.sop, Right.REPORT))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> HandOver:
        return HandOver(by=member, task=known(on.task, "task"), to=known(on.member, "member"))

    def decide(self, s: Situation, act: HandOver) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(task=act.task, member=act.to))
        return (CardHandedOver(task=act.task, to=act.to, by=actor, at=s.at),)
