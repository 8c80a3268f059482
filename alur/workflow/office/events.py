"""What happened in the office, in the past tense. `apply` alone changes the roster, and checks nothing."""

from collections.abc import Iterable
from typing import Annotated, Any, Literal, assert_never

from pydantic import Field, TypeAdapter

from alur.workflow.model import Value
from alur.workflow.office.roster import Invitation, Person, Roster
from alur.workflow.people import Appointment


class PersonInvited(Value):
    event: Literal["person_invited"] = "person_invited"
    invitation: Invitation


class InvitationUsed(Value):
    event: Literal["invitation_used"] = "invitation_used"
    invitation: int
    account: int


class InvitationWithdrawn(Value):
    event: Literal["invitation_withdrawn"] = "invitation_withdrawn"
    invitation: int


class PersonEnrolled(Value):
    """New, or known and with another phone; in older entries also named anew."""

    event: Literal["person_enrolled"] = "person_enrolled"
    person: Person


class PersonAppointed(Value):
    event: Literal["person_appointed"] = "person_appointed"
    appointment: Appointment


class PersonChanged(Value):
    event: Literal["person_changed"] = "person_changed"
    person: Person


class AccountUnlinked(Value):
    event: Literal["account_unlinked"] = "account_unlinked"
    person: int
    account: int


class AppointmentChanged(Value):
    """Its days or its order; also how it ends."""

    event: Literal["appointment_changed"] = "appointment_changed"
    appointment: Appointment


class ContactLost(Value):
    event: Literal["contact_lost"] = "contact_lost"
    person: int


class ContactRegained(Value):
    event: Literal["contact_regained"] = "contact_regained"
    person: int


class KeyBegun(Value):
    """Checkpoints of the trail are signed with this key from now on; nobody's place changes by it."""

    event: Literal["key_begun"] = "key_begun"
    key: str  # the verifier's line of it, as C2SP writes them


Event = Annotated[
    PersonInvited
    | InvitationUsed
    | InvitationWithdrawn
    | PersonEnrolled
    | PersonChanged
    | AccountUnlinked
    | PersonAppointed
    | AppointmentChanged
    | ContactLost
    | ContactRegained
    | KeyBegun,
    Field(discriminator="event"),
]

EVENTS: TypeAdapter[tuple[Event, ...]] = TypeAdapter(tuple[Event, ...])


def replay(events: Iterable[Event], roster: Roster | None = None) -> Roster:
    """The roster after all of `events`, beginning with nobody."""
    roster = roster or Roster()
    for event in events:
        roster = apply(roster, event)
    return roster


def apply(roster: Roster, event: Event) -> Roster:
    match event:
        case PersonInvited(invitation=invitation):
            return roster.model_copy(update={"invitations": (*roster.invitations, invitation)})
        case InvitationUsed(invitation=number, account=account):
            return _invitation(roster, number, used_by=account)
        case InvitationWithdrawn(invitation=number):
            return _invitation(roster, number, is_withdrawn=True)
        case PersonEnrolled(person=person) | PersonChanged(person=person):
            return _named(roster, person)
        case AccountUnlinked(person=number):
            return _person(roster, number, account=None, reachable=False)
        case PersonAppointed(appointment=appointment):
            numbered = appointment.model_copy(update={"id": appointment.id or roster.next_appointment})
            return roster.model_copy(update={"appointments": (*roster.appointments, numbered)})
        case AppointmentChanged(appointment=changed):
            appointments = tuple(changed if item.id == changed.id else item for item in roster.appointments)
            return roster.model_copy(update={"appointments": appointments})
        case ContactLost(person=number):
            return _person(roster, number, reachable=False)
        case ContactRegained(person=number):
            return _person(roster, number, reachable=True)
        case KeyBegun():
            return roster
        case _:
            assert_never(event)


def _named(roster: Roster, person: Person) -> Roster:
    """An appointment carries its member's name as it is now."""
    others = tuple(item for item in roster.people if item.id != person.id)
    named = {"name": person.name, "sapaan": person.sapaan, "unit": person.unit}
    appointments = tuple(
        item.model_copy(update=named) if item.member == person.id else item for item in roster.appointments
    )
    people = tuple(sorted((*others, person), key=lambda item: item.id))
    return roster.model_copy(update={"people": people, "appointments": appointments})


def _person(roster: Roster, number: int, **changes: Any) -> Roster:
    people = tuple(item.model_copy(update=changes) if item.id == number else item for item in roster.people)
    return roster.model_copy(update={"people": people})


def _invitation(roster: Roster, number: int, **changes: Any) -> Roster:
    invitations = tuple(item.model_copy(update=changes) if item.id == number else item for item in roster.invitations)
    return roster.model_copy(update={"invitations": invitations})
