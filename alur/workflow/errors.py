"""All errors of the office.

AlurError
├── Refusal                  an act is refused; committed with its audit entry, never retried
│   ├── NotYours             the person may not do this
│   │   ├── NotMember        nobody whom the office knows
│   │   ├── Forwarded        words that are not the sender's own
│   │   ├── InviteRefused    brings a code that enrols nobody
│   │   ├── CodesBlocked     brings a code after too many wrong ones
│   │   ├── TooManyMessages  sends more than can be answered, and changes nothing by it
│   │   ├── NotHolder        does not hold the role that the act needs
│   │   ├── Substituted      holds it, while a Plh acts in his place
│   │   ├── AssignedToAnother  holds it, while the task was handed to another holder
│   │   │   └── FileOfAnother  and so a file is not taken
│   │   ├── OwnDraft         would approve what he drafted himself
│   │   ├── NotReadable      asks for what is not his to read
│   │   └── NotWanted        brings a file that no open step of his expects
│   ├── TooLate              the matter has moved on, or its time has not come
│   │   ├── AlreadyDecided   somebody decided before
│   │   ├── OutOfDate        the button stood under other versions
│   │   ├── Replaced         a newer copy of the card stands below
│   │   ├── AlreadyAnswered  the question has its answer
│   │   ├── NoLongerAsked    the question was withdrawn by whoever asked it
│   │   ├── AlreadyGranted   the days have been granted
│   │   ├── GrantOver        the granted days have begun, or have been taken back
│   │   ├── AlreadyNudged    the desk was reminded today
│   │   ├── NotYetDue        the desk still has its time
│   │   ├── CaseOver         the case is archived
│   │   ├── NoLongerStands   the step's decision is undone already, and needs no opening again
│   │   ├── NothingDecided   no step has a decision that could be opened again
│   │   ├── CaseIsSuspended  the case stands still
│   │   │   └── FileSuspended  and so a file is not taken
│   │   ├── AlreadyResumed   the case goes on already
│   │   ├── CaseIsCancelled  the case was called off
│   │   ├── DecisionHeld     a decision of the case is recorded, and about to be handed on
│   │   │   ├── FileHeld     and so a file is not taken
│   │   │   └── WaitsForDecision  and so nothing is done about the case as a whole
│   │   ├── TakenBack        the decision has been withdrawn already
│   │   ├── AssignedMeanwhile  somebody else handed the task over since the form was begun
│   │   ├── HandedOn         the decision has been handed on, and cannot be withdrawn any more
│   │   ├── QuestionPassed   the form has gone on to another question
│   │   ├── InputOver        the form, or the question about a file, is over
│   │   ├── MessageChanged   a message was changed inside after it was taken
│   │   ├── ApprovalUndone   what had been approved was returned since
│   │   └── PeriodTaken      a case of this period is open already
│   ├── Incomplete           something is missing; add it and try again
│   │   ├── FileRefused      a file that is not taken: it cannot be opened, is too large, or of another kind
│   │   ├── SameFile         a file that is, byte for byte, the version that stands
│   │   ├── Unchanged        a correction to what stands there already
│   │   ├── ChangedMeanwhile what is to be corrected is another now than its person saw
│   │   ├── FileWanted       words came where a file is asked for
│   │   ├── DocumentsMissing
│   │   ├── NoteMissing      nothing was changed, and no note says why
│   │   ├── ReasonMissing    no reason, or one that is too short
│   │   ├── WordsMissing     neither a tick nor a text
│   │   ├── WayMissing       the SOP offers several ways on, and none was chosen
│   │   ├── DateMissing      the meeting has no date yet
│   │   ├── NotBegun         the meeting has not begun yet
│   │   ├── Doubtful         what is unusual is asked once; pressed again, it counts
│   │   │   ├── NobodyCame   an attendance without any unit
│   │   │   └── SignerDoubtful  a name that was typed, where the office knows another, or him in another post
│   │   ├── TooLong          a text has more characters than may be
│   │   ├── NobodyElse       nobody else holds the role: the task cannot be handed to another
│   │   ├── CannotTakeOver   whoever was chosen does not hold the role now, or drafted what lies there
│   │   ├── NobodyNamed      a name was typed that is in no option of the choice
│   │   ├── NumberMissing    what was typed as a number has no figure in it
│   │   ├── DayUnclear       a weekday that is another day's, or a day without its year
│   │   ├── DayOutside       a day before the first that may be meant, or after the last
│   │   ├── SignerRefused    who is said to have signed could not: by the post, or by a draft of his own
│   │   ├── HourElsewhere    an hour of another zone at which the office has another day
│   │   ├── AppointmentRefused  an appointment that cannot stand beside the others, or by its own days
│   │   ├── MemberRefused    an invitation or a change of a member that needs another word first
│   │   └── FieldMissing     a field is empty or cannot be read
│   └── Unknown              the subject does not exist, or does not know this act
└── Fault                    the office cannot work with what it was given
    ├── CalendarNotCovered   (alur.workflow.calendar)
    └── NoticeUnreadable     (alur.workflow.notices)
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar


class AlurError(Exception):
    pass


class Refusal(AlurError):
    """Raised by a guard inside the engine and returned by it as a value; `facts` are what its text may name."""

    fields: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **facts: Any) -> None:
        if set(facts) != set(self.fields):
            raise TypeError(f"{type(self).__name__} takes {self.fields}, not {tuple(facts)}")
        super().__init__(type(self).__name__)
        self.facts: Mapping[str, Any] = facts

    @property
    def name(self) -> str:
        return type(self).__name__

    def as_notice(self) -> dict[str, Any]:
        """What a message about it is made from, as JSON."""
        return {"refusal": self.name, "facts": {key: _json(value) for key, value in self.facts.items()}}

    def record(self) -> dict[str, Any]:
        """The refusal as it stands in the trail."""
        return {"refusal": self.name} | {key: _json(value) for key, value in self.facts.items()}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refusal) and (self.name, self.facts) == (other.name, other.facts)

    def __hash__(self) -> int:
        return hash(self.name)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


class NotYours(Refusal):
    pass


class NotMember(NotYours):
    pass


class Forwarded(NotYours):
    pass


class InviteRefused(NotYours):
    fields = ("reason",)  # unknown, used, expired, withdrawn or taken (the phone is another member's)


class CodesBlocked(NotYours):
    fields = ("at",)  # until when


class TooManyMessages(NotYours):
    pass


class NotHolder(NotYours):
    fields = ("role",)


class Substituted(NotYours):
    fields = ("role", "appointment", "by", "until")  # the Plh, and his last day, ISO


class AssignedToAnother(NotYours):
    fields = ("step", "role", "appointment", "by", "at")  # to whom, and when


class FileOfAnother(AssignedToAnother):
    pass


class OwnDraft(NotYours):
    fields = ("document",)


class NotReadable(NotYours):
    pass


class NotWanted(NotYours):
    fields = ("document", "roles")  # the roles to ask


class TooLate(Refusal):
    pass


class AlreadyDecided(TooLate):
    fields = ("step", "kind", "outcome", "role", "appointment", "by", "at")


class OutOfDate(TooLate):
    fields = ("step",)


class Replaced(TooLate):
    fields = ("step",)


class AlreadyAnswered(TooLate):
    fields = ("role", "appointment", "by", "at")


class NoLongerAsked(TooLate):
    fields = ("role", "appointment", "by", "at")


class GrantOver(TooLate):
    fields = ("at",)  # when the first of the days began; None: they have been taken back


class AlreadyGranted(TooLate):
    fields = ("days", "role", "appointment", "by", "at")


class AlreadyNudged(TooLate):
    fields = ("role", "appointment", "by", "at")


class NotYetDue(TooLate):
    fields = ("at",)  # the limit; None where it has none


class CaseOver(TooLate):
    fields = ("code",)


class NoLongerStands(TooLate):
    fields = ("step", "role", "appointment", "by", "at")  # whose act undid it


class NothingDecided(TooLate):
    pass


class CaseIsSuspended(TooLate):
    fields = ("role", "appointment", "by", "at")


class FileSuspended(CaseIsSuspended):
    pass


class AlreadyResumed(TooLate):
    fields = ("role", "appointment", "by", "at")


class CaseIsCancelled(TooLate):
    fields = ("role", "appointment", "by", "at")


class DecisionHeld(TooLate):
    fields = ("step", "outcome", "role", "appointment", "by", "at", "until")


class TakenBack(TooLate):
    fields = ("step",)


class AssignedMeanwhile(TooLate):
    fields = ("step", "to", "role", "appointment", "by", "at")  # to whom, by whom


class FileHeld(DecisionHeld):
    pass


class WaitsForDecision(DecisionHeld):
    pass


class HandedOn(TooLate):
    fields = ("step", "at")


class QuestionPassed(TooLate):
    pass


class InputOver(TooLate):
    fields = ("how", "at")  # sent, cancelled, overtaken; a file: placed


class MessageChanged(TooLate):
    pass


class ApprovalUndone(TooLate):
    fields = ("document", "role", "appointment", "by", "at", "is_outside")  # who returned it, or opened its step again


class PeriodTaken(TooLate):
    fields = ("code",)


class Incomplete(Refusal):
    pass


class AppointmentRefused(Incomplete):
    # Why (`alur.workflow.office.appointing`); of the appointment that stands against it, ISO days.
    fields = ("reason", "role", "appointment", "by", "sapaan_of", "starts", "ends")


class MemberRefused(Incomplete):
    fields = ("reason", "role", "by", "unit")  # why (`alur.workflow.office.joining`); who or what is meant


class FileRefused(Incomplete):
    fields = ("fault", "name")


class SameFile(Incomplete):
    # The version that it is; what is wanted (correction, signature); the act that needs no other file, and whether with a note.
    fields = ("document", "unit", "step", "signed", "number", "wants", "act", "with_note")


class Unchanged(Incomplete):
    fields = ("field",)


class ChangedMeanwhile(Incomplete):
    fields = ("field", "value", "role", "appointment", "by", "at")  # what stands there now, by whom and since when


class FileWanted(Incomplete):
    fields = ("field", "kinds", "is_link")


class DocumentsMissing(Incomplete):
    fields = ("documents",)


class NoteMissing(Incomplete):
    fields = ("step",)


class ReasonMissing(Incomplete):
    fields = ("field", "least", "length")  # characters


class WordsMissing(Incomplete):
    fields = ("step",)


class WayMissing(Incomplete):
    fields = ("ways",)  # their labels


class DateMissing(Incomplete):
    fields = ("step",)


class NotBegun(Incomplete):
    fields = ("at",)  # when it begins


class Doubtful(Incomplete):
    pass


class NobodyCame(Doubtful):
    pass


class SignerDoubtful(Doubtful):
    # Why: he may be meant (name), he holds the post (holder), or is not known to act in it (acting); of whom, and the day, ISO.
    fields = ("reason", "role", "appointment", "by", "sapaan_of", "starts")


class TooLong(Incomplete):
    fields = ("field", "length", "most")  # characters


class FieldMissing(Incomplete):
    fields = ("field",)


class NobodyElse(Incomplete):
    fields = ("roles",)


class CannotTakeOver(Incomplete):
    fields = ("role",)


class NobodyNamed(Incomplete):
    fields = ("text",)


class NumberMissing(Incomplete):
    fields = ("field",)


class DayUnclear(Incomplete):
    fields = ("field", "readings")  # the days that may be meant, ISO


class DayOutside(Incomplete):
    fields = (
        "starts",
        "ends",
        "why",
    )  # the first and the last that may be meant, ISO; what it is ahead of (`forms.Ahead`)


class SignerRefused(Incomplete):
    # Why (post, draft), of whom, and the day on which he is said to have signed, ISO.
    fields = ("reason", "role", "appointment", "by", "sapaan_of", "starts")


class HourElsewhere(Incomplete):
    fields = ("zone",)  # the office's, by its name


class Unknown(Refusal):
    fields = ("subject",)


class Fault(AlurError):
    pass
