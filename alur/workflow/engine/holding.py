"""A decision that is held back: recorded at once, handed on a little later, and until then its maker may withdraw it
(DESIGN §4, "Tarik Keputusan"; docs/decisions/0043-held-decisions.md).

What is held is the act itself. When it is handed on it is decided anew, on the case as it was before it and at the moment at
which it was made: the one set of rules says what follows, and nothing that was seen meanwhile can have changed it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from alur.workflow.case import Case, Closing, Task
from alur.workflow.engine.rule import Act
from alur.workflow.engine.situation import Situation
from alur.workflow.events import Event, TaskClosed
from alur.workflow.mending import Held


def held_back(s: Situation, act: Act, events: tuple[Event, ...], undo: timedelta) -> tuple[Event, ...]:
    """Of what follows from the act only that its own task is closed, as a decision that is held for so long."""
    closed = next((item for item in events if isinstance(item, TaskClosed)), None)
    if closed is None:
        return events
    held = Held(by=act.by, at=s.at, until=max(s.at, s.now) + undo, act=act.model_dump(mode="json"))
    return (TaskClosed(task=closed.task, closing=closed.closing.model_copy(update={"held": held})),)


def before_it(s: Situation, closing: Closing, held: Held) -> Situation:
    """What the held decision was taken in: what is held beside it was not decided then, as far as it knows."""
    return replace(s, case=unheld(s.case, s.case.held_tasks), at=held.at, signer=closing.recorded_by)


def unheld(case: Case, tasks: Iterable[Task]) -> Case:
    """The case without the decisions of these tasks."""
    found = {item.id for item in tasks}
    opened = tuple(item.undecided if item.id in found else item for item in case.tasks)
    return case.model_copy(update={"tasks": opened})
