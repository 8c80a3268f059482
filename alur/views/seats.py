"""Where a reader sits at a task: what the card says to him, which buttons and which files he gets."""

from enum import StrEnum

from alur.views.screen import Reader
from alur.workflow.case import Task
from alur.workflow.engine import Situation


class Seat(StrEnum):
    HOLDER = "holder"
    HELPER = "helper"
    PARTICIPANT = "participant"
    OUTSIDE = "outside"  # the party for whose invitation a meeting waits
    ONLOOKER = "onlooker"  # no longer any of them: his card stays, without files and buttons


def seat(s: Situation, task: Task, reader: Reader) -> tuple[Seat, str | None]:
    """The seat, and the role in which the reader sits there: the first that gives him most to do."""
    definition = s.definition(task)
    seats = (
        (Seat.HOLDER, (task.role,)),
        (Seat.HELPER, definition.helpers),
        (Seat.PARTICIPANT, definition.participants),
        (Seat.OUTSIDE, (definition.waits_for,)),
    )
    for found, roles in seats:
        for role in roles:
            if role in reader.roles and role is not None:
                return found, role
    return Seat.ONLOOKER, None
