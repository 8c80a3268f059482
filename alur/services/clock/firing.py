"""Fires timers of cases: many in one transaction, and no case is read for it (see `alur.workflow.watched`).

What a timer means to whom is written into the agenda, and the timer stands on its following moment, or is gone; whom that
concerns is told by `agendas` when a tick has fired all that was due.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from alur.services.work import Work
from alur.storage import agenda as entries
from alur.storage import timers
from alur.storage.agenda import Entry
from alur.storage.timers import DueRow, Moved
from alur.workflow.agenda import said, urgency
from alur.workflow.errors import AlurError
from alur.workflow.people import Office
from alur.workflow.reminders import Moment, come, moments
from alur.workflow.watched import Watched, thing_of

BATCH = 500  # timers of one look, and of one transaction


class NotWatched(AlurError):
    """A case's timer of which nothing is known: no build ever wrote it so."""


def due(work: Work, *, skip: frozenset[int] = frozenset()) -> tuple[DueRow, ...]:
    """The timers to fire now, but for those in `skip`. Outside office hours nobody is reminded: what was missed waits for
    the opening, and only the latest of it is told then.
    """
    if not work.calendar.is_open(work.now):
        return ()
    return timers.due(work.session, now=work.now, limit=BATCH, skip=skip)


def fire(work: Work, seen: Mapping[int, datetime]) -> int:
    """These timers of cases, all or none; how many of them still stood where they were seen."""
    found = timers.claim(work.session, seen)
    office = work.office()
    told: list[Entry] = []
    moved: list[Moved] = []
    ended: list[int] = []
    for row in found:
        if row.watched is None or row.case_id is None:
            raise NotWatched(row.key)
        ahead = moments(office.calendar, row.watched, thing_of(row.key), row.since)
        past, following = come(ahead, work.now)
        told += _entries(office, row.case_id, row.watched, past, work.now)
        if following is None:
            ended.append(row.id)
        else:
            moved.append(Moved(id=row.id, since=work.now, at=following.at))
    entries.add(work.session, told)
    timers.move(work.session, moved)
    timers.end(work.session, ended)
    return len(found)


def _entries(office: Office, case_id: int, task: Watched, past: tuple[Moment, ...], now: datetime) -> Iterator[Entry]:
    for moment, line in said(office, task, past, now):
        place, due = urgency(task, line)
        yield Entry(
            moment=moment,
            member_id=line.member,
            case_id=case_id,
            task=line.task,
            thing=line.occasion.thing,
            place=place,
            due=int(due.timestamp()),
        )
