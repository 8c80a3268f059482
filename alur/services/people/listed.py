"""Everybody whom the office knows, as administrators see them: who is appointed to what, and whether a phone reaches him."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alur.services.work import Work
from alur.storage import inbox, roster
from alur.workflow.office import Invitation, Person
from alur.workflow.people import Appointment


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


def people(work: Work) -> tuple[Listed, ...]:
    """Members in order of joining, then the invitations that were not redeemed, in order of making."""
    present = roster.load(work.session)
    seen = inbox.last_from(work.session, [item.account for item in present.people if item.account is not None])
    members = (_member(item, present.appointments, seen) for item in present.people)
    waiting = (
        _invited(item, work.now) for item in present.invitations if item.used_by is None and not item.is_withdrawn
    )
    return (*members, *waiting)


def _member(person: Person, appointments: tuple[Appointment, ...], seen: dict[int, datetime]) -> Listed:
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
