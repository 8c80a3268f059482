"""Who may act: appointments, the office that holds them, and the actor as he is written into the record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from alur.workflow.calendar import Calendar
from alur.workflow.model import Value
from alur.workflow.sop import Right, Sop

ADMIN = "admin"  # the one role that no SOP defines: it runs the bot, opens cases and reads them all


class AppointmentKind(StrEnum):
    DEFINITIVE = "definitif"
    PLH = "plh"  # pelaksana harian: the holder is absent for a while
    PLT = "plt"  # pelaksana tugas: the post is vacant


class Actor(Value):
    """A person at the moment of an act, complete enough for an auditor who has nothing but the entry."""

    member: int
    role: str
    name: str
    kind: AppointmentKind = AppointmentKind.DEFINITIVE
    order: str | None = None  # number of the order (surat perintah) behind a Plh or Plt
    unit: str | None = None
    sapaan: str | None = None

    @property
    def as_facts(self) -> dict[str, str]:
        """As a refusal names who came before."""
        return {"role": self.role, "appointment": self.kind.value, "by": self.name}


class Appointment(Value):
    """A member holds a role from `starts` to `ends`, both days included; open where None."""

    member: int
    role: str
    name: str
    sapaan: str | None = None
    unit: str | None = None
    kind: AppointmentKind = AppointmentKind.DEFINITIVE
    order: str | None = None
    starts: date | None = None
    ends: date | None = None

    def is_in_force(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def actor(self) -> Actor:
        return Actor(
            member=self.member,
            role=self.role,
            name=self.name,
            kind=self.kind,
            order=self.order,
            unit=self.unit,
            sapaan=self.sapaan,
        )


class Invited(Value):
    """Somebody who was invited to a role and has not joined: the number is his invitation's."""

    id: int
    role: str
    name: str
    sapaan: str | None = None
    unit: str | None = None
    until: datetime  # when the invitation expires


@dataclass(frozen=True, kw_only=True)
class Office:
    """What the engine knows of the world outside the case: the calendar, and who holds which role."""

    calendar: Calendar
    appointments: tuple[Appointment, ...]
    units: tuple[str, ...] = ()  # every unit that was ever invited, with or without a member
    invited: tuple[Invited, ...] = ()  # who has not joined, also where his invitation has expired meanwhile

    def holders(self, role: str, at: datetime) -> tuple[Appointment, ...]:
        day = at.astimezone(self.calendar.zone).date()
        found = self._holders.get((role, day))
        if found is None:
            found = self._holders[role, day] = tuple(item for item in self._in_force(at) if item.role == role)
        return found

    @cached_property
    def _holders(self) -> dict[tuple[str, date], tuple[Appointment, ...]]:
        """By role and day, as far as they were asked for: a tick asks for the same few thousands of times."""
        return {}

    def appointment(self, member: int, roles: Iterable[str], at: datetime) -> Appointment | None:
        """The first of `roles` that `member` holds at that moment."""
        held = {item.role: item for item in self._in_force(at) if item.member == member}
        return next((held[role] for role in roles if role in held), None)

    def roles(self, member: int, at: datetime) -> tuple[str, ...]:
        return tuple(item.role for item in self._in_force(at) if item.member == member)

    def who_is_invited(self, number: int | None) -> Invited | None:
        """By the number of his invitation; None where he has joined."""
        return next((item for item in self.invited if item.id == number), None)

    def _in_force(self, at: datetime) -> Iterable[Appointment]:
        day = at.astimezone(self.calendar.zone).date()
        return (item for item in self.appointments if item.is_in_force(day))


def roles_with(sop: Sop, right: Right) -> tuple[str, ...]:
    return (*(role.id for role in sop.roles if right in role.may), ADMIN)


def nearest_with(sop: Sop, right: Right) -> str:
    """Whom to turn to about something that needs the right: the last of the SOP's roles that has it, not the highest."""
    return next((role.id for role in reversed(sop.roles) if right in role.may), ADMIN)


def readers(sop: Sop) -> tuple[str, ...]:
    """The roles that read a case whole."""
    return (*(role.id for role in sop.roles if role.reads == "cases"), ADMIN)
