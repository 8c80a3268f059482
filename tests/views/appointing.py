"""What `/plh` shows of an office: samples for the gallery and for the tests of these screens."""

from datetime import date

from alur.views.notice import message
from alur.views.notice.maker import Given
from alur.workflow.form_moves import changing, correcting
from alur.workflow.forms import Option
from alur.workflow.notices import OrderSent
from alur.workflow.offers import days_ahead, days_back
from alur.workflow.office.conflicts import ConflictKind
from alur.workflow.office.rooms import Choices
from alur.workflow.office.rooms.appoint import AmendRule, AppointRule
from alur.workflow.office.roster import Person, Roster
from alur.workflow.office.situation import OfficeRules, OfficeSituation
from alur.workflow.people import ADMIN as ADMINISTRATOR
from alur.workflow.people import Appointment, AppointmentKind
from alur.workflow.presses import On
from tests.factories import ADMIN, ANALIS, KABAG, SEKRETARIS, SOP, START, TU, WIB, a_calendar, a_file, a_reader

ROLES = (*(role.id for role in SOP.roles), ADMINISTRATOR)
RULES = OfficeRules(
    zone=WIB, roles=ROLES, appoint=frozenset({"tata_usaha"}), units=frozenset({"unit_terkait", "biro_sdm"})
)


def staff(office, words="", *, more=()):
    """The office's people, with an order of each kind entered; people's own texts are `words`, where there are any."""
    number, name = f"12/{words}" if words else "12/SPt/2026", words or "Dewi"
    entered = (
        a_plh(101, order=number, order_date=date(2026, 11, 2), order_file=a_file(f"{number[:40]}.pdf")),
        a_plh(102, order=number, ends=date(2026, 11, 6), in_place_of=KABAG),
        a_plh(103, order=number, kind=AppointmentKind.PLT, ends=None),
        a_plh(104, order=None, kind=AppointmentKind.DEFINITIVE, member=TU, role="analis_sdm"),
        a_plh(105, order=number, starts=date(2026, 12, 7), ends=date(2026, 12, 6)),
        *more,
    )
    numbered = (item.model_copy(update={"id": place}) for place, item in enumerate(office.appointments, start=1))
    held = tuple(
        item.model_copy(update={"name": name} if item.id in range(101, 106) else {}) for item in (*numbered, *entered)
    )
    people = {
        item.member: Person(
            id=item.member, account=7000 + item.member, name=item.name, sapaan=item.sapaan, unit=item.unit
        )
        for item in held
    }
    roster = Roster(people=tuple(people.values()), appointments=held)
    return OfficeSituation(roster=roster, rules=RULES, at=START, now=START)


def a_plh(number, **about):
    known = {"member": ANALIS, "role": "kabag_umum", "name": "Dewi", "sapaan": "Ibu", "kind": AppointmentKind.PLH}
    days = {"starts": date(2026, 11, 3), "ends": date(2026, 11, 6)}
    return Appointment(id=number, **known | days | {"order": "12/SPt/2026"} | about)


def choices(staff):
    titles = {role.id: role.title for role in SOP.roles}
    roles = tuple(Option(value=role, label=titles.get(role, "")) for role in ROLES)
    calendar, today = a_calendar(), staff.today
    return Choices(roles=roles, days=days_ahead(calendar, staff.now, also=today), days_back=days_back(calendar, today))


def forms(staff):
    """As they begin, for whoever may do most; and what is changed of one."""
    yield AppointRule().form(staff, ADMIN, On(), choices(staff))
    amend = AmendRule().form(staff, TU, On(appointment=101), choices(staff))
    yield amend
    yield from (correcting(changing(amend), field.name) for field in amend.changeable)


def notices(staff):
    """Template, about, reader."""
    for member in (TU, ADMIN, KABAG):
        yield "appointments", {}, member
        yield "appointments", {"start": 800}, member
        yield from (("appointment", {"appointment": number}, member) for number in range(101, 106))
    for kind in ConflictKind:
        said = {"kind": kind.value, "sop": SOP.id, "role": "kabag_umum", "other": "analis_sdm", "steps": [3, 6, 10]}
        conflict = {**said, "member": ANALIS, "appointments": [3, 101]}
        name = next(item.name for item in staff.roster.appointments if item.id == 101)
        for member in (SEKRETARIS, KABAG, TU, ADMIN):
            for codes in ([], ["ip-asn-2026"], [f"ip-asn-{year}" for year in range(2026, 2046)]):
                about = {"conflict": conflict, "member": {"name": name, "sapaan": "Ibu"}, "codes": codes}
                yield "conflicting", about, member


def caption(staff):
    (attachment,) = order(staff, 101)
    return attachment.caption


def order(staff, number):
    """What is sent of the order behind the appointment."""
    given = Given(reader=a_reader(TU), sops=(SOP,), today=staff.today, zone=WIB, staff=staff)
    return message.render(OrderSent(appointment=number), given)
