"""Timers of cases: set in the transaction that makes them needed, ended in the one that ends the need, and moved when the
calendar has changed. `firing` fires them.
"""

from datetime import datetime

from alur.services.work import Work
from alur.storage import timers
from alur.storage.timers import Moved, Wanted
from alur.workflow.engine import Situation
from alur.workflow.mending import Held
from alur.workflow.reminders import moments
from alur.workflow.watched import Thing, Watched, watched


def keep_in_step(work: Work, case_id: int, s: Situation) -> None:
    """The case's timers as its state wants them now."""
    timers.keep_in_step(work.session, case_id, _wanted(s, work.now), at=work.now)


def retime(work: Work, case_id: int, s: Situation) -> None:
    """After the calendar has changed: every timer's next moment by the new one, and a timer for whatever has none. What is
    due already stays due; what the new calendar puts into the past is over.
    """
    wanted = _wanted(s, work.now)
    timers.keep_in_step(work.session, case_id, wanted, at=work.now)
    moved = []
    for row in timers.of(work.session, case_id):
        following = wanted[row.key].at
        if row.at > work.now and following is not None and following != row.at:
            moved.append(Moved(id=row.id, since=work.now, at=following))
    timers.move(work.session, moved)


def _wanted(s: Situation, now: datetime) -> dict[str, Wanted]:
    wanted = {f"{timers.HELD}{task.id}": _held(held) for task in s.case.held_tasks if (held := task.held)}
    if s.case.suspension is not None:
        return wanted  # nobody is reminded while the case stands still
    for task in s.case.open_tasks:
        known = watched(s, task)
        for thing, key in known.timers.items():
            following = next(moments(s.office.calendar, known, thing, now), None)
            at = following.at if following else None
            wanted[key] = Wanted(basis=_basis(s, known, thing), at=at, watched=known)
    return wanted


def _held(held: Held) -> Wanted:
    return Wanted(basis=held.until.isoformat(), at=held.until)


def _basis(s: Situation, known: Watched, thing: Thing) -> str:
    """What begins its moments anew where it changes."""
    if thing is Thing.TASK:
        task = s.case.tasks[known.task - 1]
        return f"{task.landed_at.isoformat()} {task.due and task.due.isoformat()}"
    meeting = next(item for item in s.case.meetings if known.dated and item.step == known.dated.step)
    return f"{meeting.starts.isoformat()} {meeting.sequence}"
