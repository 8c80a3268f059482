"""Whom a moment concerns: what one person is told at one moment, found from what the clock knows of a task.

Asked when a timer fires (who gets a message?) and again when the message is rendered (what does it still say?), so that
nobody is reminded of what is done, and after a downtime of each thing only the latest is said.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from alur.workflow.engine.situation import Situation
from alur.workflow.engine.standing import Standing
from alur.workflow.model import Value
from alur.workflow.people import ADMIN, Office
from alur.workflow.reminders import (
    BEFORE_MEETING,
    MEETINGS,
    TOLD_ADMINISTRATORS,
    Moment,
    Occasion,
    moments,
    tells_superior,
)
from alur.workflow.watched import Thing, Watched, watched

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
DESK = (Capacity.HOLDER, Capacity.HELPER)
REPORTED = (Capacity.SUPERIOR, Capacity.ADMINISTRATOR)
TOPICS = {  # in the order of the message, the most urgent first; each by capacity and occasion
    "overdue": (DESK, (Occasion.OVERDUE,)),
    "closing": (DESK, (Occasion.CLOSING,)),
    "due": (DESK, (Occasion.DUE,)),
    "meeting": ((*DESK, Capacity.INVITED), MEETINGS),
    "eve": (DESK, (Occasion.EVE,)),
    "waiting": (DESK, (Occasion.WAITING,)),
    "arrival": (DESK, (Occasion.ARRIVAL,)),
    "invited": ((Capacity.INVITED,), (Occasion.ARRIVAL,)),
    "outside": ((Capacity.OUTSIDE,), (Occasion.ARRIVAL,)),
    "reported": (REPORTED, (Occasion.OVERDUE,)),
}
TOPIC_OF = {
    (capacity, occasion): topic
    for topic, (capacities, occasions) in TOPICS.items()
    for capacity in capacities
    for occasion in occasions
}
ORDER = {topic: place for place, topic in enumerate(TOPICS)}


class Line(Value):
    """One thing in one person's message: the task or meeting, the occasion, and in which capacity he is told."""

    member: int
    capacity: Capacity
    occasion: Occasion
    task: int
    nth: int = 0

    @property
    def topic(self) -> str:
        """A capacity and an occasion that belong to no topic are a KeyError: nothing is worded for them."""
        return TOPIC_OF[self.capacity, self.occasion]


def lines(s: Situation, at: datetime) -> Iterator[Line]:
    """Everything that the moment `at` means in this case, for everybody. Of a meeting that has begun an hour ago nobody
    is reminded, nor of anything while the case stands still.
    """
    for task in s.case.open_tasks if s.case.suspension is None else ():
        known = watched(s, task)
        for thing in known.timers:
            yield from lines_at(s.office, known, thing, at, s.now)


def lines_at(office: Office, task: Watched, thing: Thing, at: datetime, now: datetime) -> Iterator[Line]:
    """What the moment `at` of the task, or of its meeting, means to everybody who has not been told more of it by `now`."""
    following = moments(office.calendar, task, thing, at - datetime.resolution)
    found = takewhile(lambda moment: moment.at <= max(at, now), following)
    return (line for said_at, line in said(office, task, found, now) if said_at == at)


def said(office: Office, task: Watched, found: Iterable[Moment], now: datetime) -> Iterable[tuple[datetime, Line]]:
    """Who is told what of these moments of one thing, and at which: each person the latest of them alone. What the holder is
    told every day takes the place of the day before, and the superior's report stays until his next one.
    """
    latest: dict[int, tuple[datetime, Line]] = {}
    for moment in found:
        told = _of_task if moment.occasion.thing is Thing.TASK else _of_meeting
        latest |= {line.member: (moment.at, line) for line in told(office, task, moment, now)}
    return latest.values()


def urgency(task: Watched, line: Line) -> tuple[int, datetime]:
    """The order of lines in a message: by topic, and in it by the limit, or by when the meeting begins."""
    starts = task.dated.starts if task.dated is not None and line.topic == "meeting" else None
    return ORDER[line.topic], starts or task.due or task.landed_at


def _of_task(office: Office, task: Watched, moment: Moment, now: datetime) -> Iterator[Line]:
    told: dict[int, Capacity] = {}
    for found, role in task.roles:
        if _is_concerned(task, found, moment.occasion):
            for item in task.holders(office, found, role, now):
                told.setdefault(item.member, AS[found])
    nth = moment.nth
    if moment.occasion is Occasion.OVERDUE:
        if task.superior and tells_superior(moment.nth):
            for item in office.holders(task.superior, now):
                told.setdefault(item.member, Capacity.SUPERIOR)
        if moment.nth == TOLD_ADMINISTRATORS:
            for item in office.holders(ADMIN, now):
                told.setdefault(item.member, Capacity.ADMINISTRATOR)
        nth = max(nth, _days_over(office, task, now))
    for member, capacity in told.items():
        yield Line(member=member, capacity=capacity, occasion=moment.occasion, task=task.task, nth=nth)


def _days_over(office: Office, task: Watched, now: datetime) -> int:
    """Working days since the limit as it is read: a message may be late."""
    return office.calendar.working_days_between(task.due, now) if task.due else 0


def _of_meeting(office: Office, task: Watched, moment: Moment, now: datetime) -> Iterator[Line]:
    """Those who take part: its desk, and who is invited and has not said that he stays away."""
    meeting = task.dated
    if meeting is None or now >= meeting.starts + LATECOMERS:
        return
    told: dict[int, Capacity] = {}
    for found, role in task.roles:
        if found is Standing.OUTSIDE:
            continue
        for item in task.holders(office, found, role, now):
            if found is not Standing.PARTICIPANT or item.member not in meeting.absent:
                told.setdefault(item.member, AS[found])
    for member, capacity in told.items():
        yield Line(member=member, capacity=capacity, occasion=moment.occasion, task=task.task)


def _is_concerned(task: Watched, found: Standing, occasion: Occasion) -> bool:
    """A desk always; its helpers of what arrives and of what waits for a date, else while they owe a document; guests and
    the outside party of what arrives.
    """
    if found is Standing.HOLDER:
        return True
    if found is Standing.HELPER:
        return occasion in (Occasion.ARRIVAL, Occasion.WAITING) or task.is_owed
    return occasion is Occasion.ARRIVAL
