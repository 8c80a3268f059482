"""direct: reads the result and gives directions for what comes after it."""

from alur.workflow.acts import Direct
from alur.workflow.case import Outcome
from alur.workflow.engine.advance import close, forward
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import check_words
from alur.workflow.events import Event
from alur.workflow.sop import TaskKind


def direct(s: Situation, act: Direct) -> tuple[Event, ...]:
    task, actor = s.deciding(act, TaskKind.DIRECT)
    ticks, text = check_words(s, task, act.ticks, act.text)
    return (close(s, task, actor, Outcome.DIRECTED, ticks=ticks, text=text), *forward(s, task))
