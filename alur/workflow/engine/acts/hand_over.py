"""*Sudah Disampaikan*: a text was handed over in person to somebody whom Telegram does not reach, or who was invited and has
not joined.
"""

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
    while_suspended = True

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


class HandOverInvited(TaskAct):
    act: Literal["hand_over_invited"] = "hand_over_invited"
    invitation: int


class HandOverInvitedRule(Rule[HandOverInvited]):
    """The same of who is invited: until he joins he is known by his invitation alone."""

    act, name, names = HandOverInvited, "handed", ("invitation",)
    answer = "delivered"
    while_suspended = True

    def may(self, s: Situation, member: int, on: On) -> Actor:
        s.task(on.task)
        if s.office.who_is_invited(on.invitation) is None:
            raise Unknown(subject=f"{s.case.code}.{on.task}")
        return s.actor(member, roles_with(s.sop, Right.REPORT))

    def label(self, s: Situation, on: On) -> str:
        return HandOverRule.name

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> HandOverInvited:
        return HandOverInvited(by=member, task=known(on.task, "task"), invitation=known(on.invitation, "invitation"))

    def decide(self, s: Situation, act: HandOverInvited) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(task=act.task, invitation=act.invitation))
        return (CardHandedOver(task=act.task, invitation=act.invitation, by=actor, at=s.at),)
