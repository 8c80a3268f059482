"""The office's roster in its tables: read whole for a decision, and written by its events.

The office's own row is locked first, so that two who decide about people at once do so one after the other.
"""

from datetime import datetime
from typing import assert_never

from sqlmodel import Session

from alur.storage import appointments, audit, invites, members
from alur.workflow.office import Person, Roster
from alur.workflow.office.events import (
    AccountUnlinked,
    AppointmentChanged,
    ContactLost,
    ContactRegained,
    Event,
    InvitationUsed,
    InvitationWithdrawn,
    KeyBegun,
    PersonAppointed,
    PersonChanged,
    PersonEnrolled,
    PersonInvited,
)


def lock(session: Session) -> Roster:
    """Everybody, as they are until the transaction ends."""
    audit.lock_office(session)
    return load(session)


def load(session: Session) -> Roster:
    people = tuple(
        Person(
            id=item.id,
            account=item.account,
            name=item.name,
            sapaan=item.sapaan,
            unit=item.unit,
            reachable=item.reachable,
        )
        for item in members.all_(session)
    )
    return Roster(people=people, appointments=appointments.all_(session), invitations=invites.all_(session))


def save(session: Session, event: Event, *, at: datetime, code: str | None = None) -> None:
    """Writes what an event says; `code` redeems the invitation that it makes."""
    match event:
        case PersonInvited(invitation=invitation):
            invites.add(session, invitation, code=code or "")
        case InvitationUsed(invitation=number, account=account):
            invites.use(session, number, account=account, at=at)
        case InvitationWithdrawn(invitation=number):
            invites.withdraw(session, number, at=at)
        case PersonEnrolled(person=person) | PersonChanged(person=person):
            members.save(session, person, at=at)
        case AccountUnlinked(person=number):
            members.unlink(session, number)
        case PersonAppointed(appointment=appointment) | AppointmentChanged(appointment=appointment):
            appointments.save(session, appointment)
        case ContactLost(person=number):
            members.set_reachable(session, number, False)
        case ContactRegained(person=number):
            members.set_reachable(session, number, True)
        case KeyBegun():
            pass  # it changes nobody
        case _:
            assert_never(event)
