"""*Lepas Telepon*: a phone that is lost, or another's now, is unlinked at once."""

from alur.workflow.errors import MemberRefused, Unknown
from alur.workflow.forms import Form
from alur.workflow.office.entitled import check_administers
from alur.workflow.office.persons import Unlink
from alur.workflow.office.rooms.rule import Choices, StaffRule
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.presses import On, known


class UnlinkRule(StaffRule[Unlink]):
    name, about, destroys = "unlink", "member", True

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        check_administers(s, by)
        person = s.roster.person(on.member)
        if person is None:
            raise Unknown(subject=f"m{on.member}")
        if person.account is None:
            raise MemberRefused(reason="unlinked", role=None, by=person.name, unit=None)

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form | None:
        person = s.roster.person(on.member)
        return self.asking(on, fields=(), answers={"person": person.name if person else ""})

    def made(self, by: int, on: On, form: Form | None) -> Unlink:
        return Unlink(by=by, member=known(on.member, "member"))
