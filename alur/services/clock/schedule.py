"""Timers of cases: set in the transaction that makes them needed, ended in the one that ends the need, fired by a tick.

A timer queues one message per person and moment; what that message says is found from the state when it is sent.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from alur.services.cases.situations import situation
from alur.services.tell import tell_once
from alur.services.work import Work
from alur.storage import cases, members, timers
from alur.storage.timers import Wanted
from alur.workflow import agenda, notices
from alur.workflow.engine import Situation
from alur.workflow.reminders import Moment, come, first_after, meeting_moments, task_moments
from alur.workflow.sop import TaskKind

TASK, MEETING = "task", "meeting"
BATCH = 50  # timers of one look


def keep_in_step(work: Work, case_id: int, s: Situation) -> None:
    """The case's timers as its state wants them now."""
    timers.keep_in_step(work.session, case_id, _wanted(s, work.now), at=work.now)


def due(work: Work, *, skip: Collection[int] = ()) -> tuple[tuple[int, datetime, bool], ...]:
    """Number and moment of the timers to fire now, but for those in `skip`, and whether each is a case's. Outside office
    hours nobody is reminded: what was missed waits for the opening, and only the latest of it is told then.
    """
    if not work.calendar.is_open(work.now):
        return ()
    rows = timers.due(work.session, now=work.now, limit=BATCH, skip=skip)
    return tuple((row.id, row.at, row.case_id is not None) for row in rows)


def fire(work: Work, timer_id: int, seen_at: datetime) -> None:
    """One timer, whole: its messages are queued and it stands on its following moment, or is gone."""
    row = timers.claim(work.session, timer_id, seen_at)
    record = cases.get(work.session, row.case_id) if row and row.case_id is not None else None
    if row is None or record is None:
        return
    s = situation(work, record.case)
    for moment in come(_moments(s, row.key), row.since, work.now):
        for member in dict.fromkeys(line.member for line in agenda.lines(s, moment.at)):
            _queue(work, member, moment.at)
    following = first_after(_moments(s, row.key), work.now)
    if following is None:
        timers.end(work.session, row.id)
    else:
        timers.move(work.session, row.id, since=work.now, at=following.at)


def retime(work: Work) -> None:
    """After the calendar has changed: every timer's next moment by the new one, and a timer for whoever has none. What is
    due already stays due; what the new calendar puts into the past is over.
    """
    office = work.office()
    for record in cases.unfinished(work.session):
        s = situation(work, record.case, office)
        keep_in_step(work, record.id, s)
        for row in timers.of(work.session, record.id):
            following = first_after(_moments(s, row.key), work.now)
            if row.at > work.now and following is not None and following.at != row.at:
                timers.move(work.session, row.id, since=work.now, at=following.at)


def _wanted(s: Situation, now: datetime) -> dict[str, Wanted]:
    found = {}
    for task in s.case.open_tasks:
        found[f"{TASK}:{task.id}"] = f"{task.landed_at.isoformat()} {task.due and task.due.isoformat()}"
        meeting = s.case.meeting(task.step)
        if task.kind is TaskKind.CONVENE and meeting is not None:
            found[f"{MEETING}:{task.step}"] = f"{meeting.starts.isoformat()} {meeting.sequence}"
    wanted = {}
    for key, basis in found.items():
        following = first_after(_moments(s, key), now)
        wanted[key] = Wanted(basis=basis, at=following.at if following else None)
    return wanted


def _moments(s: Situation, key: str) -> Iterator[Moment]:
    kind, _, number = key.partition(":")
    if kind == TASK:
        task = s.case.task(int(number))
        return task_moments(s, task) if task is not None and task.is_open else iter(())
    meeting = s.case.meeting(int(number))
    return meeting_moments(s, meeting) if meeting is not None else iter(())


def _queue(work: Work, number: int, at: datetime) -> None:
    member = members.get(work.session, number)
    if member is not None:
        moment = at.astimezone(work.calendar.zone)
        tell_once(work, f"agenda:{number}:{moment.isoformat()}", member, notices.Agenda(moment=moment))
