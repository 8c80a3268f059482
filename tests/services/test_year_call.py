"""From October on administrators and Tata Usaha are told weekly by when the year's case must begin, until it is open."""

from alur.services.clock import year
from alur.workflow.people import AppointmentKind
from tests.factories import SOP, a_calendar
from tests.services.house import a_procedure
from tests.workflow.walk import wib


async def on(house, *moments):
    for moment in moments:
        house.now = wib(moment)
        await house.tick()


def calls(house):
    return [
        (row.member_id, row.about["latest"], row.about["advised"])
        for row in house.told("year")
        if "anew" not in row.about
    ]


def begun(house, at="2026-09-01 09:00"):
    house.now = wib(at)
    house.transact(year.keep_in_step)


async def test_those_concerned_are_told_the_latest_and_the_advised_date(house, people):
    begun(house)

    await on(house, "2026-09-30 16:00", "2026-10-01 07:30", "2026-10-01 07:31")

    assert {member for member, *_ in calls(house)} == {people.tata_usaha, people.admin}
    assert len(calls(house)) == 2
    assert house.told("year")[0].about == {
        "sop": "ip-asn",
        "title": "Laporan Capaian IP ASN",
        "year": 2026,
        "latest": "2026-12-07",  # a calendar without holidays
        "advised": "2026-11-23",
    }


async def test_they_are_told_weekly_until_the_case_of_that_year_is_open(house, people):
    begun(house)
    await on(house, "2026-10-01 07:30", "2026-10-08 07:30")
    house.open(house.procedures[0], people.tata_usaha, period="2025")
    await on(house, "2026-10-15 07:30")
    house.open(house.procedures[0], people.tata_usaha, period="2026")
    await on(house, "2026-10-22 07:30", "2026-10-29 07:30")

    assert len(calls(house)) == 2 * 3
    anew = [row.about for row in house.told("year") if "anew" in row.about]
    assert [about["code"] for about in anew] == ["ip-asn-2026"] * 2 * 3  # each call says that it has begun


async def test_the_next_year_has_its_own_call(house, people):
    begun(house)
    house.open(house.procedures[0], people.tata_usaha, period="2026")

    await on(house, "2026-10-01 07:30", "2027-10-01 07:30")

    assert {row.about["year"] for row in house.told("year")} == {2027}


async def test_a_call_that_was_missed_over_the_new_year_is_void(house, people):
    begun(house, "2026-12-28 09:00")

    await on(house, "2027-01-04 09:00")

    assert calls(house) == []
    await on(house, "2027-10-01 07:30")
    assert len(calls(house)) == 2


async def test_of_several_missed_weeks_one_call_is_left(house, people):
    begun(house)

    await on(house, "2026-11-10 09:00", "2026-11-10 09:01")

    assert len(calls(house)) == 2


async def test_a_start_in_between_moves_no_call_and_makes_no_second(house, people):
    begun(house)
    begun(house, "2026-09-30 10:00")
    house.now = wib("2026-10-01 08:00")  # the call is due and not yet fired
    house.transact(year.keep_in_step)

    await house.tick()

    assert len(calls(house)) == 2


async def test_each_procedure_has_its_call_and_one_that_is_gone_has_none(house, people):
    other = a_procedure(SOP, 7)
    house.procedures = (*house.procedures, other)
    begun(house)
    house.procedures = (other,)
    house.transact(year.keep_in_step)

    await on(house, "2026-10-01 07:30")

    assert {row.about["sop"] for row in house.told("year")} == {other.sop.id}


async def test_a_plh_of_tata_usaha_is_told_in_his_time(house, people):
    acting = {"kind": AppointmentKind.PLH, "order": "1", "starts": wib("2026-10-01 00:00").date()}
    plh = house.enrol("Pengganti TU", "tata_usaha", **acting, ends=wib("2026-10-05 00:00").date())
    begun(house)

    await on(house, "2026-10-01 07:30", "2026-10-08 07:30")

    assert [member for member, *_ in calls(house)].count(plh.id) == 1


async def test_administrators_hear_once_a_week_of_years_without_cuti_bersama_however_many_procedures_there_are(
    house, people
):
    house.calendar = a_calendar(without_joint_leave=frozenset({2027, 2028}))
    house.procedures = (*house.procedures, a_procedure(SOP, 7))
    house.open(house.procedures[0], people.tata_usaha)
    begun(house)

    await on(house, "2026-10-01 07:30", "2026-10-08 07:30")

    assert [(row.member_id, row.about) for row in house.told("calendar_gap")] == [(people.admin, {"years": [2027]})] * 2
