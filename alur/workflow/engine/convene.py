"""convene: a meeting is dated, people are invited and answer, and it closes with its papers."""

from datetime import datetime

from alur.workflow.acts import AnswerInvitation, CloseMeeting, ScheduleMeeting
from alur.workflow.calendar import CalendarNotCovered
from alur.workflow.case import Attendance, InvitationAnswer, Meeting, Outcome
from alur.workflow.engine.advance import close, forward, meeting_due
from alur.workflow.engine.prepare import check_brought
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import cleaned
from alur.workflow.errors import CaseOver, DateMissing, FieldMissing, Unknown
from alur.workflow.events import DeadlineSet, Event, InvitationAnswered, MeetingScheduled
from alur.workflow.sop import TaskKind


def close_meeting(s: Situation, act: CloseMeeting) -> tuple[Event, ...]:
    task, actor = s.deciding(act, TaskKind.CONVENE)
    if s.case.meeting(task.step) is None:
        raise DateMissing(step=task.step)
    check_brought(s, task)
    return (close(s, task, actor, Outcome.MET), *forward(s, task))


def schedulers(s: Situation, step: int) -> tuple[str, ...]:
    """The roles that may date the step's meeting: those of the step that sets it, or of a meeting that waits for an
    outside party: its holder, his helpers and the party itself.
    """
    roles = [task.role for item in s.sop.steps for task in item.tasks if task.schedules == step]
    own = s.sop.step(step).tasks[0]
    if own.waits_for:
        roles += [own.role, *own.helpers, own.waits_for]
    return tuple(dict.fromkeys(roles))


def schedule_meeting(s: Situation, act: ScheduleMeeting) -> tuple[Event, ...]:
    """Sets or corrects a meeting's date; past dates too. One that invites people is dated while the task that issues
    the invitation is open; one that waits for an outside party at any time until it is held.
    """
    if not 1 <= act.step <= len(s.sop.steps) or s.sop.step(act.step).tasks[0].kind is not TaskKind.CONVENE:
        raise Unknown(subject=f"{s.case.code}.{act.step}")
    actor = s.actor(act.by, schedulers(s, act.step))
    check_may_be_dated(s, act.step)
    place = cleaned(act.place)
    if place is None:
        raise FieldMissing(field="place")
    before = s.case.meeting(act.step)
    meeting = Meeting(
        step=act.step,
        starts=act.starts,
        place=place,
        by=actor,
        at=s.at,
        sequence=before.sequence + 1 if before else 0,
    )
    held = s.case.open_task
    if held is None or held.step != act.step:
        _limit(s, meeting, landed_at=s.at)  # not needed yet, but it must be possible to count it when the step comes
        return (MeetingScheduled(meeting=meeting),)
    due = _limit(s, meeting, landed_at=held.landed_at)
    return (MeetingScheduled(meeting=meeting), DeadlineSet(task=held.id, due=due))


def _limit(s: Situation, meeting: Meeting, *, landed_at: datetime) -> datetime:
    """A date of which the calendar knows nothing is a slip of the finger, and is asked for again."""
    try:
        return meeting_due(s, meeting, landed_at=landed_at)
    except CalendarNotCovered as error:
        raise FieldMissing(field="date") from error


def check_may_be_dated(s: Situation, step: int) -> None:
    if s.case.finished_at:
        raise CaseOver(code=s.case.code)
    if s.sop.step(step).tasks[0].waits_for:
        last = next((task for task in reversed(s.case.tasks) if task.step == step), None)
    else:
        last = next((task for task in reversed(s.case.tasks) if s.definition(task).schedules == step), None)
        if last is None:
            raise Unknown(subject=f"{s.case.code}.{step}")
    if last is not None:
        s.open_task(last.id)


def answer_invitation(s: Situation, act: AnswerInvitation) -> tuple[Event, ...]:
    """Hadir, Tidak Hadir or Diwakili; may be changed until the meeting is closed."""
    task = s.case.task(act.task)
    if task is None or task.kind is not TaskKind.CONVENE:
        raise Unknown(subject=f"{s.case.code}.{act.task}")
    participants = s.definition(task).participants
    if not participants:
        raise Unknown(subject=f"{s.case.code}.{act.task}")
    actor = s.actor(act.by, participants)
    s.open_task(task.id)
    if s.case.meeting(task.step) is None:
        raise DateMissing(step=task.step)
    representative = cleaned(act.representative)
    if act.attendance is Attendance.REPRESENTED and representative is None:
        raise FieldMissing(field="representative")
    answer = InvitationAnswer(
        by=actor,
        attendance=act.attendance,
        representative=representative if act.attendance is Attendance.REPRESENTED else None,
        at=s.at,
    )
    return (InvitationAnswered(step=task.step, answer=answer),)
