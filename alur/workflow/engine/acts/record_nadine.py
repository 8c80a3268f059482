"""*Isi Nomor Nadine*: the number that Nadine gave to an approved letter, at any time; a later entry corrects an earlier."""

from datetime import tzinfo
from typing import Literal

from alur.workflow.case import missing_papers
from alur.workflow.engine.letters import check_approved, letter_roles
from alur.workflow.engine.rule import Act, On, Rule
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.words import cleaned
from alur.workflow.errors import FieldMissing
from alur.workflow.events import Event, NadineRecorded
from alur.workflow.forms import Field, Form, Option
from alur.workflow.people import Actor


class RecordNadine(Act):
    act: Literal["record_nadine"] = "record_nadine"
    document: str
    number: str


class NadineRule(Rule[RecordNadine]):
    """The letter is what the button's argument names."""

    act, name = RecordNadine, "nadine"
    asks = True
    answer = "nadine_recorded"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        document = on.argument or ""
        actor = s.actor(member, letter_roles(s, document))
        check_approved(s.case, document)
        return actor

    def offers(self, s: Situation, member: int, on: On) -> bool:
        return (on.argument, "number") in missing_papers(s.sop, s.case) and super().offers(s, member, on)

    def form(self, s: Situation, member: int, on: On) -> Form:  # noqa: ARG002
        document = on.argument or ""
        version, known = s.case.newest(document), s.case.nadine_number(document)
        options = (Option(value=known, label=known),) if known else ()
        field = Field(name="number", kind="number", options=options)
        return self.asking(s, on, step=version.step if version else None, fields=(field,))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> RecordNadine:  # noqa: ARG002
        number = form.answers["number"] if form else ""
        return RecordNadine(by=member, document=on.argument or "", number=number)

    def decide(self, s: Situation, act: RecordNadine) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On(argument=act.document))
        number = cleaned(act.number)
        if number is None:
            raise FieldMissing(field="nadine")
        late = s.case.finished_at is not None
        return (NadineRecorded(document=act.document, number=number, by=actor, at=s.at, late=late),)
