"""An office in which every role is held in every way in which it can be: one person for each. All of them are asked, and tried,
at one moment, which is long after the case began: the case itself is played by the definitive holders before.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from alur.workflow.office import Invitation, Person, Roster
from alur.workflow.office.situation import OfficeRules
from alur.workflow.people import ADMIN, Appointment, AppointmentKind, Invited, Office, roles_with
from alur.workflow.sop import Right
from tests.factories import CALENDAR, PEOPLE, SOP, WIB
from tests.workflow.walk import wib

ASKED = wib("2026-11-23 10:00")  # a Monday, when every meeting has begun and every limit is over
TODAY = ASKED.date()
DAY = timedelta(days=1)
ROLES = (*(role.id for role in SOP.roles), ADMIN)
GUESTS = tuple(dict.fromkeys(role for step in SOP.steps for task in step.tasks for role in task.participants))
OWN_UNIT, OTHER_UNIT = "Direktorat Teknik", "Direktorat Program"
NEW_UNIT = "Direktorat Pembinaan"  # nobody of it has joined yet
STRANGER = 9_999  # an account that the office has never seen
ORDER = "12/SPt/2026"


class Kind(StrEnum):
    """How somebody holds a role, or holds it no more."""

    HOLDER = "definitif"
    BESIDE = "co-holder"
    OF_OTHER_UNIT = "co-holder of another unit"
    PLT = "Plt"
    PLH = "Plh in force"
    ABSENT = "absent holder"
    PLH_BEFORE = "Plh of yesterday"
    ENDED = "ended member"
    UNLINKED = "unlinked phone"
    STRANGER = "stranger"


@dataclass(frozen=True, kw_only=True)
class Somebody:
    """Whoever writes from an account; of an unlinked phone the member is nobody's any more."""

    kind: Kind
    account: int
    role: str | None = None
    id: int | None = None  # the member's number, whoever has his phone

    @property
    def member(self):
        """Whom the office takes him for; None for whoever is not enrolled."""
        person = ROSTER.with_account(self.account)
        return person.id if person else None

    @property
    def unit(self):
        return ROSTER.person(self.member).unit

    def __str__(self):
        return f"{self.kind.value} of {self.role}" if self.role else self.kind.value


def _everybody():
    """The definitive holders under the numbers by which `tests.factories` plays its cases, the others after them."""
    first = {item.role: item.member for item in reversed(PEOPLE)}
    number = max(item.member for item in PEOPLE)
    for role in ROLES:
        yield Somebody(kind=Kind.HOLDER, role=role, id=first[role], account=1_000 + first[role])
    for role in ROLES:
        for kind in Kind:
            if kind not in (Kind.HOLDER, Kind.STRANGER) and (kind is not Kind.OF_OTHER_UNIT or role in GUESTS):
                number += 1
                yield Somebody(kind=kind, role=role, id=number, account=1_000 + number)
    yield Somebody(kind=Kind.STRANGER, account=STRANGER)


EVERYBODY = tuple(_everybody())
MEMBERS = tuple(item for item in EVERYBODY if item.id is not None)


def who(role, kind=Kind.HOLDER):
    return next(item for item in EVERYBODY if (item.role, item.kind) == (role, kind))


def _person(item):
    unit = (OTHER_UNIT if item.kind is Kind.OF_OTHER_UNIT else OWN_UNIT) if item.role in GUESTS else None
    account = None if item.kind is Kind.UNLINKED else item.account
    return Person(id=item.id, account=account, name=f"Pegawai {item.id}", unit=unit, reachable=account is not None)


def _days(item):
    """What of his appointment is other than of one that holds for ever."""
    order = {"order": ORDER, "order_date": TODAY - 8 * DAY}
    match item.kind:
        case Kind.PLT:
            return {"kind": AppointmentKind.PLT, **order}
        case Kind.PLH:
            absent = who(item.role, Kind.ABSENT).id
            days = {"starts": TODAY - 7 * DAY, "ends": TODAY + 4 * DAY}
            return {"kind": AppointmentKind.PLH, "in_place_of": absent, **days, **order}
        case Kind.PLH_BEFORE:
            days = {"starts": TODAY - 7 * DAY, "ends": TODAY - DAY}
            return {"kind": AppointmentKind.PLH, "in_place_of": who(item.role).id, **days, **order}
        case Kind.ENDED:
            return {"ends": TODAY - DAY}
        case _:
            return {}


def _appointment(number, item):
    person = _person(item)
    known = {"member": item.id, "role": item.role, "name": person.name, "unit": person.unit}
    return Appointment(id=number, **known | _days(item))


def _invitation(number, role, **more):
    return Invitation(id=number, role=role, name="Undangan", expires_at=ASKED + 5 * DAY, **more)


INVITED_UNIT, INVITED_DESK, INVITED_ADMIN = 3, 4, 5  # the invitations that are open
INVITATIONS = (
    _invitation(1, GUESTS[0], unit=OWN_UNIT, used_by=1),
    _invitation(2, GUESTS[0], unit=OTHER_UNIT, used_by=2),
    _invitation(INVITED_UNIT, GUESTS[0], unit=NEW_UNIT),
    _invitation(INVITED_DESK, ROLES[0]),
    _invitation(INVITED_ADMIN, ADMIN),
)
ROSTER = Roster(
    people=tuple(sorted(map(_person, MEMBERS), key=lambda person: person.id)),
    appointments=tuple(_appointment(number, item) for number, item in enumerate(MEMBERS, start=1)),
    invitations=INVITATIONS,
)
OFFICE = Office(
    calendar=CALENDAR,
    appointments=ROSTER.appointments,
    units=tuple(sorted((OWN_UNIT, OTHER_UNIT, NEW_UNIT))),
    invited=tuple(
        Invited(id=item.id, role=item.role, name=item.name, unit=item.unit, until=item.expires_at)
        for item in INVITATIONS
        if item.used_by is None
    ),
)
RULES = OfficeRules(
    zone=WIB,
    roles=ROLES,
    appoint=frozenset(roles_with(SOP, Right.APPOINT)) - {ADMIN},
    units=frozenset(GUESTS),
)


def appointment_of(somebody):
    return next(item for item in ROSTER.appointments if item.member == somebody.id)
