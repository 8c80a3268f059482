"""What is changed of a known person: his name, how he is addressed, his unit; and a lost phone, which is unlinked at once."""

from typing import Literal

from alur.workflow.errors import AppointmentRefused, MemberRefused, Unknown
from alur.workflow.model import Value
from alur.workflow.office.entitled import check_administers
from alur.workflow.office.events import AccountUnlinked, Event, PersonChanged
from alur.workflow.office.roster import Person
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import ADMIN
from alur.workflow.written import LONGEST_NAME, read_text


class ChangePerson(Value):
    """What is None stays as it is."""

    act: Literal["change_person"] = "change_person"
    by: int | None = None
    member: int
    name: str | None = None
    sapaan: str | None = None
    unit: str | None = None


class Unlink(Value):
    """*Lepas Telepon*: from now on nothing that comes from the phone is taken, whenever it was sent."""

    act: Literal["unlink"] = "unlink"
    by: int | None = None
    member: int


def change(s: OfficeSituation, act: ChangePerson) -> tuple[Event, ...]:
    check_administers(s, act.by)
    person = _person(s, act.member)
    given = {
        "name": None if act.name is None else read_text(act.name, "name", most=LONGEST_NAME),
        "sapaan": act.sapaan,
        "unit": None if act.unit is None else read_text(act.unit, "unit", most=LONGEST_NAME),
    }
    changed = person.model_copy(update={key: value for key, value in given.items() if value is not None})
    return () if changed == person else (PersonChanged(person=changed),)


def unlink(s: OfficeSituation, act: Unlink) -> tuple[Event, ...]:
    check_administers(s, act.by)
    person = _person(s, act.member)
    if person.account is None:
        raise MemberRefused(reason="unlinked", role=None, by=person.name, unit=None)
    if act.by is not None:  # whoever runs the command line can invite another administrator
        check_administrator_reached(s, person)
    return (AccountUnlinked(person=person.id, account=person.account),)


def check_administrator_reached(s: OfficeSituation, person: Person) -> None:
    """The last administrator's phone stays linked."""
    held = [item for item in s.roster.appointments if item.role == ADMIN and item.is_in_force(s.today)]
    mine = next((item for item in held if item.member == person.id), None)
    if mine is None:
        return
    others = (s.roster.person(item.member) for item in held if item.member != person.id)
    if not any(other is not None and other.account is not None for other in others):
        raise AppointmentRefused(
            reason="last",
            role=ADMIN,
            appointment=mine.kind.value,
            by=mine.name,
            sapaan_of=mine.sapaan,
            starts=None,
            ends=None,
        )


def _person(s: OfficeSituation, number: int) -> Person:
    found = s.roster.person(number)
    if found is None:
        raise Unknown(subject=f"m{number}")
    return found
