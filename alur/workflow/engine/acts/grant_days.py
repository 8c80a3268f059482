"""One to three more working days, once for each obstacle, by the superior of its desk."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Obstacle, Task
from alur.workflow.engine.rule import Act, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.time_given import granted, grantor
from alur.workflow.errors import AlreadyGranted, Unknown
from alur.workflow.events import Event
from alur.workflow.forms import Form
from alur.workflow.people import Actor
from alur.workflow.presses import On, known


class GrantDays(Act):
    act: Literal["grant_days"] = "grant_days"
    obstacle: int
    days: int


class GrantRule(Rule[GrantDays]):
    act, name, names = GrantDays, "grant", ("obstacle", "days")
    answer = "days_granted"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        obstacle, task = _obstacle(s, on)
        actor = s.actor_at(task, member, (grantor(s, task),))
        if obstacle.granted:
            given = obstacle.granted
            raise AlreadyGranted(days=given.days, **given.by.as_facts, at=given.at)
        s.open_task(task.id)
        return actor

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> GrantDays:
        return GrantDays(by=member, obstacle=known(on.obstacle, "obstacle"), days=known(on.days, "days"))

    def decide(self, s: Situation, act: GrantDays) -> tuple[Event, ...]:
        on = On(obstacle=act.obstacle)
        actor = self.may(s, act.by, on)
        obstacle, task = _obstacle(s, on)
        return (granted(s, task, obstacle, actor, act.days),)


def _obstacle(s: Situation, on: On) -> tuple[Obstacle, Task]:
    obstacle = s.case.obstacle(known(on.obstacle, "obstacle"))
    if obstacle is None:
        raise Unknown(subject=f"{s.case.code}!{on.obstacle}")
    return obstacle, s.task(obstacle.task)
