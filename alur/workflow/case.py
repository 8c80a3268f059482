"""A case as one frozen value: what happened in one run of an SOP, and where it stands now.

Events alone make the next value (`alur.workflow.apply`); questions about it are answered here.
"""

import re
from datetime import date, datetime
from enum import StrEnum

from pydantic import AwareDatetime

from alur.workflow.files import FileRef
from alur.workflow.mending import Assignment, Cancellation, Corrected, Held, Paper, Pause, Suspension
from alur.workflow.model import Value
from alur.workflow.people import Actor
from alur.workflow.sop import TaskKind

UNIT_FILE = "unit_file"  # the document id of a file that was made for one unit
SHEET = "sheet"  # what begins the document id of a sheet on which a decision was taken: of which follows


def sheet_id(step: int, index: int, round_: int = 1) -> str:
    """Of each round another paper: what was decided before is not an older version of it."""
    return f"{SHEET}{step}.{index}" + (f".{round_}" if round_ > 1 else "")


class Version(Value):
    id: int  # within the case, from 1
    document: str
    number: (
        int  # the nth of its document (of its unit, and of its signed copies) in this case; 0: taken back, and unread
    )
    file: FileRef
    by: Actor
    at: AwareDatetime
    step: int
    task: int | None = None  # None: with the opening, or after its task
    unit: str | None = None
    source: int | None = None  # the version of which approval made it, same bytes
    signed: bool = False  # an attachment to an approved letter; decides nothing
    late: bool = False  # came after archiving: filed as "susulan"
    withdrawn: bool = False
    replaces: int | None = None  # the version that had been handed on before: replaced after *Ajukan*

    @property
    def sheet_of(self) -> tuple[int, int, int] | None:
        """The step, the place in it, and the round, whose decision was taken on this sheet; None for what is no such sheet."""
        found = re.fullmatch(rf"{SHEET}(\d+)\.(\d+)(?:\.(\d+))?", self.document)
        return (int(found[1]), int(found[2]), int(found[3] or 1)) if found else None


class Outcome(StrEnum):
    DISPOSED = "disposed"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"
    MET = "met"
    DIRECTED = "directed"
    ARCHIVED = "archived"
    ENDED = "ended"  # without a decision of its own: that of a task beside it was enough, or sent the work back
    REOPENED = "reopened"  # likewise: an earlier step was opened again
    CANCELLED = "cancelled"  # likewise, with its case

    @property
    def is_decision(self) -> bool:
        return self not in (Outcome.ENDED, Outcome.REOPENED, Outcome.CANCELLED)


class Closing(Value):
    outcome: Outcome
    by: Actor
    at: AwareDatetime
    ticks: tuple[str, ...] = ()
    text: str | None = None  # the free text of a disposition, direction or note
    decided: tuple[int, ...] = ()  # the versions that stood under the decision
    way: int | None = None  # the step that was chosen, where the SOP offers several
    ended_by: int | None = None  # the task whose decision ended this one
    paper: Paper | None = None  # taken on paper, and recorded here by another
    held: Held | None = None  # recorded, and not handed on yet

    @property
    def recorded_at(self) -> datetime:
        """When the office came to know of it: of one on paper later than it was taken."""
        return self.paper.at if self.paper is not None else self.at

    @property
    def recorded_by(self) -> Actor:
        return self.paper.by if self.paper is not None else self.by


class Grant(Value):
    """More working days for a task; a decision, and it kills no button."""

    days: int
    by: Actor
    at: AwareDatetime


Given = Grant | Pause  # what moves a task's limit


class Nudge(Value):
    by: Actor
    at: AwareDatetime


class Move(Value):
    """What came or went of the versions that a task's card shows: by whom and when, and at which revision the task was then.
    What came beside those under its decision has not moved that.
    """

    revision: int
    by: int  # the member
    at: AwareDatetime
    beside: bool = False


class Task(Value):
    id: int  # within the case, from 1, in order of opening
    step: int
    index: int  # which task of the step, from 0
    round: int  # the nth time that the step is done
    role: str
    kind: TaskKind
    landed_at: AwareDatetime
    arrived_at: AwareDatetime | None = None  # when the desk's phone could know of it; later after an outage
    due: AwareDatetime | None  # None while a meeting's date is not known
    revision: int = 1
    moves: tuple[Move, ...] = ()  # by which it came to that, and those beside; without what a build did not keep
    before: tuple[int, ...] = ()  # the tasks whose decisions led to it; none: the case began with it
    returns: tuple[int, ...] = ()  # why the step is done again, newest first
    closing: Closing | None = None
    grants: tuple[Grant, ...] = ()
    pauses: tuple[Pause, ...] = ()  # in which the case stood still
    nudges: tuple[Nudge, ...] = ()
    assigned: Assignment | None = None  # to one of its role's holders alone

    @property
    def is_open(self) -> bool:
        return self.closing is None

    @property
    def held(self) -> Held | None:
        """Its decision, while that is recorded and not handed on yet."""
        return self.closing.held if self.closing is not None else None

    @property
    def undecided(self) -> "Task":
        """The task as it was before it was decided: whoever had it before him sees what he saw."""
        return self.model_copy(update={"closing": None, "revision": self.revision - 1})

    @property
    def handed_to(self) -> int | None:
        """The member to whom alone it was handed, while it is open (*Alihkan Tugas*)."""
        return self.assigned.to.member if self.assigned is not None and self.is_open else None

    @property
    def given(self) -> tuple[Given, ...]:
        """What has moved its limit, in the order in which it came."""
        return tuple(sorted((*self.grants, *self.pauses), key=lambda item: item.at))


class Round(Value):
    step: int
    number: int
    landed_at: AwareDatetime
    due: AwareDatetime | None


class Return(Value):
    id: int
    task: int
    to_step: int
    documents: tuple[str, ...]  # the deficient ones
    by: Actor
    at: AwareDatetime
    reason: str | None
    file: FileRef | None = None  # a photo, file or voice note of the corrections
    paper: Paper | None = None  # returned on paper
    is_outside: bool = False  # *Buka Kembali Langkah*: no desk's return, and outside of the SOP's course


class Attendance(StrEnum):
    PRESENT = "present"
    ABSENT = "absent"
    REPRESENTED = "represented"


class InvitationAnswer(Value):
    by: Actor
    attendance: Attendance
    representative: str | None = None
    at: AwareDatetime


class Earlier(Value):
    """When and where a meeting was to be."""

    starts: AwareDatetime
    place: str


class Meeting(Value):
    step: int
    starts: AwareDatetime
    place: str
    by: Actor
    at: AwareDatetime  # when the date was entered
    during: tuple[tuple[int, int], ...] | None = None  # the open tasks that show it, at which revision; None: not kept
    sequence: int = 0  # how often it was changed
    was: Earlier | None = None  # before the last change; None: its first date, or of a build that did not keep it
    answers: tuple[InvitationAnswer, ...] = ()
    attended: tuple[str, ...] = ()  # the units that came, as ticked afterwards
    cancelled_at: AwareDatetime | None = None

    @property
    def has_moved(self) -> bool:
        """Whether its last change was one of date or place: it may have been the invitation alone."""
        is_other = self.was is None or (self.was.starts, self.was.place) != (self.starts, self.place)
        return self.sequence > 0 and is_other


class Question(Value):
    id: int
    task: int
    by: Actor
    to_role: str
    text: str
    at: AwareDatetime
    answer: str | None = None
    answered_by: Actor | None = None
    answered_at: AwareDatetime | None = None
    withdrawn_at: AwareDatetime | None = None  # by whoever asked: it went to the wrong desk

    @property
    def is_open(self) -> bool:
        """Whether it still waits for an answer."""
        return self.answer is None and self.withdrawn_at is None


class Obstacle(Value):
    """Why a task is in trouble (*Ada Kendala*), and the days that were granted for it."""

    id: int
    task: int
    by: Actor
    at: AwareDatetime
    reason: str
    granted: Grant | None = None
    taken_back: Grant | None = None  # the last days that were granted and taken back before they began


class Letter(Value):
    number: str
    dated: date


class ArchiveFields(Value):
    """What Tata Usaha enters; from the description on it is filled in by the bot and may be changed, but for what the SOP asks."""

    letter_number: str
    classification: str
    file_number: str
    location: str
    description: str
    span: str
    quantity: str
    security: str = "Terbatas"
    retention: str = ""  # what is to be said of it in one text
    unit: str = ""  # that has worked on it ("unit pengolah")
    stage: str = ""  # of `alur.workflow.sop.STAGES`, as far as a paper is known to be nothing else
    active: str = ""  # how long by the retention schedule (JRA), while it is used and afterwards
    inactive: str = ""
    fate: str = ""  # of `alur.workflow.sop.FATES`
    reason_missing: str | None = None  # why it is filed without number or signed document


class Case(Value):
    code: str
    sop: str
    sop_hash: str
    period: str
    letter: Letter
    opened_by: Actor
    opened_at: AwareDatetime
    tasks: tuple[Task, ...] = ()
    rounds: tuple[Round, ...] = ()
    versions: tuple[Version, ...] = ()
    returns: tuple[Return, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    questions: tuple[Question, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    nadine: tuple[tuple[str, str], ...] = ()  # document, its number
    numbered: tuple[tuple[str, int], ...] = ()  # document, the version that got it; without what a build did not keep
    archive: ArchiveFields | None = None
    finished_at: AwareDatetime | None = None
    suspensions: tuple[Suspension, ...] = ()  # in order
    cancellation: Cancellation | None = None  # it is over, and its period is free again
    corrected: tuple[Corrected, ...] = ()  # the last correction of each thing

    def task(self, task_id: int) -> Task | None:
        return self.tasks[task_id - 1] if 0 < task_id <= len(self.tasks) else None

    @property
    def open_tasks(self) -> tuple[Task, ...]:
        """The tasks on which the case stands, in order of opening: several where a step's are open together."""
        return tuple(item for item in self.tasks if item.is_open)

    @property
    def held_tasks(self) -> tuple[Task, ...]:
        """The tasks whose decision is recorded and not handed on yet, in the order of the decisions."""
        found = (item for item in self.tasks if item.held is not None)
        return tuple(sorted(found, key=lambda item: (item.held.at, item.id) if item.held else ()))

    @property
    def tasks_at_hand(self) -> tuple[Task, ...]:
        """Those that are open, then those whose decision is held: what is sent for them is refused with that reason."""
        return (*self.open_tasks, *self.held_tasks)

    @property
    def suspension(self) -> Suspension | None:
        """By which the case stands still now."""
        last = self.suspensions[-1] if self.suspensions else None
        return last if last is not None and last.resumed_at is None else None

    def after(self, task: Task) -> tuple[Task, ...]:
        """The tasks to which the decision on it led."""
        return tuple(item for item in self.tasks if task.id in item.before)

    def beside(self, task: Task) -> tuple[Task, ...]:
        """The other tasks of its step in its round."""
        return tuple(
            item for item in self.tasks if item.id != task.id and (item.step, item.round) == (task.step, task.round)
        )

    @property
    def skipped(self) -> tuple[int, ...]:
        """The steps that were passed over on the way to where the case stands now."""
        found: set[int] = set()
        for task in self.tasks:
            found = {step for step in found if step < task.step}
            if not task.returns:
                earlier = (self.tasks[number - 1].step for number in task.before)
                found.update(range(max(earlier, default=0) + 1, task.step))
        return tuple(sorted(found))

    def round(self, step: int) -> Round | None:
        """The latest round of the step."""
        return next((item for item in reversed(self.rounds) if item.step == step), None)

    def following(self, step: int) -> Round | None:
        """The latest round of the step to which the last decision at this one led."""
        last = next((item for item in reversed(self.tasks) if item.step == step), None)
        after = self.after(last) if last else ()
        return self.round(after[0].step) if after else None

    def meeting(self, step: int) -> Meeting | None:
        """The step's meeting, if it has a date."""
        found = self.last_meeting(step)
        return found if found is not None and found.cancelled_at is None else None

    def last_meeting(self, step: int) -> Meeting | None:
        """The same, or the one that was cancelled last."""
        return next((item for item in self.meetings if item.step == step), None)

    def is_past(self, task: Task) -> bool:
        """Whether the meeting of a step that is done again was over before: nobody is invited to it once more. One that got
        another date since is no such meeting.
        """
        meeting = self.meeting(task.step) if task.round > 1 else None
        return meeting is not None and max(meeting.starts, meeting.at) <= task.landed_at

    def comes_again(self, step: int) -> bool:
        """Whether the step was under way when an earlier one was opened again: it is reached once more, and a date of its meeting
        stands until then.
        """
        last = next((item for item in reversed(self.tasks) if item.step == step), None)
        return last is not None and last.closing is not None and last.closing.outcome is Outcome.REOPENED

    def obstacle(self, obstacle_id: int) -> Obstacle | None:
        return next((item for item in self.obstacles if item.id == obstacle_id), None)

    def question(self, question_id: int) -> Question | None:
        return next((item for item in self.questions if item.id == question_id), None)

    def version(self, version_id: int) -> Version | None:
        return self.versions[version_id - 1] if 0 < version_id <= len(self.versions) else None

    def newest(self, document: str, *, unit: str | None = None, signed: bool = False) -> Version | None:
        return next(
            (
                item
                for item in reversed(self.versions)
                if (item.document, item.unit, item.signed) == (document, unit, signed) and not item.withdrawn
            ),
            None,
        )

    def brought(self, document: str, *, step: int) -> Version | None:
        """The newest version that was uploaded for the document as an output of that step, in any round."""
        return next(
            (
                item
                for item in reversed(self.versions)
                if item.document == document and item.step == step and not item.withdrawn and not item.signed
            ),
            None,
        )

    def undone(self, task: Task) -> Return | None:
        """The return by which what the task decided stands no longer: its step, or an earlier one, was to be done again."""
        return next((item for item in self.returns if self._undoes(item, task)), None)

    def _undoes(self, back: Return, task: Task) -> bool:
        """Of what was decided before it, also by a desk beside the one that returned, and opened later than that."""
        again = next((item.id for item in self.tasks if item.returns[:1] == (back.id,)), len(self.tasks) + 1)
        is_own = task.id == back.task and not back.is_outside
        return task.id < again and not is_own and back.to_step <= task.step

    def overturned(self, task: Task) -> Return | None:
        """The same, as far as it is said of the task: of an approval always; of every other decision that handed the work on, and
        of what was open, where an earlier step was opened again.
        """
        outcome = task.closing.outcome if task.closing is not None else None
        back = self.undone(task) if outcome not in (None, Outcome.RETURNED, Outcome.ENDED, Outcome.CANCELLED) else None
        return back if back is not None and (back.is_outside or outcome is Outcome.APPROVED) else None

    def reopened(self, task: Task) -> Return | None:
        """What opened the task anew, outside of the SOP's course; None for every other."""
        found = next((item for item in self.returns if item.id in task.returns[:1]), None)
        return found if found is not None and found.is_outside else None

    def undone_of(self, version: Version) -> Return | None:
        """The same for the approval that made the version; None for what no approval made."""
        task = self.task(version.task or 0) if version.source is not None else None
        return self.undone(task) if task else None

    def standing(self, document: str) -> Version | None:
        """The newest version, unless the approval that made it was undone by a return."""
        version = self.newest(document)
        return None if version is None or self.undone_of(version) else version

    def signed_copy(self, document: str) -> Version | None:
        """The signed copy of the version that stands: one of other bytes, approved earlier, is none of it."""
        version, signed = self.standing(document), self.newest(document, signed=True)
        if version is None or signed is None:
            return None
        approvals = (item for item in self.versions if item.document == document and not item.signed)
        first = next(item for item in approvals if item.file.sha256 == version.file.sha256)
        return signed if signed.id > first.id else None

    def nadine_number(self, document: str) -> str | None:
        """The number of the letter as it was approved last: what was given to other bytes is to be said anew."""
        newest, named = self.newest(document), self.version(dict(self.numbered).get(document, 0))
        is_other = newest is not None and named is not None and newest.file.sha256 != named.file.sha256
        return None if is_other else self.entered_number(document)

    def entered_number(self, document: str) -> str | None:
        """The one that was entered last, though it was for an earlier version."""
        return dict(self.nadine).get(document)

    def senders(self, task: Task) -> tuple[Closing, ...]:
        """The decisions that led to the task, in order of opening."""
        found = (self.tasks[number - 1].closing for number in task.before)
        return tuple(item for item in found if item is not None)

    def dispositions(self, task: Task) -> tuple[Closing, ...]:
        """Those of them that handed the work on with words."""
        return tuple(
            item for item in self.senders(task) if (item.ticks or item.text) and item.outcome is not Outcome.RETURNED
        )
