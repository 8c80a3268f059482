"""Whom a moment concerns: what one person is told at one moment, found from the state as it is then.

Asked when a timer fires (who gets a message?) and again when the message is rendered (what does it still say?), so that
nobody is reminded of what is done, and after a downtime of each thing only the latest is said.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from alur.workflow.case import Attendance, Task
from alur.workflow.engine.papers import missing_documents
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.standing import Standing, people_at
from alur.workflow.model import Value
from alur.workflow.people import ADMIN
from alur.workflow.reminders import (
    BEFORE_MEETING,
    TOLD_ADMINISTRATORS,
    Moment,
    Occasion,
    meeting_moments,
    task_moments,
    tells_superior,
)
from alur.workflow.sop import TaskKind

LATECOMERS = BEFORE_MEETING  # so long after its beginning a meeting may still be named to those who are invited


class Capacity(StrEnum):
    """As what somebody is told."""

    HOLDER = "holder"
    HELPER = "helper"
    SUPERIOR = "superior"
    ADMINISTRATOR = "administrator"
    INVITED = "invited"
    OUTSIDE = "outside"


AS = {
    Standing.HOLDER: Capacity.HOLDER,
    Standing.HELPER: Capacity.HELPER,
    Standing.PARTICIPANT: Capacity.INVITED,
    Standing.OUTSIDE: Capacity.OUTSIDE,
}


class Line(Value):
    """One thing in one person's message: the task or meeting, the occasion, and in which capacity he is told."""

    member: int
    capacity: Capacity
    occasion: Occasion
    task: int
    nth: int = 0


def lines(s: Situation, at: datetime) -> Iterator[Line]:
    """Everything that the moment `at` means in this case, for everybody. Of a meeting that has begun an hour ago nobody
    is reminded.
    """
    for task in s.case.open_tasks:
        yield from _lines_at(s, task, at)


def _lines_at(s: Situation, task: Task, at: datetime) -> Iterator[Line]:
    yield from _standing(task_moments(s, task), at, s.now, lambda moment: _of_task(s, task, moment))
    meeting = s.case.meeting(task.step) if task.kind is TaskKind.CONVENE else None
    if meeting is not None and meeting.at < at and s.now < meeting.starts + LATECOMERS:
        yield from _standing(meeting_moments(s, meeting), at, s.now, lambda moment: _of_meeting(s, task, moment))


def _standing(
    moments: Iterator[Moment], at: datetime, now: datetime, told: Callable[[Moment], Iterable[Line]]
) -> Iterator[Line]:
    """Who is told what at the moment `at`, and has not been told more of the same thing by `now`: what the holder is told
    every day takes the place of the day before, and the superior's report stays until his next one.
    """
    latest: dict[int, tuple[datetime, Line]] = {}
    for moment in takewhile(lambda item: item.at <= max(at, now), moments):
        if moment.at >= at:
            latest |= {line.member: (moment.at, line) for line in told(moment)}
    return (line for said_at, line in latest.values() if said_at == at)


def _of_task(s: Situation, task: Task, moment: Moment) -> Iterator[Line]:
    told: dict[int, Capacity] = {}
    for found, item in people_at(s, task):
        if _is_concerned(s, task, found, moment.occasion):
            told.setdefault(item.member, AS[found])
    if moment.occasion is Occasion.OVERDUE and tells_superior(moment.nth):
        superior = s.sop.role(task.role).escalates_to
        for item in s.office.holders(superior, s.at) if superior else ():
            told.setdefault(item.member, Capacity.SUPERIOR)
    if moment.occasion is Occasion.OVERDUE and moment.nth == TOLD_ADMINISTRATORS:
        for item in s.office.holders(ADMIN, s.at):
            told.setdefault(item.member, Capacity.ADMINISTRATOR)
    nth = max(moment.nth, _days_over(s, task)) if moment.occasion is Occasion.OVERDUE else moment.nth
    for member, capacity in told.items():
        yield Line(member=member, capacity=capacity, occasion=moment.occasion, task=task.id, nth=nth)


def _days_over(s: Situation, task: Task) -> int:
    """Working days since the limit as it is read: a message may be late."""
    return s.office.calendar.working_days_between(task.due, s.now) if task.due else 0


def _of_meeting(s: Situation, task: Task, moment: Moment) -> Iterator[Line]:
    """Those who take part: its desk, and who is invited and has not said that he stays away."""
    meeting = s.case.meeting(task.step)
    answers = {item.by.member: item.attendance for item in meeting.answers} if meeting else {}
    told: dict[int, Capacity] = {}
    for found, item in people_at(s, task):
        stays_away = found is Standing.PARTICIPANT and answers.get(item.member) is Attendance.ABSENT
        if found is not Standing.OUTSIDE and not stays_away:
            told.setdefault(item.member, AS[found])
    for member, capacity in told.items():
        yield Line(member=member, capacity=capacity, occasion=moment.occasion, task=task.id)


def _is_concerned(s: Situation, task: Task, found: Standing, occasion: Occasion) -> bool:
    """A desk always; its helpers of what arrives and of what waits for a date, else while they owe a document; guests and
    the outside party of what arrives.
    """
    if found is Standing.HOLDER:
        return True
    if found is Standing.HELPER:
        return occasion in (Occasion.ARRIVAL, Occasion.WAITING) or bool(missing_documents(s, task))
    return occasion is Occasion.ARRIVAL
