"""*Tarik Tambahan Waktu*: granted days are taken back by whoever granted them, until the first of them begins. The limit is then
what it was without them, and days may be granted anew.
"""

from datetime import datetime, tzinfo
from typing import Literal

from alur.workflow.case import Grant, Obstacle, Task
from alur.workflow.engine.deadlines import present_limits
from alur.workflow.engine.rule import Act, Row, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.time_given import grantor
from alur.workflow.errors import GrantOver, NotHolder, Unknown
from alur.workflow.events import Event, GrantWithdrawn
from alur.workflow.forms import Form
from alur.workflow.people import Actor
from alur.workflow.presses import On, known


class WithdrawGrant(Act):
    act: Literal["withdraw_grant"] = "withdraw_grant"
    obstacle: int | None = None  # None: of the last days that he gave at the task
    task: int | None = None


class WithdrawGrantRule(Rule[WithdrawGrant]):
    """Its button stands under the obstacle; of whoever grants himself days, on his card: the last that he gave."""

    act, name, names, row = WithdrawGrant, "withdraw_grant", ("obstacle",), Row.MORE
    answer = "grant_withdrawn"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        obstacle, grant = _granted(s, member, on)
        task = s.open_task(obstacle.task)
        actor = s.actor_at(task, member, (grant.by.role,))
        if grant.by.member != member:
            raise NotHolder(role=grant.by.role)
        begins = _begins(s, task, grant)
        if begins is not None and s.at > begins:
            raise GrantOver(at=begins)
        return actor

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> WithdrawGrant:
        return WithdrawGrant(by=member, obstacle=on.obstacle, task=on.task)

    def decide(self, s: Situation, act: WithdrawGrant) -> tuple[Event, ...]:
        on = On(obstacle=act.obstacle, task=act.task)
        actor = self.may(s, act.by, on)
        obstacle, grant = _granted(s, act.by, on)
        found = present_limits(s, s.task(obstacle.task), without=grant)
        return (
            GrantWithdrawn(
                obstacle=obstacle.id,
                task=obstacle.task,
                grant=grant,
                due=found.of_task,
                round_due=found.of_round,
                by=actor,
                at=s.at,
            ),
        )


def _granted(s: Situation, member: int, on: On) -> tuple[Obstacle, Grant]:
    if on.obstacle is not None:
        obstacle = s.case.obstacle(on.obstacle)
    else:
        own = (item for item in s.case.obstacles if item.granted and item.granted.by.member == member)
        obstacle = next((item for item in reversed(tuple(own)) if item.task == known(on.task, "task")), None)
    if obstacle is None or (obstacle.granted or obstacle.taken_back) is None:
        raise Unknown(subject=f"{s.case.code}!{on.obstacle}")
    if obstacle.granted is None:
        s.actor(member, (grantor(s, s.task(obstacle.task)),))
        raise GrantOver(at=None)
    return obstacle, obstacle.granted


def _begins(s: Situation, task: Task, grant: Grant) -> datetime | None:
    """When the first of the days begins to pass: at the limit without them; where that had passed before they were granted, the
    working day after. None where no limit is set.
    """
    calendar = s.office.calendar
    due = present_limits(s, task, without=grant).of_task
    if due is None or due >= grant.at:
        return due
    return calendar.opening(calendar.next_working_day(grant.at.astimezone(calendar.zone).date()))
