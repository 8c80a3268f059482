"""*Lepas Telepon*: a phone that is lost, or another's now, is unlinked at once."""

from alur.workflow.errors import MemberRefused
from alur.workflow.forms import Form
from alur.workflow.office.entitled import check_administers
from alur.workflow.office.persons import Unlink, check_administrator_reached
from alur.workflow.office.rooms.rule import PERSON, Choices, StaffRule, called, person_of
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.presses import On, known


class UnlinkRule(StaffRule[Unlink]):
    name, about, destroys = "unlink", "member", True

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        check_administers(s, by)
        person = person_of(s, on)
        if person.account is None:
            raise MemberRefused(reason="unlinked", role=None, by=person.name, unit=None)
        check_administrator_reached(s, person)

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form | None:
        return self.asking(on, fields=(PERSON,), answers={"person": called(person_of(s, on))})

    def made(self, by: int, on: On, form: Form | None) -> Unlink:
        return Unlink(by=by, member=known(on.member, "member"))
