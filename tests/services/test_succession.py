"""The open cards follow whoever holds a role, once, and nobody is woken for it."""

from datetime import date

import pytest

from alur.services.people import staff, succession
from alur.services.work import Work
from alur.storage import cards
from alur.workflow.office.appointing import Appoint, EndAppointment
from alur.workflow.people import AppointmentKind
from tests.workflow.walk import wib


@pytest.fixture
def followed(house, people, opened):
    """A case before the Sekretaris, and a Plh of his from Monday to Tuesday, entered on the Friday before."""
    house.transact(succession.follow)
    house.now = wib("2026-11-06 10:00")
    act(house, Appoint(role="sekretaris", member=people.kabag_umum, **PLH))
    return opened


PLH = {
    "kind": AppointmentKind.PLH,
    "order": "12/SPt/2026",
    "starts": date(2026, 11, 9),
    "ends": date(2026, 11, 10),
}


def act(house, staff_act):
    """By a work of its own: the house's knows its office beforehand."""
    about = {"calendar": house.calendar, "procedures": house.procedures, "at": house.now, "now": house.now}
    with house.database.write() as session:
        decision = staff.act(Work(session=session, **about), staff_act)
    assert decision.refusal is None, (decision.refusal, decision.refusal.facts)
    house.known.clear()


def tick(house, moment):
    """Whether the cards had to follow."""
    house.now = wib(moment)
    return house.look(succession.is_due) and house.transact(succession.follow)


def rings(house, case_id, member):
    with house.database.read() as session:
        return [row.ring for row in cards.of_task(session, case_id, 1) if row.member_id == member]


def heard(house, member):
    return [row.about["count"] for row in house.queued("tasks_come") if row.member_id == member]


def test_a_card_comes_at_midnight_and_is_told_of_at_opening_once(house, people, followed):
    assert not tick(house, "2026-11-08 23:59:59")
    assert rings(house, followed, people.kabag_umum) == []
    assert tick(house, "2026-11-09 00:00:00")
    assert rings(house, followed, people.kabag_umum) == [1]
    assert not tick(house, "2026-11-09 07:29:59")
    assert heard(house, people.kabag_umum) == []
    assert tick(house, "2026-11-09 07:30:00")
    assert not tick(house, "2026-11-09 07:30:15")
    assert (heard(house, people.kabag_umum), rings(house, followed, people.kabag_umum)) == ([1], [1])


def test_it_moves_back_after_the_last_day_and_the_holder_hears_of_it(house, people, followed):
    before = rings(house, followed, people.sekretaris)
    tick(house, "2026-11-09 08:00")
    assert tick(house, "2026-11-11 00:00:00")
    tick(house, "2026-11-11 07:30")

    assert rings(house, followed, people.sekretaris) == [before[0] + 1]
    assert heard(house, people.sekretaris) == [1]


def test_who_is_no_longer_appointed_at_opening_hears_nothing(house, people, followed):
    tick(house, "2026-11-09 00:00:10")
    house.now = wib("2026-11-09 06:00")
    act(house, EndAppointment(appointment=8))
    tick(house, "2026-11-09 07:30")

    assert heard(house, people.kabag_umum) == []
    assert heard(house, people.sekretaris) == [1]


def test_what_is_entered_late_moves_at_once_with_its_ring(house, people, opened):
    house.transact(succession.follow)
    house.now = wib("2026-11-10 11:00")
    act(house, Appoint(role="sekretaris", member=people.kabag_umum, **PLH))

    assert rings(house, opened, people.kabag_umum) == [1]
    assert not tick(house, "2026-11-10 11:00:15")
    assert heard(house, people.kabag_umum) == []
