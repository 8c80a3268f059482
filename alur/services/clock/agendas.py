"""The messages of the agenda: queued when a tick has fired all that was due, and told from the rows that they were queued for.

So one message names all that its moment means for its reader, whatever falls over between two timers. What it says of each
is found when it is sent, and only the cases that it names are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from alur.services.cases.situations import situation
from alur.services.work import Work
from alur.storage import agenda as entries
from alur.storage import cases, members, notices
from alur.storage.agenda import Told
from alur.workflow.agenda import Line, lines, lines_at
from alur.workflow.engine import Situation
from alur.workflow.notices import Agenda
from alur.workflow.people import Office
from alur.workflow.watched import Thing

MOST = 20  # things that one message names; fewer than may have a button each
PAGE = 100  # rows of one look
KEPT = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class Named:
    """What a message of the agenda names, the most urgent first, and how much more there is."""

    lines: tuple[tuple[int, Situation, Line], ...]
    others: int


def is_untold(work: Work) -> bool:
    """Whether a tick was ended before it could queue what it had found."""
    return work.calendar.is_open(work.now) and entries.is_untold(work.session)


def queue(work: Work) -> int:
    """Queues what was found and has no notice yet: one for each member and moment. What comes after that was queued makes
    one more. How many were queued; nobody who cannot be reached is told.
    """
    queued = 0
    for found in entries.untold(work.session):
        member = members.get(work.session, found.member_id)
        if member is None or not member.reachable:
            entries.drop(work.session, found)
            continue
        moment = found.moment.astimezone(work.calendar.zone)
        once = f"agenda:{member.id}:{moment.isoformat()}:{found.first}"
        notice_id = notices.add_once(
            work.session,
            once,
            chat_id=member.telegram_id,
            member_id=member.id,
            notice=Agenda(moment=moment),
            at=work.now,
        )
        if notice_id is not None:  # else another process has just queued it
            entries.attach(work.session, found, notice_id)
            queued += 1
    return queued


def named(work: Work, *, notice_id: int, member: int | None, moment: datetime) -> Named:
    """What the notice's rows still mean for the member. Which of them mean anything the clock knows; what they mean is found
    from the cases. Rows beyond those that are named are counted as they were found when their timers fired.
    """
    office, looked = work.office(), 0
    found: list[Told] = []
    while len(found) < MOST:
        page = entries.of_notice(work.session, notice_id, start=looked, most=PAGE)
        for row in page:
            looked += 1
            if _is_meant(work, office, row, member, moment):
                found.append(row)
                if len(found) == MOST:
                    break
        if len(page) < PAGE:
            break
    others = entries.count_of_notice(work.session, notice_id) - looked
    return Named(lines=tuple(_lines(work, office, found, member, moment)), others=others)


def clear(work: Work) -> int:
    """Removes what was told long ago, or never; how many rows that were."""
    return entries.clear(work.session, work.now - KEPT)


def _is_meant(work: Work, office: Office, row: Told, member: int | None, moment: datetime) -> bool:
    if row.watched is None:
        return False
    found = lines_at(office, row.watched, row.thing, moment, work.now)
    return any(line.member == member for line in found)


def _lines(
    work: Work, office: Office, found: list[Told], member: int | None, moment: datetime
) -> Iterator[tuple[int, Situation, Line]]:
    """The same from the cases, each of which is read once."""
    things: dict[int, set[tuple[int, Thing]]] = {}
    for row in found:
        things.setdefault(row.case_id, set()).add((row.task, row.thing))
    for case_id, own in things.items():
        record = cases.get(work.session, case_id)
        if record is None:
            continue
        s = situation(work, record.case, office)
        for line in lines(s, moment):
            if line.member == member and (line.task, line.occasion.thing) in own:
                yield case_id, s, line
