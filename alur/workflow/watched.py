"""What the clock knows of an open task: all that its reminders depend on, and nothing else of its case.

Made from a situation where a case is at hand, and kept beside each timer (`alur.storage.timers`), so that firing one reads
no case. The rules of reminders (`reminders`, `agenda`) work on this value alone, wherever it comes from.
"""

from datetime import datetime
from enum import StrEnum

from pydantic import AwareDatetime

from alur.workflow.case import Attendance, Meeting, Task
from alur.workflow.engine.papers import missing_documents
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.standing import Standing, roles_of
from alur.workflow.model import Value
from alur.workflow.people import Appointment, Office
from alur.workflow.sop import TaskKind


class Thing(StrEnum):
    """What a timer is about: a task has one, and its meeting another."""

    TASK = "task"
    MEETING = "meeting"


class WatchedMeeting(Value):
    step: int
    starts: AwareDatetime
    at: AwareDatetime  # when the date was entered
    cancelled_at: AwareDatetime | None = None
    absent: tuple[int, ...] = ()  # the members who answered that they stay away


class Watched(Value):
    """An open task as the clock sees it."""

    task: int
    roles: tuple[tuple[Standing, str], ...]  # that stand to it, in the order of how much they have to do with it
    handed_to: int | None = None  # the member whose alone it is, of those who hold it
    superior: str | None  # the role that is told of its delays
    working_days: int  # of its step
    landed_at: AwareDatetime
    arrived_at: AwareDatetime
    due: AwareDatetime | None
    is_owed: bool  # whether its step still lacks a document
    meeting: WatchedMeeting | None = None  # of its step, also one that was cancelled

    @property
    def dated(self) -> WatchedMeeting | None:
        """Its meeting, where that has a date."""
        return self.meeting if self.meeting is not None and self.meeting.cancelled_at is None else None

    def holders(self, office: Office, found: Standing, role: str, at: datetime) -> tuple[Appointment, ...]:
        """Who stands to it so, in that role."""
        return office.holders(role, at, self.handed_to if found is Standing.HOLDER else None)

    @property
    def timers(self) -> dict[Thing, str]:
        """The names of its timers, each with what it is about: "task:7", "meeting:4"."""
        dated = self.dated
        found = {Thing.TASK: f"{Thing.TASK}:{self.task}"}
        return found | {Thing.MEETING: f"{Thing.MEETING}:{dated.step}"} if dated is not None else found


def watched(s: Situation, task: Task) -> Watched:
    meeting = s.case.last_meeting(task.step) if task.kind is TaskKind.CONVENE else None
    return Watched(
        task=task.id,
        roles=tuple(roles_of(s.sop, s.case, task)),
        handed_to=task.handed_to,
        superior=s.sop.role(task.role).escalates_to,
        working_days=s.step(task).working_days,
        landed_at=task.landed_at,
        arrived_at=task.arrived_at or task.landed_at,
        due=task.due,
        is_owed=bool(missing_documents(s, task)),
        meeting=watched_meeting(meeting) if meeting is not None else None,
    )


def watched_meeting(meeting: Meeting) -> WatchedMeeting:
    return WatchedMeeting(
        step=meeting.step,
        starts=meeting.starts,
        at=meeting.at,
        cancelled_at=meeting.cancelled_at,
        absent=tuple(item.by.member for item in meeting.answers if item.attendance is Attendance.ABSENT),
    )


def thing_of(key: str) -> Thing:
    """What a timer of that name is about."""
    return Thing(key.partition(":")[0])
