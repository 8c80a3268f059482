"""How a person joins: an invitation is made, withdrawn, and redeemed once by one account."""

from datetime import timedelta
from difflib import SequenceMatcher
from typing import Literal

from alur.workflow.errors import CodesBlocked, InviteRefused, MemberRefused, Unknown
from alur.workflow.model import Value
from alur.workflow.office.appointing import check_administrator_stays
from alur.workflow.office.entitled import check_administers, check_invites
from alur.workflow.office.events import (
    AppointmentChanged,
    Event,
    InvitationUsed,
    InvitationWithdrawn,
    PersonAppointed,
    PersonEnrolled,
    PersonInvited,
)
from alur.workflow.office.guarding import blocked_until
from alur.workflow.office.roster import Invitation, Person
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import ADMIN, Appointment
from alur.workflow.written import LONGEST_NAME, plain, read_text

VALID_FOR = timedelta(days=7)
NEAR = 0.9  # from here on two names of units are one, mistyped


class Invite(Value):
    """To a role; or, without one, of a known `member` with another phone."""

    act: Literal["invite"] = "invite"
    by: int | None = None  # None: on the command line
    role: str | None = None
    name: str = ""
    sapaan: str | None = None
    unit: str | None = None
    also: bool = False  # beside whoever holds the role
    replaces: int | None = None  # the member who holds it no longer, once the invitation is redeemed
    member: int | None = None
    is_new_unit: bool = False  # though another unit has nearly the same name


class WithdrawInvitation(Value):
    act: Literal["withdraw_invitation"] = "withdraw_invitation"
    by: int | None = None
    invitation: int


class Enrol(Value):
    """Somebody sends a code; `invitation` is the one that it belongs to, if there is one."""

    act: Literal["enrol"] = "enrol"
    account: int
    invitation: int | None


def invite(s: OfficeSituation, act: Invite) -> tuple[Event, ...]:
    if act.role is None:
        return (PersonInvited(invitation=_of_member(s, act)),)
    if act.role not in s.rules.roles:
        raise Unknown(subject=act.role)
    check_invites(s, act.by, act.role)
    name = read_text(act.name, "name", most=LONGEST_NAME)
    unit = read_text(act.unit, "unit", most=LONGEST_NAME) if act.unit and act.unit.strip() else None
    if act.role in s.rules.units:
        unit = _unit(s, act, unit)
    elif act.role != ADMIN:
        _check_holder(s, act)
    invitation = Invitation(
        id=s.roster.next_invitation,
        role=act.role,
        name=name,
        sapaan=act.sapaan,
        unit=unit,
        expires_at=s.at + VALID_FOR,
        replaces=act.replaces,
    )
    return (PersonInvited(invitation=invitation),)


def withdraw(s: OfficeSituation, act: WithdrawInvitation) -> tuple[Event, ...]:
    found = s.roster.invitation(act.invitation)
    if found is None:
        raise Unknown(subject=f"i{act.invitation}")
    check_invites(s, act.by, found.role or ADMIN)
    if found.used_by is not None:
        raise MemberRefused(reason="used", role=found.role, by=found.name, unit=found.unit)
    return () if found.is_withdrawn else (InvitationWithdrawn(invitation=found.id),)


def enrol(s: OfficeSituation, act: Enrol) -> tuple[Event, ...]:
    """A known account keeps its name, and is appointed to what the invitation names. Whoever sends his own code again is
    welcome, and nothing changes. After too many wrong codes no other code is looked at.
    """
    found = s.roster.invitation(act.invitation)
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
    if found.is_withdrawn:
        raise InviteRefused(reason="withdrawn")
    if found.expires_at is None or s.at > found.expires_at:
        raise InviteRefused(reason="expired")
    used = InvitationUsed(invitation=found.id, account=act.account)
    if found.member is not None:
        return (used, PersonEnrolled(person=_with_new_phone(s, found.member, known, act.account)))
    person = known or Person(
        id=s.roster.next_person, account=act.account, name=found.name, sapaan=found.sapaan, unit=found.unit
    )
    if known is not None:  # what was never said of him is filled in; his name stays his own
        person = known.model_copy(update={"sapaan": known.sapaan or found.sapaan, "unit": known.unit or found.unit})
    return (used, PersonEnrolled(person=person), *_appointed(s, found, person))


def _appointed(s: OfficeSituation, found: Invitation, person: Person) -> tuple[Event, ...]:
    """The role, from this day on, and the end of whom the invitation replaces. What somebody holds already he holds once."""
    role = found.role or ""
    held = s.roster.held(role, s.today, s.today)
    events: list[Event] = []
    for item in held:
        if found.replaces is not None and item.member == found.replaces and not item.is_acting:
            last = s.today - timedelta(days=1)
            ended = item.model_copy(update={"ends": last})
            check_administrator_stays(s, ended)
            events.append(AppointmentChanged(appointment=ended))
    if not any(item.member == person.id and not item.is_acting for item in held):
        appointment = s.roster.appointing(person, role, starts=s.today)
        events.append(PersonAppointed(appointment=appointment))
    return tuple(events)


def _with_new_phone(s: OfficeSituation, member: int, known: Person | None, account: int) -> Person:
    if known is not None and known.id != member:
        raise InviteRefused(reason="taken")
    person = s.roster.person(member)
    if person is None:
        raise InviteRefused(reason="unknown")
    return person.model_copy(update={"account": account, "reachable": True})


def _of_member(s: OfficeSituation, act: Invite) -> Invitation:
    """A new phone for a known person, whose name and appointments stay."""
    check_administers(s, act.by)
    person = s.roster.person(act.member)
    if person is None:
        raise Unknown(subject=f"m{act.member}")
    if person.account is not None:
        raise MemberRefused(reason="linked", role=None, by=person.name, unit=None)
    return Invitation(
        id=s.roster.next_invitation,
        name=person.name,
        sapaan=person.sapaan,
        unit=person.unit,
        expires_at=s.at + VALID_FOR,
        member=person.id,
    )


def known_units(s: OfficeSituation) -> list[str]:
    """The units of everybody who has joined or may still, in order of the alphabet."""
    units = {item.unit for item in s.roster.people} | {
        item.unit for item in s.roster.invitations if item.used_by is not None or item.is_open(s.at)
    }
    return sorted(item for item in units if item)


def holders(s: OfficeSituation, role: str) -> tuple[Appointment, ...]:
    """Who holds the role now or later, not in another's place: a newcomer comes beside them, or in the place of one."""
    return tuple(item for item in s.roster.held(role, s.today, None) if not item.is_acting)


def _unit(s: OfficeSituation, act: Invite, unit: str | None) -> str:
    """The unit as it is called already, whatever its blanks and capitals."""
    if unit is None:
        raise MemberRefused(reason="unit", role=act.role, by=act.name, unit=None)
    known = known_units(s)
    same = next((item for item in known if plain(item).casefold() == plain(unit).casefold()), None)
    if same is not None or act.is_new_unit:
        return same or unit
    near = max(known, key=lambda item: _nearness(item, unit), default=None)
    if near is not None and _nearness(near, unit) >= NEAR:
        raise MemberRefused(reason="near", role=act.role, by=act.name, unit=near)
    return unit


def _nearness(one: str, other: str) -> float:
    return SequenceMatcher(None, plain(one).casefold(), plain(other).casefold()).ratio()


def _check_holder(s: OfficeSituation, act: Invite) -> None:
    """Whoever invites to a post that is held says whether the newcomer comes beside its holder or in his place."""
    held = holders(s, act.role or "")
    if act.replaces is not None:
        if act.replaces not in {item.member for item in held}:
            raise MemberRefused(reason="no_holder", role=act.role, by=None, unit=None)
    elif held and not act.also:
        raise MemberRefused(reason="held", role=act.role, by=held[0].name, unit=None)
