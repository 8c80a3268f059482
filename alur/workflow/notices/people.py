"""Notices about people: who joins, whom a stranger may ask, a role that nobody holds, whom Telegram does not reach."""

from typing import Any, ClassVar, Literal

from pydantic import AwareDatetime, model_validator

from alur.workflow.notices.notice import AboutCase, Need, Notice, Person
from alur.workflow.office.conflicts import Conflict
from alur.workflow.people import Appointment, AppointmentKind


class Stranger(Notice):
    """To whoever is not enrolled: whom to ask, by the post. A stranger reads no name, not even of a row of an earlier build."""

    template: ClassVar[str] = "stranger"
    contacts: tuple[Person, ...] = ()  # kept by earlier builds
    posts: tuple[str, ...] = ()  # the roles
    is_forwarded: bool = False


class InviteRefused(Notice):
    template: ClassVar[str] = "invite_refused"
    reason: str  # unknown, used, expired, withdrawn or taken
    contacts: tuple[Person, ...] = ()  # kept by earlier builds
    posts: tuple[str, ...] = ()
    are_told: bool = False  # those posts that he has come


class CodesBlocked(Notice):
    """To whoever brought too many wrong codes: until when no other is taken."""

    template: ClassVar[str] = "codes_blocked"
    until: AwareDatetime
    contacts: tuple[Person, ...] = ()  # kept by earlier builds
    posts: tuple[str, ...] = ()


class Welcome(Notice):
    template: ClassVar[str] = "welcome"
    roles: tuple[str, ...]
    is_again: bool = False  # his code has been redeemed before, by himself


class Enrolled(Notice):
    """To the administrators: who has joined."""

    template: ClassVar[str] = "enrolled"
    member: Person
    role: str

    @model_validator(mode="before")
    @classmethod
    def _of_any_build(cls, kept: Any) -> Any:
        return _with_member(kept)


class Appointed(Notice):
    """An appointment was entered or changed, or it ends; to whom it is, and to the holder in whose place he acts."""

    template: ClassVar[str] = "appointed"
    appointment: Appointment
    how: Literal["entered", "changed", "ended"]
    is_own: bool = True
    by: Person | None = None  # who has entered it; None: on the command line


class TasksCome(Notice):
    """At opening, to whom the cards of a role came while the office was closed: with the day he holds it."""

    template: ClassVar[str] = "tasks_come"
    role: str
    kind: AppointmentKind
    count: int


class Appointments(Notice):
    """/plh: who is appointed to what, from the appointment at `start` on."""

    template: ClassVar[str] = "appointments"
    needs = frozenset({Need.STAFF})
    start: int = 0


class AppointmentShown(Notice):
    """The page of an appointment, in the place of the screen on which it was chosen."""

    template: ClassVar[str] = "appointment"
    needs = frozenset({Need.STAFF})
    appointment: int


class OrderSent(Notice):
    """The file of the order behind an appointment."""

    template: ClassVar[str] = "order"
    needs = frozenset({Need.STAFF})
    appointment: int


class Conflicting(Notice):
    """To those who can suspend a case: since today, or where a case has come to stand, one person alone holds what needs two."""

    template: ClassVar[str] = "conflicting"
    conflict: Conflict
    member: Person
    codes: tuple[str, ...] = ()  # of the cases that stand there


class PhoneUnlinked(Notice):
    """In the place of what stood in the chat of a phone that was unlinked."""

    template: ClassVar[str] = "phone_unlinked"


class RoleVacant(AboutCase):
    """To whoever can have somebody invited; once somebody has come the same notice says so."""

    template: ClassVar[str] = "role_vacant"
    role: str
    task: int


class Unreached(Person):
    """A member whom Telegram does not reach."""

    id: int


class NotJoined(Person):
    """Who was invited to a role that nobody holds, and has not joined."""

    invitation: int
    role: str
    unit: str | None = None
    until: AwareDatetime  # when the invitation expires


class HandOver(Notice):
    """A text to read out or print for somebody; without a task only the news that he cannot be reached."""

    template: ClassVar[str] = "hand_over"
    member: Unreached | NotJoined
    case_id: int | None = None
    task: int | None = None


class Delivered(Notice):
    """In the place of a text to hand over: who has handed it over."""

    template: ClassVar[str] = "delivered"
    member: Person
    by: Person

    @model_validator(mode="before")
    @classmethod
    def _of_any_build(cls, kept: Any) -> Any:
        return _with_member(kept)


def _with_member(kept: Any) -> Any:
    """A row of a build that kept the name alone."""
    if not isinstance(kept, dict) or "name" not in kept:
        return kept
    return {key: value for key, value in kept.items() if key != "name"} | {"member": kept["name"]}
