"""One person alone who holds what needs two: told when the day comes, once, and where a case comes to stand there."""

from datetime import date, timedelta

from alur.services.people import staff, succession
from alur.workflow.office.appointing import Appoint, EndAppointment
from alur.workflow.people import AppointmentKind
from jobs import followed
from tests import acts
from tests.factories import a_file, only_task
from tests.workflow.walk import wib


def appoint(house, member, role="kabag_umum", first=3, last=6):
    days = {"starts": date(2026, 11, first), "ends": date(2026, 11, last)}
    act = Appoint(role=role, member=member, kind=AppointmentKind.PLH, order="12/SPt/2026", **days)
    return do(house, act)[0].appointment.id


def do(house, act):
    """Done, and followed by an office that is read anew."""
    decision = house.transact(staff.act, act)
    assert decision.refusal is None
    house.known.clear()
    house.transact(succession.follow)
    return decision.events


def told(house):
    return [(row.member_id, tuple(row.about.get("codes", ()))) for row in house.told("conflicting")]


def test_it_is_told_on_the_day_that_makes_it_so_to_those_who_can_suspend_a_case_and_once(house, people, opened):
    appoint(house, people.analis_sdm)
    assert told(house) == []

    house.now += timedelta(days=1)
    house.transact(succession.follow)
    house.transact(succession.follow)
    house.now += timedelta(days=1)
    house.transact(succession.follow)

    assert told(house) == [(people.sekretaris, ()), (people.analis_sdm, ()), (people.admin, ())]


async def test_what_begins_at_midnight_is_told_at_opening(house, people, opened):
    appoint(house, people.analis_sdm)
    house.now = wib("2026-11-03 00:00")
    await followed.follow(house)
    assert told(house) == []

    house.now = wib("2026-11-03 07:30")
    await followed.follow(house)
    await followed.follow(house)

    assert [member for member, _ in told(house)] == [people.sekretaris, people.analis_sdm, people.admin]


def test_another_order_is_another_telling(house, people, opened):
    first = appoint(house, people.analis_sdm, first=2)
    do(house, EndAppointment(appointment=first))
    appoint(house, people.analis_sdm, first=2)
    assert [member for member, _ in told(house)].count(people.admin) == 2


def test_whoever_may_decide_beside_him_leaves_nothing_to_tell(house, people, opened):
    appoint(house, people.tata_usaha, first=2)
    assert told(house) == []


def decide(house, case_id, kind, by, **more):
    task = only_task(house.case(case_id))
    made = house.act(case_id, kind(by=by, task=task.id, revision=task.revision, **more))
    assert made.refusal is None


def submit_drafts(house, case_id, people, *, disposing):
    """Both disposals, and what the Analis drafts."""
    for by in disposing:
        decide(house, case_id, acts.Dispose, by, text="Mohon disiapkan.")
    for document in ("data_capaian", "konsep_undangan"):
        made = house.act(case_id, acts.Upload(by=people.analis_sdm, document=document, file=a_file(f"{document}.pdf")))
        assert made.refusal is None
    decide(house, case_id, acts.Submit, people.analis_sdm)


def test_a_case_that_comes_to_stand_before_its_drafter_is_named(house, people, opened):
    """The Analis drafts, and acts for the Kabag: what she submits lies before herself."""
    appoint(house, people.analis_sdm, first=2)
    before = len(told(house))

    submit_drafts(house, opened, people, disposing=(people.sekretaris, people.analis_sdm))

    assert only_task(house.case(opened)).role == "kabag_umum"
    code = house.case(opened).code
    assert told(house)[before:] == [(people.sekretaris, (code,)), (people.analis_sdm, (code,)), (people.admin, (code,))]


def test_a_case_that_stands_there_when_the_day_comes_is_named(house, people, opened):
    """The draft is the Analis's; tomorrow she acts for the Kabag."""
    submit_drafts(house, opened, people, disposing=(people.sekretaris, people.kabag_umum))
    appoint(house, people.analis_sdm)

    house.now += timedelta(days=1)
    house.transact(succession.follow)

    assert {codes for _, codes in told(house)} == {(house.case(opened).code,)}
