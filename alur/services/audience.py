"""Who has a card of a task. Asked by `announce` where a task lands, and by a press that wants its card anew."""

from alur.workflow.case import Task
from alur.workflow.engine import Situation
from alur.workflow.people import Appointment


def audience(s: Situation, task: Task) -> tuple[int, ...]:
    """The members who have a card of an open task: its holders and helpers, those who are invited, and the outside
    party that it waits for.
    """
    definition = s.definition(task)
    roles = (task.role, *definition.helpers, *definition.participants, *filter(None, (definition.waits_for,)))
    found: list[Appointment] = [item for role in roles for item in s.office.holders(role, s.now)]
    return tuple(dict.fromkeys(item.member for item in found))
