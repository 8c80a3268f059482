"""How a person stands to a task: the one function that guards, buttons, cards, audience and reminders ask."""

from collections.abc import Collection, Iterator
from enum import StrEnum

from alur.workflow.case import Case, Task
from alur.workflow.engine.situation import Situation
from alur.workflow.people import Appointment
from alur.workflow.sop import Sop


class Standing(StrEnum):
    HOLDER = "holder"
    HELPER = "helper"
    PARTICIPANT = "participant"
    OUTSIDE = "outside"  # the party for whose invitation a meeting waits
    ABSENT = "absent"  # holds it while a Plh acts in his place: he reads
    COLLEAGUE = "colleague"  # acts in its role, while it was handed to another who does: he reads
    ONLOOKER = "onlooker"  # none of them, or no longer: his card stays, without files and buttons

    @property
    def is_desk(self) -> bool:
        return self in (Standing.HOLDER, Standing.HELPER)


def roles_of(sop: Sop, case: Case, task: Task) -> Iterator[tuple[Standing, str]]:
    """The roles that stand to the task, in the order of how much they have to do with it. To a meeting that is over, and whose
    step is done again, nobody stands who was invited to it.
    """
    definition = sop.task(task.step, task.index)
    yield Standing.HOLDER, task.role
    yield from ((Standing.HELPER, role) for role in definition.helpers)
    if case.is_past(task):
        return
    yield from ((Standing.PARTICIPANT, role) for role in definition.participants)
    if definition.waits_for:
        yield Standing.OUTSIDE, definition.waits_for


def standing(
    s: Situation, task: Task, member: int, roles: Collection[str], reads: Collection[str] = ()
) -> tuple[Standing, str | None]:
    """How the member, who acts in `roles`, stands to the task, and in which of them: the one that gives him most to do. Where he
    acts in none of them but reads in one (`reads`), a Plh acts in his place.
    """
    found = list(roles_of(s.sop, s.case, task))
    is_anothers = s.is_anothers(task, member)
    acts = next((item for item in found if item[1] in roles and not (is_anothers and item[1] == task.role)), None)
    if acts is not None:
        return acts
    if is_anothers:
        return Standing.COLLEAGUE, task.role
    is_away = next((role for _, role in found if role in reads), None)
    return (Standing.ONLOOKER, None) if is_away is None else (Standing.ABSENT, is_away)


def people_at(s: Situation, task: Task) -> Iterator[tuple[Standing, Appointment]]:
    """Everybody who stands to the task now, each of his appointments once."""
    for found, role in roles_of(s.sop, s.case, task):
        for appointment in s.holders(task) if found is Standing.HOLDER else s.office.holders(role, s.now):
            yield found, appointment
