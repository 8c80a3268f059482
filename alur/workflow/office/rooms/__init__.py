"""Every act about people that is done in chat, one room each; `STAFF_RULES` is the one table."""

from typing import Any

from alur.workflow.office.rooms.appoint import AmendRule, AppointRule
from alur.workflow.office.rooms.change_person import ChangePersonRule
from alur.workflow.office.rooms.end import EndRule
from alur.workflow.office.rooms.hand_over_role import HandOverRoleRule
from alur.workflow.office.rooms.invite import InviteAgainRule, InviteRule, RelinkRule
from alur.workflow.office.rooms.rule import Choices, StaffRule
from alur.workflow.office.rooms.unlink import UnlinkRule
from alur.workflow.office.rooms.withdraw_invite import WithdrawInviteRule

__all__ = ["STAFF_RULES", "Choices", "StaffRule", "staff_rule"]

STAFF_RULES: tuple[StaffRule[Any], ...] = (
    # Joining
    InviteRule(),
    InviteAgainRule(),
    RelinkRule(),
    WithdrawInviteRule(),
    # A person and what he holds
    ChangePersonRule(),
    HandOverRoleRule(),
    EndRule(),
    UnlinkRule(),
    # Who holds a role from when to when
    AppointRule(),
    AmendRule(),
)

_BY_NAME = {rule.name: rule for rule in STAFF_RULES}


def staff_rule(name: str) -> StaffRule[Any] | None:
    """The rule that a button or a form of that name begins; None where there is none."""
    return _BY_NAME.get(name)
