"""*Daftar Hadir*: which units came to a meeting, ticked by its desk."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.engine.rule import Row, Rule, TaskAct
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import DateMissing, Unknown
from alur.workflow.events import AttendanceRecorded, Event
from alur.workflow.forms import Field, Form, Option
from alur.workflow.people import Actor
from alur.workflow.presses import On, known
from alur.workflow.sop import TaskKind


class RecordAttendance(TaskAct):
    act: Literal["record_attendance"] = "record_attendance"
    units: tuple[str, ...]


class AttendanceRule(Rule[RecordAttendance]):
    act, name, row = RecordAttendance, "attendance", Row.KEEP
    asks = True
    answer = "attendance_recorded"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        task = s.open_task(on.task, TaskKind.CONVENE)
        actor = s.actor(member, s.desk(task))
        if not s.definition(task).participants or not s.office.units:
            raise Unknown(subject=f"{s.case.code}.{task.id}")
        if s.case.meeting(task.step) is None:
            raise DateMissing(step=task.step)
        return actor

    def form(self, s: Situation, member: int, on: On) -> Form:
        options = tuple(Option(value=unit, label=unit) for unit in s.office.units)
        meeting = s.case.meeting(s.task(on.task).step)
        fields = (Field(name="units", kind="ticks", options=options, inline=True),)
        return self.asking(s, on, fields=fields, answers={"units": list(meeting.attended) if meeting else []})

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> RecordAttendance:
        units = known(form, "form").answers.get("units", ())
        return RecordAttendance(by=member, task=known(on.task, "task"), units=tuple(units))

    def decide(self, s: Situation, act: RecordAttendance) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(task=act.task))
        if unknown := set(act.units) - set(s.office.units):
            raise Unknown(subject=min(unknown))
        units = tuple(unit for unit in s.office.units if unit in act.units)
        return (AttendanceRecorded(step=s.task(act.task).step, units=units, by=actor, at=s.at),)
