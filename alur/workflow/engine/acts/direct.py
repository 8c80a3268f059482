"""*Beri Arahan*: reads the result and gives directions for what comes after it."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import Outcome
from alur.workflow.engine.advance import close, forward
from alur.workflow.engine.rule import Deciding, DecisionRule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import check_words, ticks_and_text, worded
from alur.workflow.events import Event
from alur.workflow.forms import Form
from alur.workflow.presses import On, known
from alur.workflow.sop import TaskKind


class Direct(Deciding):
    act: Literal["direct"] = "direct"
    ticks: tuple[str, ...] = ()
    text: str | None = None


class DirectRule(DecisionRule[Direct]):
    act, name, kind = Direct, "direct", TaskKind.DIRECT
    asks = True
    answer, values = "recorded", {"outcome": Outcome.DIRECTED.value}

    def form(self, s: Situation, member: int, on: On) -> Form:
        return self.asking(s, on, **worded(s, self._task(s, on)))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> Direct:
        ticks, text = ticks_and_text(form)
        return Direct(by=member, task=known(on.task, "task"), revision=on.revision, ticks=ticks, text=text)

    def decide(self, s: Situation, act: Direct) -> tuple[Event, ...]:
        task, actor = self.decider(s, act)
        ticks, text = check_words(s, task, act.ticks, act.text)
        return (close(s, task, actor, Outcome.DIRECTED, ticks=ticks, text=text), *forward(s, task))
