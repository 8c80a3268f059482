"""*Isi Nomor Nadine*: the number that Nadine gave to an approved letter, at any time; a later entry corrects an earlier."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.engine.letters import check_approved, letter_roles
from alur.workflow.engine.rule import Act, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import cleaned
from alur.workflow.errors import FieldMissing
from alur.workflow.events import Event, NadineRecorded
from alur.workflow.forms import Field, Form, Option
from alur.workflow.outstanding import missing_papers
from alur.workflow.people import Actor
from alur.workflow.presses import On, known


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
        version, number = s.case.newest(document), s.case.nadine_number(document)
        options = (Option(value=number, label=number),) if number else ()
        field = Field(name="number", kind="number", options=options)
        return self.asking(s, on, step=version.step if version else None, fields=(field,))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> RecordNadine:
        number = known(form, "form").answers["number"]
        return RecordNadine(by=member, document=known(on.document, "document"), number=number)

    def decide(self, s: Situation, act: RecordNadine) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(document=act.document))
        number = cleaned(act.number)
        if number is None:
            raise FieldMissing(field="nadine")
        return (numbered(s, act.document, number, actor),)


def numbered(s: Situation, document: str, number: str, actor: Actor) -> NadineRecorded:
    """What comes after archiving is late."""
    late = s.case.finished_at is not None
    return NadineRecorded(document=document, number=number, by=actor, at=s.at, late=late)
