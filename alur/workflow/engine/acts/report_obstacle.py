"""*Ada Kendala*: the holder or a helper says why his limit is in danger; the superior sees it. Who has no superior grants
himself days.
"""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Obstacle
from alur.workflow.engine.rule import Row, Rule, TaskAct
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.time_given import MOST_DAYS, granted, grants_itself, superior_of
from alur.workflow.engine.words import SHORTEST_REASON, words_of
from alur.workflow.errors import DateMissing, NotHolder, ReasonMissing
from alur.workflow.events import Event, ObstacleReported
from alur.workflow.forms import Field, Form, Option
from alur.workflow.people import Actor
from alur.workflow.presses import On, known
from alur.workflow.written import LONGEST_WORDS

REASON = Field(name="text", kind="text", least=SHORTEST_REASON, most=LONGEST_WORDS)


class ReportObstacle(TaskAct):
    act: Literal["report_obstacle"] = "report_obstacle"
    reason: str
    days: int | None = None  # who has no superior grants them himself


class ObstacleRule(Rule[ReportObstacle]):
    act, name, row = ReportObstacle, "obstacle", Row.MORE
    asks = True
    answer = "obstacle_reported"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        """While the clock stands still there is no limit in danger: the meeting's date is what is missing."""
        task = s.open_task(on.task)
        actor = s.actor_at(task, member, s.desk(task))
        if task.due is None:
            raise DateMissing(step=task.step)
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        days = tuple(Option(value=str(day), label="") for day in range(1, MOST_DAYS + 1))
        own = (Field(name="days", kind="choice", options=days, optional=True),)
        return self.asking(s, on, fields=(REASON, *(own if grants_itself(s, s.task(on.task)) else ())))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> ReportObstacle:
        answers = known(form, "form").answers
        days = answers.get("days")
        return ReportObstacle(
            by=member, task=known(on.task, "task"), reason=answers.get("text") or "", days=int(days) if days else None
        )

    def decide(self, s: Situation, act: ReportObstacle) -> tuple[Event, ...]:
        actor, task = self.may(s, act.by, On(task=act.task)), s.task(act.task)
        reason = words_of(act.reason, "obstacle", least=SHORTEST_REASON)
        if reason is None:
            raise ReasonMissing(field="obstacle", least=SHORTEST_REASON, length=0)
        obstacle = Obstacle(id=len(s.case.obstacles) + 1, task=task.id, by=actor, at=s.at, reason=reason)
        reported = ObstacleReported(obstacle=obstacle)
        if act.days is None:
            return (reported,)
        if not grants_itself(s, task) or actor.role != task.role:
            raise NotHolder(role=superior_of(s, task) or task.role)
        return (reported, granted(s, task, obstacle, actor, act.days))
