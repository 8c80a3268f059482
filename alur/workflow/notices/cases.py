"""Notices about what has come about in a case, to those whom it concerns beside the card."""

from typing import ClassVar

from alur.workflow.notices.notice import AboutCase
from alur.workflow.people import Actor


class Question(AboutCase):
    """To the desk that is asked; once it is answered the same notice says so."""

    template: ClassVar[str] = "question"
    question: int


class QuestionAnswer(AboutCase):
    template: ClassVar[str] = "question_answer"
    question: int


class NadineRequest(AboutCase):
    """Asks for the number of an approved letter, while that approval stands."""

    template: ClassVar[str] = "nadine_request"
    document: str
    approved: int | None = None  # the version; a row of the first releases does not name it, and means the newest


class FollowUp(AboutCase):
    """What the guests of a meeting are asked for after it."""

    template: ClassVar[str] = "follow_up"
    step: int


class Directions(AboutCase):
    template: ClassVar[str] = "directions"
    task: int


class PaperRecorded(AboutCase):
    """To the desk of which a decision on paper was recorded."""

    template: ClassVar[str] = "paper_recorded"
    task: int


class TaskEnded(AboutCase):
    """To whoever had a task that another's decision made needless."""

    template: ClassVar[str] = "task_ended"
    task: int


class TaskAssigned(AboutCase):
    """To a holder of its role who has not got it, or has it no longer alone."""

    template: ClassVar[str] = "task_assigned"
    task: int
    to: Actor | None  # who has it alone since; None: every holder again
    by: Actor
    reason: str = ""


class StepReopened(AboutCase):
    """An earlier step is done again, outside of the SOP's course."""

    template: ClassVar[str] = "step_reopened"
    reopened: int  # the number of that among the case's returns


class Suspended(AboutCase):
    """The case stands still."""

    template: ClassVar[str] = "suspended"
    nth: int  # which of its stretches


class Resumed(AboutCase):
    """It goes on after that stretch."""

    template: ClassVar[str] = "resumed"
    nth: int


class CalledOff(AboutCase):
    template: ClassVar[str] = "called_off"


class MeetingTakenOut(AboutCase):
    """The file of a meeting for a phone's calendar, where no card brings it: called off with its case it is taken out, and one whose
    step comes again is moved.
    """

    template: ClassVar[str] = "meeting_taken_out"
    step: int


class MeetingMoved(AboutCase):
    """Another date of a meeting whose step comes again: no open card tells it."""

    template: ClassVar[str] = "meeting_moved"
    step: int


class Finished(AboutCase):
    template: ClassVar[str] = "finished"


class Erratum(AboutCase):
    """The final report once more, after something in it was put right: what, what it was, and what it is since."""

    template: ClassVar[str] = "erratum"
    corrected: tuple[tuple[str, str, str], ...]
    by: Actor | None = None  # a row of an earlier build does not name him


class LetterCorrected(AboutCase):
    """To whoever decided over the letter's earlier file."""

    template: ClassVar[str] = "letter_corrected"
    task: int  # the last of his over it
    version: int
    by: Actor


class NadineCorrected(AboutCase):
    """To the archive, of a number that is none of the archive's own."""

    template: ClassVar[str] = "nadine_corrected"
    document: str
    was: str
    number: str
    by: Actor
