"""*Disposisikan*: reads, and hands the work on with an instruction."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Outcome, Task
from alur.workflow.engine.advance import chosen, close, forward
from alur.workflow.engine.drafts import OverDraftsRule, check_not_own
from alur.workflow.engine.rule import HandingOn
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import check_words, ticks_and_text, worded
from alur.workflow.events import Event
from alur.workflow.forms import Form
from alur.workflow.presses import On
from alur.workflow.sop import TaskKind


class Dispose(HandingOn):
    act: Literal["dispose"] = "dispose"
    ticks: tuple[str, ...] = ()
    text: str | None = None


class DisposeRule(OverDraftsRule[Dispose]):
    act, name, kind = Dispose, "dispose", TaskKind.DISPOSE
    asks = True
    answer, values = "recorded", {"outcome": Outcome.DISPOSED.value}

    def always_asks(self, s: Situation, task: Task) -> bool:
        return True

    def form(self, s: Situation, member: int, on: On) -> Form:
        return self.asking(s, on, **worded(s, self._task(s, on)))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> Dispose:
        ticks, text = ticks_and_text(form)
        return Dispose(by=member, **self.decided_on(on), ticks=ticks, text=text)

    def decide(self, s: Situation, act: Dispose) -> tuple[Event, ...]:
        task, actor = self.decider(s, act)
        check_not_own(s, s.under_decision(task), act.by)
        ticks, text = check_words(s, task, act.ticks, act.text)
        way = chosen(s.definition(task).ways, act.way)
        closed = close(s, task, actor, Outcome.DISPOSED, ticks=ticks, text=text, way=way)
        return (closed, *forward(s, task, actor, way))
