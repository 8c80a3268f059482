"""Everybody whom the office knows, as those who decide about people see them: who is appointed to what, and whether a phone
reaches him. Made by `alur.services.people.listed`, shown by /kelola and by `alur members`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alur.workflow.office.entitled import acts_as, invites
from alur.workflow.office.roster import Invitation, Person, Roster
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import ADMIN, Appointment


class State(StrEnum):
    ACTIVE = "active"
    UNREACHABLE = "unreachable"  # Telegram says that he cannot be written to
    UNLINKED = "unlinked"  # his phone was unlinked, and he has no other yet
    INVITED = "invited"
    NEVER_JOINED = "never joined"  # his invitation ran out unused


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A member with his appointments, past ones too, or an invitation that has made nobody one yet."""

    state: State
    name: str
    sapaan: str | None
    unit: str | None
    member: int | None = None
    invitation: int | None = None
    role: str | None = None  # of the invitation
    until: datetime | None = None  # how long the invitation can be redeemed
    appointments: tuple[Appointment, ...] = ()
    last_seen: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Staff:
    """The people of the office before somebody who decides about them."""

    s: OfficeSituation
    by: int
    everybody: tuple[Listed, ...]  # whom he may see

    def person(self, member: int) -> Listed | None:
        return next((item for item in self.everybody if item.invitation is None and item.member == member), None)

    def invited(self, invitation: int) -> Listed | None:
        return next((item for item in self.everybody if item.invitation == invitation), None)


def listed(roster: Roster, seen: Mapping[int, datetime], now: datetime) -> tuple[Listed, ...]:
    """Members in order of joining, then the invitations that were not redeemed, in order of making. `seen` is when an account
    was last heard.
    """
    members = (_member(item, roster.appointments, seen) for item in roster.people)
    waiting = (_invited(item, now) for item in roster.invitations if item.used_by is None and not item.is_withdrawn)
    return (*members, *waiting)


def shown_to(s: OfficeSituation, by: int, everybody: tuple[Listed, ...]) -> Staff:
    """An administrator sees everybody; who invites units alone, their people."""
    if ADMIN in acts_as(s, by):
        return Staff(s=s, by=by, everybody=everybody)
    own = set(invites(s, by))
    return Staff(s=s, by=by, everybody=tuple(item for item in everybody if not own.isdisjoint(_roles(item))))


def _roles(item: Listed) -> set[str]:
    return {held.role for held in item.appointments} | ({item.role} if item.role else set())


def _member(person: Person, appointments: tuple[Appointment, ...], seen: Mapping[int, datetime]) -> Listed:
    reached = State.ACTIVE if person.reachable else State.UNREACHABLE
    return Listed(
        state=reached if person.account is not None else State.UNLINKED,
        name=person.name,
        sapaan=person.sapaan,
        unit=person.unit,
        member=person.id,
        appointments=tuple(item for item in appointments if item.member == person.id),
        last_seen=seen.get(person.account) if person.account is not None else None,
    )


def _invited(item: Invitation, now: datetime) -> Listed:
    return Listed(
        state=State.INVITED if item.is_open(now) else State.NEVER_JOINED,
        name=item.name,
        sapaan=item.sapaan,
        unit=item.unit,
        member=item.member,
        invitation=item.id,
        role=item.role,
        until=item.expires_at,
    )
