"""How a person joins: an invitation is made, and redeemed once by one account."""

from datetime import timedelta
from typing import Literal

from alur.workflow.errors import CodesBlocked, InviteRefused
from alur.workflow.model import Value
from alur.workflow.office.events import Event, InvitationUsed, PersonAppointed, PersonEnrolled, PersonInvited
from alur.workflow.office.guarding import blocked_until
from alur.workflow.office.roster import Invitation, Person
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import Appointment

VALID_FOR = timedelta(days=7)


class Invite(Value):
    """Made on the command line: whoever may run it may invite."""

    act: Literal["invite"] = "invite"
    role: str
    name: str
    sapaan: str | None = None
    unit: str | None = None


class Enrol(Value):
    """Somebody sends a code; `invitation` is the one that it belongs to, if there is one."""

    act: Literal["enrol"] = "enrol"
    account: int
    invitation: int | None


def invite(s: OfficeSituation, act: Invite) -> tuple[Event, ...]:
    invitation = Invitation(
        id=s.roster.next_invitation,
        role=act.role,
        name=act.name,
        sapaan=act.sapaan,
        unit=act.unit,
        expires_at=s.at + VALID_FOR,
    )
    return (PersonInvited(invitation=invitation),)


def enrol(s: OfficeSituation, act: Enrol) -> tuple[Event, ...]:
    """A known account takes the new name, and what else the invitation names. Whoever sends his own code again is
    welcome, and nothing changes. After too many wrong codes no other code is looked at.
    """
    found = s.roster.invitation(act.invitation) if act.invitation is not None else None
    known = s.roster.with_account(act.account)
    is_own = found is not None and found.used_by == act.account and known is not None
    until = None if is_own else blocked_until(s.wrong_codes, s.at)
    if until is not None:
        raise CodesBlocked(at=until)
    if found is None:
        raise InviteRefused(reason="unknown")
    if found.used_by is not None:
        if found.used_by == act.account and known is not None:
            return ()
        raise InviteRefused(reason="used")
    if found.expires_at is None or s.at > found.expires_at:
        raise InviteRefused(reason="expired")
    person = Person(
        id=known.id if known else s.roster.next_person,
        account=act.account,
        name=found.name,
        sapaan=found.sapaan or (known.sapaan if known else None),
        unit=found.unit or (known.unit if known else None),
        reachable=known.reachable if known else True,
    )
    appointment = Appointment(
        member=person.id, role=found.role, name=person.name, sapaan=person.sapaan, unit=person.unit
    )
    return (
        InvitationUsed(invitation=found.id, account=act.account),
        PersonEnrolled(person=person),
        PersonAppointed(appointment=appointment),
    )
