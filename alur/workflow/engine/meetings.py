"""Meetings: who may date one and until when, its invitation, and what a form about its date asks."""

from alur.workflow.case import Meeting, Task
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.standing import Standing
from alur.workflow.engine.versions import same_file
from alur.workflow.errors import CaseOver, Unknown
from alur.workflow.files import FileRef
from alur.workflow.forms import Field
from alur.workflow.offers import days_ahead, hours
from alur.workflow.sop import Sop, TaskKind


def schedulers(s: Situation, step: int) -> tuple[str, ...]:
    """The roles that may date the step's meeting: those of the step that sets it; of one that waits for an outside
    party, and of one that has been called, its holder, his helpers and that party.
    """
    roles = [task.role for item in s.sop.steps for task in item.tasks if task.schedules == step]
    own = s.sop.step(step).tasks[0]
    if own.waits_for or s.case.round(step):
        roles += [own.role, *own.helpers, *filter(None, (own.waits_for,))]
    return tuple(dict.fromkeys(roles))


def check_may_be_dated(s: Situation, step: int) -> None:
    """A meeting that invites people is dated while the task that issues the invitation is open or the meeting has not been
    closed; one that waits for an outside party, or whose step comes again, at any time before.
    """
    if s.case.finished_at:
        raise CaseOver(code=s.case.code)
    if step in s.case.skipped:
        raise Unknown(subject=f"{s.case.code}.{step}")  # a way went past it
    if s.case.comes_again(step):
        return
    held = next((task for task in reversed(s.case.tasks) if task.step == step), None)
    if held is None and s.sop.step(step).tasks[0].waits_for:
        return
    setting = next((task for task in reversed(s.case.tasks) if s.definition(task).schedules == step), None)
    last = held or setting
    if last is None:
        raise Unknown(subject=f"{s.case.code}.{step}")
    s.open_task(last.id)


def standing_ahead(s: Situation, step: int) -> Meeting | None:
    """The meeting that stands as dated though its step comes only later: an earlier one was opened again."""
    meeting = s.case.meeting(step) if s.case.comes_again(step) and not s.case.finished_at else None
    return meeting if meeting is not None and meeting.starts > s.now else None


def dated_by(s: Situation, task: Task) -> int | None:
    """The step whose meeting is dated from a card of the task; None where none is."""
    return task.step if s.is_meeting(task.step) else s.definition(task).schedules


def in_calendars(s: Situation, task: Task, own: Standing) -> Meeting | None:
    """The meeting whose calendar file goes with a card of the task, also a cancelled one, to be taken out again; None where
    the reader takes no part, and once it has begun.
    """
    meeting = s.case.last_meeting(task.step) if task.kind is TaskKind.CONVENE else None
    if (
        meeting is None
        or own in (Standing.OUTSIDE, Standing.ABSENT, Standing.COLLEAGUE, Standing.ONLOOKER)
        or meeting.starts <= s.now
    ):
        return None
    return meeting


def invitation_of(s: Situation, step: int) -> str:
    return sent_out(s.sop, step)


def sent_out(sop: Sop, step: int) -> str:
    """The document by which people are invited to the step's meeting: what it sends, of what was uploaded to call it."""
    sends = sop.step(step).tasks[0].sends
    made = [item for other in sop.steps for task in other.tasks if task.schedules == step for item in other.uploads]
    return next((document for document in sends if document in made), "")


def needs_invitation(s: Situation, step: int) -> bool:
    """After a cancelled meeting a new date comes with a new invitation, where people were invited."""
    last = s.case.last_meeting(step)
    document = invitation_of(s, step)
    if last is None or last.cancelled_at is None or not document:
        return False
    version = s.case.newest(document)
    return version is None or version.at <= last.cancelled_at


def check_renewed(s: Situation, step: int, file: FileRef) -> None:
    """Raises `SameFile` where what is sent as the new invitation is the one that was sent out."""
    document = invitation_of(s, step)
    before = s.case.newest(document) if document else None
    if before is not None and before.file.sha256 == file.sha256:
        raise same_file(s, before)


def meeting_fields(s: Situation, step: int) -> tuple[Field, ...]:
    """Date, time and place; and the new invitation, where one was sent out before."""
    calendar, set_before = s.office.calendar, s.case.meeting(step)
    starts = set_before.starts.astimezone(calendar.zone) if set_before else None
    days = days_ahead(calendar, s.now, also=starts.date() if starts else None)
    fields = (
        Field(name="date", kind="date", options=days),
        Field(name="time", kind="time", options=hours(also=starts.time() if starts else None)),
        Field(name="place", kind="text"),
    )
    if s.case.round(step) is None or not invitation_of(s, step):
        return fields
    return (*fields, Field(name="invitation", kind="file", optional=not needs_invitation(s, step)))
