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
from alur.workflow.mending import Assignment, Cancellation, Pause, Suspension
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


class DecisionReleased(Value):
    """What was held is handed on: what follows from it stands beside, as of then."""

    event: Literal["decision_released"] = "decision_released"
    task: int
    at: AwareDatetime


class DecisionWithdrawn(Value):
    """What was held was taken back by its maker: the task is open again, and nothing was handed on."""

    event: Literal["decision_withdrawn"] = "decision_withdrawn"
    task: int
    by: Actor
    at: AwareDatetime


class TaskAssigned(Value):
    """The task is one holder's alone; None: every holder's again."""

    event: Literal["task_assigned"] = "task_assigned"
    task: int
    assignment: Assignment | None
    by: Actor
    at: AwareDatetime


class WorkReturned(Value):
    event: Literal["work_returned"] = "work_returned"
    back: Return


class VersionAdded(Value):
    event: Literal["version_added"] = "version_added"
    version: Version
    use: Literal[
        "letter", "output", "optional", "unit", "source", "replacement", "product", "signed", "correction", "sheet"
    ]
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
    was: tuple[str, ...] | None = None  # what stood there, where it is corrected
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


class GrantWithdrawn(Value):
    """Granted days are taken back: the limit is again what it was without them."""

    event: Literal["grant_withdrawn"] = "grant_withdrawn"
    obstacle: int
    task: int
    grant: Grant
    due: AwareDatetime | None
    round_due: AwareDatetime | None
    by: Actor
    at: AwareDatetime


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


class QuestionWithdrawn(Value):
    event: Literal["question_withdrawn"] = "question_withdrawn"
    question: int
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
    was: str | None = None  # what stood there, where it is corrected
    by: Actor
    at: AwareDatetime
    late: bool = False  # after archiving: "susulan"


class CaseFinished(Value):
    event: Literal["case_finished"] = "case_finished"
    archive: ArchiveFields
    at: AwareDatetime


class LetterCorrected(Value):
    """Its number, or its date; another file is a version."""

    event: Literal["letter_corrected"] = "letter_corrected"
    letter: Letter
    was: Letter
    by: Actor
    at: AwareDatetime


class ArchiveCorrected(Value):
    event: Literal["archive_corrected"] = "archive_corrected"
    archive: ArchiveFields
    was: ArchiveFields
    by: Actor
    at: AwareDatetime


class CaseSuspended(Value):
    event: Literal["case_suspended"] = "case_suspended"
    suspension: Suspension


class NewLimit(Value):
    """The limit of a task after its case stood still."""

    task: int
    due: AwareDatetime | None
    round_due: AwareDatetime | None


class CaseResumed(Value):
    event: Literal["case_resumed"] = "case_resumed"
    by: Actor
    at: AwareDatetime
    pause: Pause
    limits: tuple[NewLimit, ...]  # of every open task


class CaseCancelled(Value):
    event: Literal["case_cancelled"] = "case_cancelled"
    cancellation: Cancellation


class StepReopened(Value):
    """An earlier step is to be done again, outside of the SOP's course: also in a case that was finished."""

    event: Literal["step_reopened"] = "step_reopened"
    back: Return


Event = Annotated[
    CaseOpened
    | TaskOpened
    | TaskClosed
    | DecisionReleased
    | DecisionWithdrawn
    | TaskAssigned
    | WorkReturned
    | VersionAdded
    | VersionWithdrawn
    | MeetingScheduled
    | MeetingCancelled
    | AttendanceRecorded
    | DeadlineSet
    | ObstacleReported
    | DaysGranted
    | GrantWithdrawn
    | DeskNudged
    | InvitationAnswered
    | QuestionAsked
    | QuestionAnswered
    | QuestionWithdrawn
    | CardHandedOver
    | NadineRecorded
    | LetterCorrected
    | ArchiveCorrected
    | CaseFinished
    | CaseSuspended
    | CaseResumed
    | CaseCancelled
    | StepReopened,
    Field(discriminator="event"),
]

EVENTS: TypeAdapter[tuple[Event, ...]] = TypeAdapter(tuple[Event, ...])
