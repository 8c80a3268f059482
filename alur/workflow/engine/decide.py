"""`decide(sop, case, act, at, office)` is the whole of the rules: pure, without I/O or clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alur.workflow import acts
from alur.workflow.case import Case
from alur.workflow.engine.archive import archive, record_nadine
from alur.workflow.engine.convene import (
    answer_invitation,
    cancel_meeting,
    close_meeting,
    record_attendance,
    schedule_meeting,
)
from alur.workflow.engine.direct import direct
from alur.workflow.engine.dispose import dispose
from alur.workflow.engine.documents import upload, withdraw
from alur.workflow.engine.handing import hand_over
from alur.workflow.engine.opening import open_case
from alur.workflow.engine.prepare import submit
from alur.workflow.engine.questions import answer_question, ask
from alur.workflow.engine.review import approve, return_work
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.time_given import grant_days, nudge_desk, recount, report_obstacle
from alur.workflow.errors import Refusal, Unknown
from alur.workflow.events import Event
from alur.workflow.people import Office
from alur.workflow.sop import Sop

TRANSITIONS: dict[type[acts.Act], Callable[[Situation, Any], tuple[Event, ...]]] = {
    # act                  kind of task              leads to
    acts.Dispose: dispose,  # dispose                the next desk
    acts.Submit: submit,  # prepare                  the next desk
    acts.Approve: approve,  # review                 its products, the next desk
    acts.ReturnWork: return_work,  # review          an earlier step, once more
    acts.CloseMeeting: close_meeting,  # convene     the next desk
    acts.Direct: direct,  # direct                   the next desk
    acts.Archive: archive,  # archive                the end
    acts.Upload: upload,  # any                      a version
    acts.Withdraw: withdraw,  # prepare, convene     a version less
    acts.ScheduleMeeting: schedule_meeting,  # any   a date, and the limit that follows from it
    acts.AnswerInvitation: answer_invitation,  # convene
    acts.RecordNadine: record_nadine,  # any, after the approval
    acts.Ask: ask,  # any
    acts.AnswerQuestion: answer_question,  # any
    acts.CancelMeeting: cancel_meeting,  # convene   the clock stands still
    acts.RecordAttendance: record_attendance,  # convene
    acts.ReportObstacle: report_obstacle,  # any
    acts.GrantDays: grant_days,  # any               a later limit
    acts.NudgeDesk: nudge_desk,  # any
    acts.HandOver: hand_over,  # any
    acts.Recount: recount,  # any                    the limit by a changed calendar
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Events, or a refusal; never both."""

    events: tuple[Event, ...] = ()
    refusal: Refusal | None = None


def decide(
    sop: Sop, case: Case, act: acts.AnyAct, at: datetime, office: Office, *, now: datetime | None = None
) -> Decision:
    """What `act`, received `at`, leads to. `now` is when it is applied (default: at once)."""
    situation = Situation(sop=sop, case=case, at=at, now=now or at, office=office)
    transition = TRANSITIONS.get(type(act))
    try:
        if transition is None:
            raise Unknown(subject=act.act)
        return Decision(events=transition(situation, act))
    except Refusal as refusal:
        return Decision(refusal=refusal)


def begin(
    sop: Sop, sop_hash: str, act: acts.OpenCase, at: datetime, office: Office, *, now: datetime | None = None
) -> Decision:
    """The same for the act that opens a case."""
    try:
        return Decision(events=open_case(sop, sop_hash, act, at, now or at, office))
    except Refusal as refusal:
        return Decision(refusal=refusal)
