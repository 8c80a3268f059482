"""What happened in the office, in the past tense. `apply` alone changes the roster, and checks nothing."""

from collections.abc import Iterable
from typing import Annotated, Literal, assert_never

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


class PersonEnrolled(Value):
    """New, or known and named anew."""

    event: Literal["person_enrolled"] = "person_enrolled"
    person: Person


class PersonAppointed(Value):
    event: Literal["person_appointed"] = "person_appointed"
    appointment: Appointment


class ContactLost(Value):
    event: Literal["contact_lost"] = "contact_lost"
    person: int


class ContactRegained(Value):
    event: Literal["contact_regained"] = "contact_regained"
    person: int


Event = Annotated[
    PersonInvited | InvitationUsed | PersonEnrolled | PersonAppointed | ContactLost | ContactRegained,
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
            invitations = tuple(
                item.model_copy(update={"used_by": account}) if item.id == number else item
                for item in roster.invitations
            )
            return roster.model_copy(update={"invitations": invitations})
        case PersonEnrolled(person=person):
            return _enrolled(roster, person)
        case PersonAppointed(appointment=appointment):
            return roster.model_copy(update={"appointments": (*roster.appointments, appointment)})
        case ContactLost(person=number):
            return _reached(roster, number, is_reachable=False)
        case ContactRegained(person=number):
            return _reached(roster, number, is_reachable=True)
        case _:
            assert_never(event)


def _enrolled(roster: Roster, person: Person) -> Roster:
    """An appointment carries its member's name as it is now."""
    others = tuple(item for item in roster.people if item.id != person.id)
    named = {"name": person.name, "sapaan": person.sapaan, "unit": person.unit}
    appointments = tuple(
        item.model_copy(update=named) if item.member == person.id else item for item in roster.appointments
    )
    people = tuple(sorted((*others, person), key=lambda item: item.id))
    return roster.model_copy(update={"people": people, "appointments": appointments})


def _reached(roster: Roster, number: int, *, is_reachable: bool) -> Roster:
    people = tuple(
        item.model_copy(update={"reachable": is_reachable}) if item.id == number else item for item in roster.people
    )
    return roster.model_copy(update={"people": people})
