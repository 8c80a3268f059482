"""The clock's own act: the calendar has changed, and a limit is counted anew."""

from typing import Literal

from alur.workflow.engine.deadlines import present_limits
from alur.workflow.engine.rule import Rule, TaskAct
from alur.workflow.engine.situation import Situation
from alur.workflow.events import DeadlineSet, Event


class Recount(TaskAct):
    act: Literal["recount"] = "recount"


class RecountRule(Rule[Recount]):
    act = Recount

    def decide(self, s: Situation, act: Recount) -> tuple[Event, ...]:
        """The limits by the calendar as it is now; no event where they are the same."""
        task = s.open_task(act.task)
        found = present_limits(s, task)
        of_round = next(item.due for item in s.case.rounds if (item.step, item.number) == (task.step, task.round))
        if (found.of_task, found.of_round) == (task.due, of_round):
            return ()
        return (DeadlineSet(task=task.id, due=found.of_task, round_due=found.of_round, because="calendar"),)
