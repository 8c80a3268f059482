"""dispose: reads, and hands the work on with an instruction."""

from alur.workflow.acts import Dispose
from alur.workflow.case import Outcome
from alur.workflow.engine.advance import close, forward
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import check_words
from alur.workflow.events import Event
from alur.workflow.sop import TaskKind


def dispose(s: Situation, act: Dispose) -> tuple[Event, ...]:
    task, actor = s.deciding(act, TaskKind.DISPOSE)
    ticks, text = check_words(s, task, act.ticks, act.text)
    return (close(s, task, actor, Outcome.DISPOSED, ticks=ticks, text=text), *forward(s, task))
