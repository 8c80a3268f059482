"""What people do, in the imperative. An act says who did what to which subject at which revision, and is believed
in nothing: the engine checks all of it.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from alur.workflow.case import ArchiveFields, Attendance, FileRef
from alur.workflow.model import Value


class Act(Value):
    by: int  # the member


class OpenCase(Act):
    act: Literal["open_case"] = "open_case"
    period: str
    letter_number: str
    letter_date: date
    file: FileRef


class TaskAct(Act):
    task: int


class Deciding(TaskAct):
    """An act that decides over what was shown: it holds only at the revision that its button carried."""

    revision: int


class Dispose(Deciding):
    act: Literal["dispose"] = "dispose"
    ticks: tuple[str, ...] = ()
    text: str | None = None


class Submit(Deciding):
    act: Literal["submit"] = "submit"
    note: str | None = None


class Approve(Deciding):
    act: Literal["approve"] = "approve"
    ticks: tuple[str, ...] = ()
    text: str | None = None


class ReturnWork(Deciding):
    act: Literal["return"] = "return"
    documents: tuple[str, ...] = ()  # none means all
    reason: str | None = None
    file: FileRef | None = None


class CloseMeeting(Deciding):
    act: Literal["close_meeting"] = "close_meeting"


class Direct(Deciding):
    act: Literal["direct"] = "direct"
    ticks: tuple[str, ...] = ()
    text: str | None = None


class Archive(Deciding):
    act: Literal["archive"] = "archive"
    fields: ArchiveFields


class Upload(Act):
    act: Literal["upload"] = "upload"
    document: str
    file: FileRef
    unit: str | None = None
    signed: bool = False


class Withdraw(Act):
    act: Literal["withdraw"] = "withdraw"
    version: int


class ScheduleMeeting(Act):
    act: Literal["schedule_meeting"] = "schedule_meeting"
    step: int
    starts: AwareDatetime
    place: str
    file: FileRef | None = None  # the new invitation, where one was sent before


class CancelMeeting(TaskAct):
    act: Literal["cancel_meeting"] = "cancel_meeting"


class RecordAttendance(TaskAct):
    act: Literal["record_attendance"] = "record_attendance"
    units: tuple[str, ...]


class AnswerInvitation(TaskAct):
    act: Literal["answer_invitation"] = "answer_invitation"
    attendance: Attendance
    representative: str | None = None


class RecordNadine(Act):
    act: Literal["record_nadine"] = "record_nadine"
    document: str
    number: str


class Ask(TaskAct):
    act: Literal["ask"] = "ask"
    to_role: str
    text: str


class AnswerQuestion(Act):
    act: Literal["answer_question"] = "answer_question"
    question: int
    text: str


class ReportObstacle(TaskAct):
    act: Literal["report_obstacle"] = "report_obstacle"
    reason: str
    days: int | None = None  # who has no superior grants them himself


class GrantDays(Act):
    act: Literal["grant_days"] = "grant_days"
    obstacle: int
    days: int


class NudgeDesk(TaskAct):
    act: Literal["nudge_desk"] = "nudge_desk"


class HandOver(TaskAct):
    act: Literal["hand_over"] = "hand_over"
    to: int  # the member whom Telegram does not reach


class Recount(TaskAct):
    """The clock's own act: the calendar has changed, and the limit is counted anew."""

    act: Literal["recount"] = "recount"


AnyAct = Annotated[
    OpenCase
    | Dispose
    | Submit
    | Approve
    | ReturnWork
    | CloseMeeting
    | Direct
    | Archive
    | Upload
    | Withdraw
    | ScheduleMeeting
    | AnswerInvitation
    | RecordNadine
    | Ask
    | AnswerQuestion
    | CancelMeeting
    | RecordAttendance
    | ReportObstacle
    | GrantDays
    | NudgeDesk
    | HandOver
    | Recount,
    Field(discriminator="act"),
]
