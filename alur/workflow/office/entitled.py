"""Who may decide about people: an administrator everything, and whoever the SOPs let appoint the appointments and the
invitations of units. `by` is None on the command line: whoever may run it may do all of it.
"""

from collections.abc import Iterable

from alur.workflow.errors import NotHolder
from alur.workflow.office.situation import OfficeRules, OfficeSituation
from alur.workflow.people import ADMIN, AppointmentKind


def check_administers(s: OfficeSituation, by: int | None) -> None:
    """Raises `NotHolder` for anybody but an administrator."""
    _check(s, by, (ADMIN,))


def check_appoints(s: OfficeSituation, by: int | None, role: str) -> None:
    """The same for whoever may enter appointments to the role; administrators are appointed by administrators."""
    _check(s, by, (ADMIN,) if role == ADMIN else (ADMIN, *s.rules.appoint))


def check_invites(s: OfficeSituation, by: int | None, role: str) -> None:
    """The same for invitations: units are invited by whoever appoints, too."""
    _check(s, by, inviting(s.rules, role))


def inviting(rules: OfficeRules, role: str) -> tuple[str, ...]:
    """The roles that may invite to the role."""
    return (ADMIN, *sorted(rules.appoint)) if role in rules.units else (ADMIN,)


def invites(s: OfficeSituation, by: int) -> tuple[str, ...]:
    """The roles to which the member may invite, in the SOPs' order."""
    own = set(acts_as(s, by))
    return tuple(role for role in s.rules.roles if not own.isdisjoint(inviting(s.rules, role)))


def check_manages(s: OfficeSituation, by: int) -> None:
    """Raises `NotHolder` for whoever may invite nobody: the people of the office are not his to look through."""
    if not invites(s, by):
        raise NotHolder(role=ADMIN)


def acts_as(s: OfficeSituation, member: int) -> tuple[str, ...]:
    """The roles in which the member acts now, as `Office.roles` says it."""
    in_force = [item for item in s.roster.appointments if item.is_in_force(s.today)]
    plh = [item for item in in_force if item.kind is AppointmentKind.PLH]
    own = (item for item in in_force if item.member == member)
    return tuple(item.role for item in own if not any(other.replaces(item) for other in plh))


def _check(s: OfficeSituation, by: int | None, roles: Iterable[str]) -> None:
    wanted = tuple(roles)
    if by is not None and set(acts_as(s, by)).isdisjoint(wanted):
        raise NotHolder(role=wanted[-1])
