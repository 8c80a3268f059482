"""*Tarik Pendaftaran*: an invitation that nobody has redeemed enrols nobody any more."""

from alur.workflow.errors import MemberRefused
from alur.workflow.forms import Field, Form
from alur.workflow.office.entitled import check_invites
from alur.workflow.office.joining import WithdrawInvitation
from alur.workflow.office.rooms.rule import PERSON, Choices, StaffRule, called, invitation_of
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import ADMIN
from alur.workflow.presses import On, known

ROLE = Field(name="role", kind="text", fixed=True)


class WithdrawInviteRule(StaffRule[WithdrawInvitation]):
    name, about, destroys = "withdraw_invite", "invitation", True

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        found = invitation_of(s, on)
        check_invites(s, by, found.role or ADMIN)
        if found.used_by is not None or found.is_withdrawn:
            reason = "withdrawn" if found.is_withdrawn else "used"
            raise MemberRefused(reason=reason, role=found.role, by=called(found), unit=found.unit)

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form | None:
        found = invitation_of(s, on)
        answers = {"person": called(found), "role": found.role}
        return self.asking(on, fields=(PERSON, ROLE), answers={key: value for key, value in answers.items() if value})

    def made(self, by: int, on: On, form: Form | None) -> WithdrawInvitation:
        return WithdrawInvitation(by=by, invitation=known(on.invitation, "invitation"))
