"""*Ubah Data*: how a person is called and addressed, and his unit."""

from alur.workflow.forms import Field, Form
from alur.workflow.office.entitled import check_administers
from alur.workflow.office.joining import known_units
from alur.workflow.office.persons import ChangePerson
from alur.workflow.office.rooms.invite import NAME, SAPAAN
from alur.workflow.office.rooms.rule import Choices, StaffRule, each, person_of
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.presses import On, known
from alur.workflow.written import LONGEST_NAME


class ChangePersonRule(StaffRule[ChangePerson]):
    name, about = "change_person", "member"

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        check_administers(s, by)
        person_of(s, on)

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form | None:
        person = person_of(s, on)
        unit = Field(name="unit", kind="text", most=LONGEST_NAME, options=each(known_units(s)), optional=True)
        fields = tuple(item.model_copy(update={"prefilled": True}) for item in (NAME, SAPAAN, unit))
        present = {"name": person.name, "sapaan": person.sapaan, "unit": person.unit}
        return self.asking(on, fields=fields, answers={key: value for key, value in present.items() if value})

    def made(self, by: int, on: On, form: Form | None) -> ChangePerson:
        answers = form.answers if form else {}
        told = {key: answers.get(key) for key in ("name", "sapaan", "unit")}
        return ChangePerson(by=by, member=known(on.member, "member"), **told)
