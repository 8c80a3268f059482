"""Notices about time: the agenda of a moment, nudges, obstacles and the days given for them, limits that moved."""

from typing import ClassVar, Self

from pydantic import AwareDatetime

from alur.workflow.notices.notice import AboutCase, Need, Notice
from alur.workflow.people import Actor


class Agenda(Notice):
    """What this moment means for its reader; of what, its rows of the agenda say."""

    template: ClassVar[str] = "agenda"
    needs = frozenset({Need.AGENDA})
    moment: AwareDatetime
    first: int | None = None  # the notice for which its rows were found, where this one tells it again

    def again(self, _row: int, on: int | None) -> Self:
        return super().again(_row, on).model_copy(update={"first": self.first or _row})


class Nudge(AboutCase):
    template: ClassVar[str] = "nudge"
    task: int


class Obstacle(AboutCase):
    """To the superior; once days are granted, or the task is closed, the same notice says so."""

    template: ClassVar[str] = "obstacle"
    obstacle: int


class DaysGranted(AboutCase):
    template: ClassVar[str] = "days_granted"
    obstacle: int


class GrantWithdrawn(AboutCase):
    """The case knows of the days no more: what they were stands here."""

    template: ClassVar[str] = "grant_withdrawn"
    task: int
    days: int
    by: Actor


class DeadlineMoved(AboutCase):
    template: ClassVar[str] = "deadline_moved"
    task: int
    was: AwareDatetime | None


class FollowUpMoved(AboutCase):
    """The limit of what the guests of a meeting were asked for."""

    template: ClassVar[str] = "follow_up_moved"
    step: int
    was: AwareDatetime | None
