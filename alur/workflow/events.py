"""What happened, in the past tense. Events carry everything that was computed (deadlines too), so that a replay needs
neither calendar nor SOP.
"""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, TypeAdapter

from alur.workflow.case import (
    ArchiveFields,
    Closing,
    Grant,
    InvitationAnswer,
    Letter,
    Meeting,
    Nudge,
    Obstacle,
    Question,
    Return,
    Version,
)
from alur.workflow.model import Value
from alur.workflow.people import Actor
from alur.workflow.sop import TaskKind


class CaseOpened(Value):
    event: Literal["case_opened"] = "case_opened"
    code: str
    sop: str
    sop_hash: str
    period: str
    letter: Letter
    way: int | None = None  # the step that was chosen to begin with, where the SOP offers several
    by: Actor
    at: AwareDatetime


class TaskOpened(Value):
    event: Literal["task_opened"] = "task_opened"
    task: int
    step: int
    index: int
    round: int
    role: str
    kind: TaskKind
    landed_at: AwareDatetime
    arrived_at: AwareDatetime | None = None  # when it was applied: when the desk's phone could know of it
    round_due: AwareDatetime | None
    due: AwareDatetime | None
    before: tuple[int, ...] | None = None  # None: of a build by which a case had one open task, and so the one before
    returns: tuple[int, ...] = ()


class TaskClosed(Value):
    event: Literal["task_closed"] = "task_closed"
    task: int
    closing: Closing


class WorkReturned(Value):
    event: Literal["work_returned"] = "work_returned"
    back: Return


class VersionAdded(Value):
    event: Literal["version_added"] = "version_added"
    version: Version
    use: Literal["letter", "output", "optional", "unit", "source", "replacement", "product", "signed"]
    touches: tuple[int, ...] = ()  # the tasks whose decision it changes: their revision moves
    beside: tuple[int, ...] = ()  # those that only show it, and bring papers of their own
    mover: int | None = None  # the member by whom; None: of a build by which a task did not keep that


class VersionWithdrawn(Value):
    event: Literal["version_withdrawn"] = "version_withdrawn"
    version: int
    by: Actor
    at: AwareDatetime
    touches: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    mover: int | None = None
    renumbered: tuple[tuple[int, int], ...] = ()  # version, its new number; none: of a build by which each kept its own


class MeetingScheduled(Value):
    event: Literal["meeting_scheduled"] = "meeting_scheduled"
    meeting: Meeting


class MeetingCancelled(Value):
    event: Literal["meeting_cancelled"] = "meeting_cancelled"
    step: int
    by: Actor
    at: AwareDatetime


class AttendanceRecorded(Value):
    event: Literal["attendance_recorded"] = "attendance_recorded"
    step: int
    units: tuple[str, ...]
    by: Actor
    at: AwareDatetime


class DeadlineSet(Value):
    event: Literal["deadline_set"] = "deadline_set"
    task: int
    due: AwareDatetime | None  # None: the clock stands still until a meeting has its date again
    round_due: AwareDatetime | None
    because: Literal["meeting", "calendar"] = "meeting"


class ObstacleReported(Value):
    event: Literal["obstacle_reported"] = "obstacle_reported"
    obstacle: Obstacle


class DaysGranted(Value):
    event: Literal["days_granted"] = "days_granted"
    obstacle: int
    task: int
    grant: Grant
    due: AwareDatetime
    round_due: AwareDatetime


class DeskNudged(Value):
    event: Literal["desk_nudged"] = "desk_nudged"
    task: int
    nudge: Nudge


class InvitationAnswered(Value):
    event: Literal["invitation_answered"] = "invitation_answered"
    step: int
    answer: InvitationAnswer


class QuestionAsked(Value):
    event: Literal["question_asked"] = "question_asked"
    question: Question


class QuestionAnswered(Value):
    event: Literal["question_answered"] = "question_answered"
    question: int
    answer: str
    by: Actor
    at: AwareDatetime


class CardHandedOver(Value):
    """A card's text reached its person by hand: a member, or whoever was invited and has not joined. Nothing of the case
    depends on it.
    """

    event: Literal["card_handed_over"] = "card_handed_over"
    task: int
    to: int | None = None
    invitation: int | None = None
    by: Actor
    at: AwareDatetime


class NadineRecorded(Value):
    event: Literal["nadine_recorded"] = "nadine_recorded"
    document: str
    number: str
    by: Actor
    at: AwareDatetime
    late: bool = False  # after archiving: "susulan"


class CaseFinished(Value):
    event: Literal["case_finished"] = "case_finished"
    archive: ArchiveFields
    at: AwareDatetime


Event = Annotated[
    CaseOpened
    | TaskOpened
    | TaskClosed
    | WorkReturned
    | VersionAdded
    | VersionWithdrawn
    | MeetingScheduled
    | MeetingCancelled
    | AttendanceRecorded
    | DeadlineSet
    | ObstacleReported
    | DaysGranted
    | DeskNudged
    | InvitationAnswered
    | QuestionAsked
    | QuestionAnswered
    | CardHandedOver
    | NadineRecorded
    | CaseFinished,
    Field(discriminator="event"),
]

EVENTS: TypeAdapter[tuple[Event, ...]] = TypeAdapter(tuple[Event, ...])
