"""The roster: who has joined, what each is appointed to, and who is invited. A frozen value, as a case is."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime

from alur.workflow.model import Value
from alur.workflow.people import Appointment


class Person(Value):
    """A member as the office knows him. `account` is his Telegram id; None where his phone was unlinked, or an old trail does
    not name it.
    """

    id: int
    account: int | None
    name: str
    sapaan: str | None = None
    unit: str | None = None
    reachable: bool = True  # False after Telegram said that he cannot be written to, or without a phone


class Invitation(Value):
    """Enrols one person, once, until `expires_at`. The code that redeems it is in the link alone."""

    id: int
    role: str | None = None  # None: it links a new phone to `member`, whatever he is appointed to
    name: str
    sapaan: str | None = None
    unit: str | None = None
    expires_at: AwareDatetime | None = None  # None where an old trail does not name it
    used_by: int | None = None  # the account
    is_withdrawn: bool = False
    member: int | None = None  # whom the phone that redeems it belongs to
    replaces: int | None = None  # the member whose appointment to the role ends when it is redeemed

    def is_open(self, at: datetime) -> bool:
        """Whether it can still be redeemed."""
        return self.used_by is None and not self.is_withdrawn and self.expires_at is not None and at <= self.expires_at


class Roster(Value):
    people: tuple[Person, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    invitations: tuple[Invitation, ...] = ()

    def person(self, number: int | None) -> Person | None:
        return next((item for item in self.people if item.id == number), None)

    def with_account(self, account: int) -> Person | None:
        return next((item for item in self.people if item.account == account), None)

    def invitation(self, number: int | None) -> Invitation | None:
        return next((item for item in self.invitations if item.id == number), None)

    def appointment(self, number: int | None) -> Appointment | None:
        return next((item for item in self.appointments if item.id == number), None)

    def held(self, role: str, starts: date | None, ends: date | None) -> tuple[Appointment, ...]:
        """Who holds the role on some day of `starts` to `ends`."""
        return tuple(item for item in self.appointments if item.role == role and item.overlaps(starts, ends))

    def appointing(self, person: Person, role: str, **about: Any) -> Appointment:
        """A new appointment of the person, under the next number."""
        named = {"name": person.name, "sapaan": person.sapaan, "unit": person.unit}
        return Appointment(id=self.next_appointment, member=person.id, role=role, **named, **about)

    @property
    def next_person(self) -> int:
        return _next(item.id for item in self.people)

    @property
    def next_invitation(self) -> int:
        return _next(item.id for item in self.invitations)

    @property
    def next_appointment(self) -> int:
        return _next(item.id or 0 for item in self.appointments)


def _next(numbers: Iterable[int]) -> int:
    return max(numbers, default=0) + 1
