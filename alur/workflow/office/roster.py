"""The roster: who has joined, what each is appointed to, and who is invited. A frozen value, as a case is."""

from pydantic import AwareDatetime

from alur.workflow.model import Value
from alur.workflow.people import Appointment


class Person(Value):
    """A member as the office knows him. `account` is his Telegram id; None where an old trail does not name it."""

    id: int
    account: int | None
    name: str
    sapaan: str | None = None
    unit: str | None = None
    reachable: bool = True  # False after Telegram said that he cannot be written to


class Invitation(Value):
    """Enrols one person, once, until `expires_at`. The code that redeems it is in the link alone."""

    id: int
    role: str
    name: str
    sapaan: str | None = None
    unit: str | None = None
    expires_at: AwareDatetime | None = None  # None where an old trail does not name it
    used_by: int | None = None  # the account


class Roster(Value):
    people: tuple[Person, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    invitations: tuple[Invitation, ...] = ()

    def person(self, number: int) -> Person | None:
        return next((item for item in self.people if item.id == number), None)

    def with_account(self, account: int) -> Person | None:
        return next((item for item in self.people if item.account == account), None)

    def invitation(self, number: int) -> Invitation | None:
        return next((item for item in self.invitations if item.id == number), None)

    @property
    def next_person(self) -> int:
        return max((item.id for item in self.people), default=0) + 1

    @property
    def next_invitation(self) -> int:
        return max((item.id for item in self.invitations), default=0) + 1
