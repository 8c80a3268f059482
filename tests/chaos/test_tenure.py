"""The judge's view of who held which role, and whose phone was whose."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from alur.workflow.office import Person, Roster
from alur.workflow.office.events import AccountUnlinked, AppointmentChanged, PersonAppointed, PersonEnrolled
from alur.workflow.people import Appointment, AppointmentKind
from tests.chaos.tenure import Tenure
from tests.factories import CALENDAR

WIB = ZoneInfo("Asia/Jakarta")
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=WIB)
DEWI, BUDI = 1, 2
PEOPLE = (Person(id=DEWI, account=71, name="Dewi"), Person(id=BUDI, account=72, name="Budi"))
HELD = Appointment(id=1, member=DEWI, role="kabag_umum", name="Dewi")
PLH = Appointment(
    id=2, member=BUDI, role="kabag_umum", name="Budi", kind=AppointmentKind.PLH, order="12", starts=date(2026, 11, 3),
    ends=date(2026, 11, 3), in_place_of=DEWI,
)  # fmt: skip
TOMORROW = MONDAY + timedelta(days=1)


@dataclass(frozen=True)
class Item:
    id: int
    entry: dict
    at: datetime = MONDAY
    member: int | None = None


def happened(number, event, at=MONDAY):
    entry = {"act": {"act": "test", "account": 0}, "events": [event.model_dump(mode="json")], "applied": at.isoformat()}
    return Item(number, entry)


def decision(number, member, at):
    return Item(number, {}, at=at, member=member)


def tenure(*entries):
    return Tenure(Roster(people=PEOPLE, appointments=(HELD,)), entries, CALENDAR)


def test_a_plh_acts_on_his_days_and_the_absent_holder_on_the_others():
    told = tenure(happened(10, PersonAppointed(appointment=PLH)))
    for member, at, acted in (
        (DEWI, MONDAY, True),
        (BUDI, MONDAY, False),
        (DEWI, TOMORROW, False),
        (BUDI, TOMORROW, True),
    ):
        assert told.acted(decision(20, member, at), "kabag_umum", None) is acted
    assert told.moved == {DEWI, BUDI}


def test_what_was_decided_before_the_office_changed_is_held_against_the_office_as_it_was():
    ended = HELD.model_copy(update={"ends": date(2026, 11, 1)})
    told = tenure(happened(10, AppointmentChanged(appointment=ended)))
    assert told.acted(decision(5, DEWI, MONDAY), "kabag_umum", None)
    assert told.acted(decision(11, DEWI, MONDAY), "kabag_umum", None)  # both began at once
    assert not told.acted(decision(20, DEWI, MONDAY), "kabag_umum", None)


def test_an_entry_that_was_numbered_before_it_was_committed_binds_nobody_until_then():
    ended = happened(10, AppointmentChanged(appointment=HELD.model_copy(update={"ends": date(2026, 11, 1)})))
    told = Tenure(Roster(people=PEOPLE, appointments=(HELD,)), [ended], CALENDAR, settled={10: 18})
    assert told.acted(decision(17, DEWI, MONDAY), "kabag_umum", None)
    assert not told.acted(decision(30, DEWI, MONDAY), "kabag_umum", None)


def test_what_comes_from_another_phone_is_not_his_act():
    gone = happened(10, AccountUnlinked(person=DEWI, account=71))
    new = happened(20, PersonEnrolled(person=PEOPLE[0].model_copy(update={"account": 73})), TOMORROW)
    told = tenure(gone, new)
    assert told.acted(decision(5, DEWI, MONDAY), "kabag_umum", 71)
    assert not told.acted(decision(30, DEWI, MONDAY), "kabag_umum", 71)
    assert told.acted(decision(30, DEWI, MONDAY), "kabag_umum", 73)
    assert told.was_unlinked(71, TOMORROW, TOMORROW)
    assert not told.was_unlinked(72, MONDAY, TOMORROW)
