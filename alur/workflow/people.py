"""Who may act: appointments, the office that holds them, and the actor as he is written into the record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from alur.workflow.calendar import Calendar
from alur.workflow.files import FileRef
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


class Stage(StrEnum):
    """Where an appointment stands on a day."""

    SCHEDULED = "scheduled"
    ACTIVE = "active"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"  # before its first day, or on it


class Appointment(Value):
    """A member holds a role from `starts` to `ends`, both days included; open where None. One whose last day lies before its
    first was withdrawn.
    """

    id: int | None = None  # None where an old trail does not name it
    member: int
    role: str
    name: str
    sapaan: str | None = None
    unit: str | None = None
    kind: AppointmentKind = AppointmentKind.DEFINITIVE
    order: str | None = None
    order_date: date | None = None
    order_file: FileRef | None = None
    starts: date | None = None
    ends: date | None = None
    in_place_of: int | None = None  # of a Plh, the member who is absent; None: whoever else holds the role

    @property
    def is_acting(self) -> bool:
        return self.kind is not AppointmentKind.DEFINITIVE

    @property
    def is_withdrawn(self) -> bool:
        return self.starts is not None and self.ends is not None and self.ends < self.starts

    def is_in_force(self, day: date) -> bool:
        return (self.starts is None or self.starts <= day) and (self.ends is None or day <= self.ends)

    def stage(self, day: date) -> Stage:
        if self.is_withdrawn:
            return Stage.WITHDRAWN
        if self.is_in_force(day):
            return Stage.ACTIVE
        return Stage.SCHEDULED if self.starts is not None and day < self.starts else Stage.ENDED

    def overlaps(self, starts: date | None, ends: date | None) -> bool:
        """Whether both are in force on some day of `starts` to `ends`."""
        if self.is_withdrawn:
            return False
        begins_in_time = ends is None or self.starts is None or self.starts <= ends
        return begins_in_time and (starts is None or self.ends is None or starts <= self.ends)

    def replaces(self, other: "Appointment") -> bool:
        """Whether this is a Plh's, who acts in the other's place while both are in force."""
        is_other = other.role == self.role and other.kind is not AppointmentKind.PLH
        return self.kind is AppointmentKind.PLH and is_other and self.in_place_of in (None, other.member)

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
    """What the engine knows of the world outside the case: the calendar, and who holds which role. Who holds one is found when
    it is asked, by the day: while a Plh is in force he alone acts, and the holder who is absent reads.
    """

    calendar: Calendar
    appointments: tuple[Appointment, ...]
    units: tuple[str, ...] = ()  # every unit that was ever invited, with or without a member
    invited: tuple[Invited, ...] = ()  # who has not joined, also where his invitation has expired meanwhile
    unlinked: frozenset[int] = frozenset()  # the members without a phone

    def holders(self, role: str, at: datetime, handed_to: int | None = None) -> tuple[Appointment, ...]:
        """Those who act in the role. Of a task that was handed to one of them, he alone, as long as he acts in it and has a phone."""
        acting = self._on(self._day(at)).acting.get(role, ())
        if handed_to is None or handed_to in self.unlinked:
            return acting
        return tuple(item for item in acting if item.member == handed_to) or acting

    def absent(self, role: str, at: datetime) -> tuple[Appointment, ...]:
        """Those in whose place a Plh acts."""
        return self._on(self._day(at)).absent.get(role, ())

    def plh_of(self, member: int, role: str, at: datetime) -> Appointment | None:
        """Who acts in the role in the place of the member, who holds it and is absent."""
        own = next((item for item in self.absent(role, at) if item.member == member), None)
        return None if own is None else next((item for item in self.holders(role, at) if item.replaces(own)), None)

    def appointment(self, member: int, roles: Iterable[str], at: datetime) -> Appointment | None:
        """The first of `roles` in which `member` acts at that moment."""
        held = {item.role: item for item in self._of(member, at)}
        return next((held[role] for role in roles if role in held), None)

    def roles(self, member: int, at: datetime) -> tuple[str, ...]:
        """Those in which he acts."""
        return tuple(item.role for item in self._of(member, at))

    def reads(self, member: int, at: datetime) -> tuple[str, ...]:
        """Those in which he reads: where he acts, and what he holds while a Plh acts in his place."""
        away = self._on(self._day(at)).absent.values()
        return (*self.roles(member, at), *(item.role for items in away for item in items if item.member == member))

    def everybody(self, at: datetime) -> tuple[Appointment, ...]:
        """Whoever holds something at that moment, present or absent, in the order of entry."""
        return self._on(self._day(at)).in_force

    def who_is_invited(self, number: int | None) -> Invited | None:
        """By the number of his invitation; None where he has joined."""
        return next((item for item in self.invited if item.id == number), None)

    def _of(self, member: int, at: datetime) -> Iterable[Appointment]:
        present = self._on(self._day(at))
        return (item for item in present.in_force if item.member == member and item not in present.away)

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.calendar.zone).date()

    def _on(self, day: date) -> "_Present":
        found = self._days.get(day)
        if found is None:
            found = self._days[day] = _present(tuple(item for item in self.appointments if item.is_in_force(day)))
        return found

    @cached_property
    def _days(self) -> dict[date, "_Present"]:
        """As far as they were asked for: a tick asks for the same few thousands of times."""
        return {}


@dataclass(frozen=True, kw_only=True)
class _Present:
    """A day of the office."""

    in_force: tuple[Appointment, ...]
    away: frozenset[Appointment]
    acting: Mapping[str, tuple[Appointment, ...]]
    absent: Mapping[str, tuple[Appointment, ...]]


def _present(in_force: tuple[Appointment, ...]) -> _Present:
    plh = [item for item in in_force if item.kind is AppointmentKind.PLH]
    away = frozenset(item for item in in_force if any(other.replaces(item) for other in plh))
    acting: dict[str, tuple[Appointment, ...]] = {}
    absent: dict[str, tuple[Appointment, ...]] = {}
    for item in in_force:
        found = absent if item in away else acting
        found[item.role] = (*found.get(item.role, ()), item)
    return _Present(in_force=in_force, away=away, acting=acting, absent=absent)


def roles_with(sop: Sop, right: Right) -> tuple[str, ...]:
    return (*(role.id for role in sop.roles if right in role.may), ADMIN)


def nearest_with(sop: Sop, right: Right) -> str:
    """Whom to turn to about something that needs the right: the last of the SOP's roles that has it, not the highest."""
    return next((role.id for role in reversed(sop.roles) if right in role.may), ADMIN)


def readers(sop: Sop) -> tuple[str, ...]:
    """The roles that read a case whole."""
    return (*(role.id for role in sop.roles if role.reads == "cases"), ADMIN)
