"""*Daftar Hadir*: which units came to a meeting, ticked by its desk."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.engine.rule import Row, Rule, TaskAct
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import DateMissing, NobodyCame, NotBegun, Unknown
from alur.workflow.events import AttendanceRecorded, Event
from alur.workflow.forms import Field, Form, Option
from alur.workflow.people import Actor
from alur.workflow.presses import On, known
from alur.workflow.sop import TaskKind


class RecordAttendance(TaskAct):
    act: Literal["record_attendance"] = "record_attendance"
    units: tuple[str, ...]
    nobody: bool = False  # that none came was said twice


class AttendanceRule(Rule[RecordAttendance]):
    act, name, row = RecordAttendance, "attendance", Row.MORE
    asks = True
    answer = "attendance_recorded"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        task = s.open_task(on.task, TaskKind.CONVENE)
        actor = s.actor_at(task, member, s.desk(task))
        if not s.definition(task).participants or not s.office.units:
            raise Unknown(subject=f"{s.case.code}.{task.id}")
        if s.case.meeting(task.step) is None:
            raise DateMissing(step=task.step)
        return actor

    def begin(self, s: Situation, member: int, on: On) -> Form:
        self.may(s, member, on)
        _check_begun(s, on.task)
        return self.form(s, member, on)

    def form(self, s: Situation, member: int, on: On) -> Form:
        options = tuple(Option(value=unit, label=unit) for unit in s.office.units)
        meeting = s.case.meeting(s.task(on.task).step)
        fields = (Field(name="units", kind="ticks", options=options, inline=True),)
        return self.asking(s, on, fields=fields, answers={"units": list(meeting.attended) if meeting else []})

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> RecordAttendance:
        form = known(form, "form")
        units = tuple(form.answers.get("units", ()))
        return RecordAttendance(by=member, task=known(on.task, "task"), units=units, nobody=form.is_doubted)

    def decide(self, s: Situation, act: RecordAttendance) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(task=act.task))
        _check_begun(s, act.task)
        if unknown := set(act.units) - set(s.office.units):
            raise Unknown(subject=min(unknown))
        if not act.units and not act.nobody:
            raise NobodyCame
        units = tuple(unit for unit in s.office.units if unit in act.units)
        return (AttendanceRecorded(step=s.task(act.task).step, units=units, by=actor, at=s.at),)


def _check_begun(s: Situation, task: int | None) -> None:
    """The button stands there before: no card changes by itself when a meeting begins."""
    meeting = s.case.meeting(s.task(task).step)
    if meeting is not None and meeting.starts > s.at:
        raise NotBegun(at=meeting.starts)
