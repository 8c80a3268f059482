"""*Ajukan*: the documents that were brought go to the next desk."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Outcome
from alur.workflow.engine.advance import chosen, close, forward
from alur.workflow.engine.papers import check_brought
from alur.workflow.engine.rule import BringingRule, HandingOn
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.versions import needs_note
from alur.workflow.engine.words import TOLD, words_of
from alur.workflow.errors import DateMissing, NoteMissing
from alur.workflow.events import Event
from alur.workflow.forms import Form
from alur.workflow.presses import On
from alur.workflow.sop import TaskKind


class Submit(HandingOn):
    act: Literal["submit"] = "submit"
    note: str | None = None


class SubmitRule(BringingRule[Submit]):
    act, name, kind = Submit, "submit", TaskKind.PREPARE
    asks = True
    answer, values = "recorded", {"outcome": Outcome.SUBMITTED.value}

    def form(self, s: Situation, member: int, on: On) -> Form | None:
        """A note is asked for where nothing was changed after a return."""
        return self.asking(s, on, fields=(TOLD,)) if needs_note(s, self._task(s, on)) else None

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> Submit:
        note = form.answers.get("text") if form else None
        return Submit(by=member, **self.decided_on(on), note=note)

    def decide(self, s: Situation, act: Submit) -> tuple[Event, ...]:
        task, actor = self.decider(s, act)
        check_brought(s, task)
        schedules = s.definition(task).schedules
        if schedules and s.case.meeting(schedules) is None:
            raise DateMissing(step=schedules)
        note = words_of(act.note, "text")
        if needs_note(s, task) and note is None:
            raise NoteMissing(step=task.step)
        way = chosen(s.definition(task).ways, act.way)
        closed = close(s, task, actor, Outcome.SUBMITTED, text=note, way=way)
        return (closed, *forward(s, task, actor, way))
