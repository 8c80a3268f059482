"""Who has a card of a task. Asked by `announce` where a task lands, and by a press that wants its card anew."""

from alur.workflow.case import Task
from alur.workflow.engine import Situation
from alur.workflow.engine.standing import people_at


def audience(s: Situation, task: Task) -> tuple[int, ...]:
    """The members who have a card of an open task: its holders and helpers, those who are invited, and the outside
    party that it waits for.
    """
    return tuple(dict.fromkeys(item.member for _, item in people_at(s, task)))
