"""convene: a meeting is dated, people are invited and answer, and it closes with its papers."""

from dataclasses import replace

from alur.workflow.acts import AnswerInvitation, CancelMeeting, CloseMeeting, RecordAttendance, ScheduleMeeting
from alur.workflow.apply import replay
from alur.workflow.calendar import CalendarNotCovered
from alur.workflow.case import Attendance, InvitationAnswer, Meeting, Outcome, Version
from alur.workflow.engine.advance import close, forward
from alur.workflow.engine.deadlines import meeting_due, present_limits
from alur.workflow.engine.prepare import check_brought
from alur.workflow.engine.review import count_of
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import cleaned
from alur.workflow.errors import CaseOver, DateMissing, DocumentsMissing, FieldMissing, Unknown
from alur.workflow.events import (
    AttendanceRecorded,
    DeadlineSet,
    Event,
    InvitationAnswered,
    MeetingCancelled,
    MeetingScheduled,
    VersionAdded,
)
from alur.workflow.people import Actor
from alur.workflow.sop import TaskKind


def close_meeting(s: Situation, act: CloseMeeting) -> tuple[Event, ...]:
    task, actor = s.deciding(act, TaskKind.CONVENE)
    if s.case.meeting(task.step) is None:
        raise DateMissing(step=task.step)
    check_brought(s, task)
    return (close(s, task, actor, Outcome.MET), *forward(s, task))


def schedulers(s: Situation, step: int) -> tuple[str, ...]:
    """The roles that may date the step's meeting: those of the step that sets it; of one that waits for an outside
    party, and of one that has been called, its holder, his helpers and that party.
    """
    roles = [task.role for item in s.sop.steps for task in item.tasks if task.schedules == step]
    own = s.sop.step(step).tasks[0]
    if own.waits_for or s.case.round(step):
        roles += [own.role, *own.helpers, *filter(None, (own.waits_for,))]
    return tuple(dict.fromkeys(roles))


def schedule_meeting(s: Situation, act: ScheduleMeeting) -> tuple[Event, ...]:
    """Sets or changes a meeting's date; past dates too. A meeting that invites people is dated while the task that issues
    the invitation is open or the meeting has not been closed; one that waits for an outside party at any time before.
    """
    if not 1 <= act.step <= len(s.sop.steps) or s.sop.step(act.step).tasks[0].kind is not TaskKind.CONVENE:
        raise Unknown(subject=f"{s.case.code}.{act.step}")
    actor = s.actor(act.by, schedulers(s, act.step))
    check_may_be_dated(s, act.step)
    place = cleaned(act.place)
    if place is None:
        raise FieldMissing(field="place")
    before = s.case.last_meeting(act.step)
    renewed = _renewed_invitation(s, act, actor)
    if renewed is None and needs_invitation(s, act.step):
        raise DocumentsMissing(documents=(invitation_of(s, act.step),))
    meeting = Meeting(
        step=act.step,
        starts=act.starts,
        place=place,
        by=actor,
        at=s.at,
        sequence=before.sequence + 1 if before else 0,
    )
    _check_countable(s, meeting)
    scheduled = (MeetingScheduled(meeting=meeting), *((renewed,) if renewed else ()))
    return (*scheduled, *_deadline(s, act.step, scheduled))


def cancel_meeting(s: Situation, act: CancelMeeting) -> tuple[Event, ...]:
    """*Batalkan Rapat*: the step stands without a date, its clock stopped, until a new one is set."""
    task = s.open_task(act.task, TaskKind.CONVENE)
    actor = s.actor(act.by, (task.role, *s.definition(task).helpers))
    if s.case.meeting(task.step) is None:
        raise DateMissing(step=task.step)
    cancelled = MeetingCancelled(step=task.step, by=actor, at=s.at)
    return (cancelled, DeadlineSet(task=task.id, due=None, round_due=None))


def record_attendance(s: Situation, act: RecordAttendance) -> tuple[Event, ...]:
    """Which units came, ticked by the desk of the meeting."""
    task = s.open_task(act.task, TaskKind.CONVENE)
    definition = s.definition(task)
    actor = s.actor(act.by, (task.role, *definition.helpers))
    if not definition.participants:
        raise Unknown(subject=f"{s.case.code}.{act.task}")
    if s.case.meeting(task.step) is None:
        raise DateMissing(step=task.step)
    if unknown := set(act.units) - set(s.office.units):
        raise Unknown(subject=min(unknown))
    units = tuple(unit for unit in s.office.units if unit in act.units)
    return (AttendanceRecorded(step=task.step, units=units, by=actor, at=s.at),)


def check_may_be_dated(s: Situation, step: int) -> None:
    if s.case.finished_at:
        raise CaseOver(code=s.case.code)
    held = next((task for task in reversed(s.case.tasks) if task.step == step), None)
    if held is None and s.sop.step(step).tasks[0].waits_for:
        return
    setting = next((task for task in reversed(s.case.tasks) if s.definition(task).schedules == step), None)
    last = held or setting
    if last is None:
        raise Unknown(subject=f"{s.case.code}.{step}")
    s.open_task(last.id)


def invitation_of(s: Situation, step: int) -> str:
    """The document by which people are invited to the step's meeting: what it sends, of what was uploaded to call it."""
    sends = s.sop.step(step).tasks[0].sends
    made = [item for other in s.sop.steps for task in other.tasks if task.schedules == step for item in other.uploads]
    return next((document for document in sends if document in made), "")


def needs_invitation(s: Situation, step: int) -> bool:
    """After a cancelled meeting a new date comes with a new invitation, where people were invited."""
    last = s.case.last_meeting(step)
    document = invitation_of(s, step)
    if last is None or last.cancelled_at is None or not document:
        return False
    version = s.case.newest(document)
    return version is None or version.at <= last.cancelled_at


def _check_countable(s: Situation, meeting: Meeting) -> None:
    """A date of which the calendar knows nothing is a slip of the finger, and is asked for again."""
    try:
        meeting_due(s, meeting, landed_at=s.at)
    except CalendarNotCovered as error:
        raise FieldMissing(field="date") from error


def _renewed_invitation(s: Situation, act: ScheduleMeeting, actor: Actor) -> VersionAdded | None:
    document = invitation_of(s, act.step)
    before = s.case.newest(document) if document else None
    if act.file is None or before is None or s.case.round(act.step) is None:
        return None
    version = Version(
        id=len(s.case.versions) + 1,
        document=document,
        number=count_of(s.case, document) + 1,
        file=act.file,
        by=actor,
        at=s.at,
        step=before.step,
        task=before.task,
    )
    return VersionAdded(version=version, use="replacement")


def _deadline(s: Situation, step: int, scheduled: tuple[Event, ...]) -> tuple[DeadlineSet, ...]:
    """The limit of the meeting's task, if it is open: counted from its date, grants included."""
    task = s.case.open_task
    if task is None or task.step != step:
        return ()
    after = replace(s, case=replay(scheduled, s.case))
    found = present_limits(after, task)
    return (DeadlineSet(task=task.id, due=found.of_task, round_due=found.of_round),)


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
