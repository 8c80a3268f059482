"""*Jadwalkan Rapat*, *Ubah Jadwal*: sets or changes a meeting's date; past dates too."""

from dataclasses import replace
from datetime import tzinfo
from typing import Literal

from pydantic import AwareDatetime

from alur.workflow.apply import replay
from alur.workflow.calendar import CalendarNotCovered
from alur.workflow.case import Earlier, Meeting, Version
from alur.workflow.engine.deadlines import meeting_due, present_limits
from alur.workflow.engine.meetings import (
    check_may_be_dated,
    check_renewed,
    dated_by,
    invitation_of,
    meeting_fields,
    needs_invitation,
    schedulers,
)
from alur.workflow.engine.rule import Act, Row, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.versions import next_number
from alur.workflow.engine.words import cleaned
from alur.workflow.errors import DocumentsMissing, FieldMissing, Unknown
from alur.workflow.events import DeadlineSet, Event, MeetingScheduled, VersionAdded
from alur.workflow.files import FileRef
from alur.workflow.forms import Form, file_of, starts_of
from alur.workflow.people import Actor
from alur.workflow.presses import On, known


class ScheduleMeeting(Act):
    act: Literal["schedule_meeting"] = "schedule_meeting"
    step: int
    starts: AwareDatetime
    place: str
    file: FileRef | None = None  # the new invitation, where one was sent before


class ScheduleRule(Rule[ScheduleMeeting]):
    """From a card of the task that issues the invitation, or of the meeting; before its step has come, the button names
    the step.
    """

    act, name, names, row = ScheduleMeeting, "schedule", ("step",), Row.DATE
    asks = True
    answer = "meeting_dated"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        step = _step(s, on)
        roles = schedulers(s, step) or ("",)
        dates = next((task for task in s.case.open_tasks if dated_by(s, task) == step), None)
        actor = s.actor(member, roles) if dates is None else s.actor_at(dates, member, roles)
        if on.task is not None and not s.case.comes_again(step):
            s.open_task(on.task)
        check_may_be_dated(s, step)
        return actor

    def label(self, s: Situation, on: On) -> str:
        return "reschedule" if s.case.meeting(_step(s, on)) else self.name

    def form(self, s: Situation, member: int, on: On) -> Form:
        step = _step(s, on)
        return self.asking(s, on, step=step, fields=meeting_fields(s, step))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> ScheduleMeeting:
        form = known(form, "form")
        return ScheduleMeeting(
            by=member,
            step=known(form.step, "step"),
            starts=starts_of(form, zone),
            place=form.answers["place"],
            file=file_of(form, "invitation"),
        )

    def decide(self, s: Situation, act: ScheduleMeeting) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(step=act.step))
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
            during=tuple((task.id, task.revision) for task in s.case.open_tasks if dated_by(s, task) == act.step),
            sequence=before.sequence + 1 if before else 0,
            was=Earlier(starts=before.starts, place=before.place) if before else None,
        )
        _check_countable(s, meeting)
        scheduled = (MeetingScheduled(meeting=meeting), *((renewed,) if renewed else ()))
        return (*scheduled, *_deadline(s, act.step, scheduled))


def _step(s: Situation, on: On) -> int:
    """The step whose meeting is meant. Raises `Unknown` where there is none such."""
    step = on.step if on.task is None else dated_by(s, s.task(on.task))
    if step is None or not s.is_meeting(step):
        raise Unknown(subject=f"{s.case.code}.{on.step if on.task is None else on.task}")
    return step


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
    check_renewed(s, act.step, act.file)
    version = Version(
        id=len(s.case.versions) + 1,
        document=document,
        number=next_number(s.case, document),
        file=act.file,
        by=actor,
        at=s.at,
        step=before.step,
        task=before.task,
        replaces=before.id,
    )
    beside = s.shown_beside(document, step=before.step)
    return VersionAdded(version=version, use="replacement", beside=beside, mover=act.by)


def _deadline(s: Situation, step: int, scheduled: tuple[Event, ...]) -> tuple[DeadlineSet, ...]:
    """The limit of the meeting's task, if it is open: counted from its date, grants included."""
    task = next((item for item in s.case.open_tasks if item.step == step), None)
    if task is None:
        return ()
    found = present_limits(replace(s, case=replay(scheduled, s.case)), task)
    return (DeadlineSet(task=task.id, due=found.of_task, round_due=found.of_round),)
