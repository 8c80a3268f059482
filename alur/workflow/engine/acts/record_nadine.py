"""*Isi Nomor Nadine*: the number that Nadine gave to an approved letter, at any time; a later entry corrects an earlier, as
*Perbaiki Isian* does. What was one number stays one: the archive's follows it. Of a letter that was approved with other bytes since
it is asked anew, and the number that it had is there to be tapped.
"""

from collections.abc import Mapping
from datetime import tzinfo
from typing import Any, Literal

from alur.workflow.case import Case
from alur.workflow.correcting import ARCHIVE, asked_as, nadine
from alur.workflow.engine.filed import result_of
from alur.workflow.engine.filing import known_number
from alur.workflow.engine.letters import check_approved, letter_roles
from alur.workflow.engine.rule import Act, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import cleaned
from alur.workflow.errors import FieldMissing
from alur.workflow.events import ArchiveCorrected, Event, NadineRecorded
from alur.workflow.forms import Field, Form, Option
from alur.workflow.outstanding import missing_papers
from alur.workflow.people import Actor
from alur.workflow.presses import On, known
from alur.workflow.sop import Sop
from alur.workflow.written import number_key


class RecordNadine(Act):
    act: Literal["record_nadine"] = "record_nadine"
    document: str
    number: str


class NadineRule(Rule[RecordNadine]):
    act, name, names = RecordNadine, "nadine", ("document",)
    asks = True
    while_suspended = True
    answer = "nadine_recorded"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        document = known(on.document, "document")
        actor = s.actor(member, letter_roles(s.sop, document))
        check_approved(s.case, document)
        return actor

    def offers(self, s: Situation, member: int, on: On) -> bool:
        return (on.document, "number") in missing_papers(s.sop, s.case) and super().offers(s, member, on)

    def form(self, s: Situation, member: int, on: On) -> Form:
        document = known(on.document, "document")
        version, number = s.case.newest(document), s.case.entered_number(document)
        options = (Option(value=number, label=number),) if number else ()
        field = Field(name="number", kind="number", options=options)
        return self.asking(s, on, step=version.step if version else None, fields=(field,))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> RecordNadine:
        number = known(form, "form").answers["number"]
        return RecordNadine(by=member, document=known(on.document, "document"), number=number)

    def said(self, sop: Sop, case: Case) -> Mapping[str, Any]:
        return filed_apart(sop, case)

    def decide(self, s: Situation, act: RecordNadine) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(document=act.document))
        number = cleaned(act.number)
        if number is None:
            raise FieldMissing(field="nadine")
        return entered(s, act.document, number, actor)


def entered(s: Situation, document: str, number: str, actor: Actor) -> tuple[Event, ...]:
    """The number as it is now; with the archive's, where that was the same one."""
    recorded = numbered(s, document, number, actor)
    archive = s.case.archive
    if recorded.was is None or archive is None or named_alike(s) != document:
        return (recorded,)
    filed = archive.model_copy(update={"letter_number": number})
    return (recorded, ArchiveCorrected(archive=filed, was=archive, by=actor, at=s.at))


def named_alike(s: Situation) -> str | None:
    """The letter that is filed under its Nadine number; None before the archive, and where the two differ."""
    letter, archive = result_of(s.sop, s.case), s.case.archive
    number = s.case.nadine_number(letter.id) if letter is not None else None
    if letter is None or archive is None or number is None or s.case.finished_at is None:
        return None
    return letter.id if number_key(number) == number_key(archive.letter_number) else None


def is_reported(s: Situation, what: str) -> bool:
    """Whether the final report said it, so that a correction goes to all who had it: of the archive, or its letter's number."""
    if s.case.archive is None or s.case.finished_at is None:
        return False
    document = named_alike(s)
    return asked_as("", what).form == ARCHIVE or (document is not None and what == nadine(document))


def filed_apart(sop: Sop, case: Case) -> Mapping[str, str]:
    """The number under which the letter is filed, where its Nadine number is another."""
    number = case.archive.letter_number if case.archive and case.finished_at else None
    known = known_number(sop, case) if number else None
    return {"filed": number} if number and known and number_key(number) != number_key(known) else {}


def numbered(s: Situation, document: str, number: str, actor: Actor) -> NadineRecorded:
    """What comes after archiving is late; another number than before corrects that."""
    late, before = s.case.finished_at is not None, s.case.nadine_number(document)
    was = before if before != number else None
    return NadineRecorded(document=document, number=number, was=was, by=actor, at=s.at, late=late)
