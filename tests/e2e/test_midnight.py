"""`kill -9` while a new day hands a role over: every open card is with the Plh once, and the absent holder's decide nothing."""

import asyncio
from datetime import date, datetime

import pytest

from alur.services.cases.perform import open_, perform
from alur.services.people import staff, succession
from alur.storage import cards, cases, followed
from alur.workflow.office.appointing import Appoint
from alur.workflow.people import AppointmentKind
from tests import acts
from tests.e2e.desk import WIB, has, transact
from tests.e2e.fleet import Fleet
from tests.factories import only_task

STEP = 6
YEARS = range(2026, 2034)  # a case each
MIDNIGHT = datetime(2026, 11, 3, tzinfo=WIB)
BEFORE = datetime(2026, 11, 2, 23, 50, tzinfo=WIB)
STARTS_WITHIN = 60.0  # seconds on a busy machine
HANDED_OVER_WITHIN = 60.0  # seconds: Telegram takes a message a second for one chat
WORKS = "alur works"
DECIDES = ("Setujui", "Kembalikan")


@pytest.fixture
async def fleet(any_office, tmp_path):
    found = Fleet(settings=any_office.settings, folder=tmp_path)
    yield found
    await found.end()


def many_cases(work, office):
    """Each before the Kabag."""
    for year in YEARS:
        letter = acts.OpenCase(
            by=office.members["tata_usaha"],
            period=str(year),
            letter_number=f"B-{year}/KP.05/SJP/2026",
            letter_date=date(2026, 10, 30),
            file=office.stored(f"surat {year}.pdf"),
        )
        number = open_(work, work.procedures[0], letter)[1]
        while (task := only_task((record := cases.get(work.session, number)).case)).step != STEP:
            for act in office._move(work, record.case, task):
                assert perform(work, number, act).refusal is None


async def deciding(office, phone):
    """The codes of the cases that the chat could decide, each as often as it has buttons for it."""
    return sorted(
        code
        for item in await office.phone(phone).messages()
        if any(has(item, label) for label in DECIDES)
        for code in (f"ip-asn-{year}" for year in YEARS)
        if code in item.text
    )


def shown_to(office, phone):
    """How many cards of his the bot knows to be in his chat."""
    with office.database.read() as session:
        own = office._member(phone.id)
        return sum(
            item.message_id is not None
            for record in cases.all_(session)
            for item in cards.of_task(session, record.id, only_task(record.case).id)
            if item.member_id == own
        )


def acting(office):
    with office.database.read() as session:
        return followed.get(session)["kabag_umum"]


async def hand_over(office, phone):
    """From tomorrow on; written beside the bot."""
    plh = Appoint(
        role="kabag_umum",
        member=office._member(phone.id),
        kind=AppointmentKind.PLH,
        starts=MIDNIGHT.date(),
        ends=MIDNIGHT.date(),
        order="12/SPt/2026",
    )
    decision = await asyncio.to_thread(transact, office.database, office.settings, staff.act, plh)
    assert decision.refusal is None


async def killed(ship):
    ship.kill()
    await ship.wait()


async def started(fleet):
    ship = await fleet.launch()
    await fleet.says(ship, WORKS, within=STARTS_WITHIN)
    return ship


async def until(holds, what, within=HANDED_OVER_WITHIN):
    async with asyncio.timeout(within):
        while not await holds():  # noqa: ASYNC110 - nothing rings when another process has done it
            await asyncio.sleep(0.02)
    assert await holds(), what


async def test_killed_while_a_day_hands_the_role_over_every_open_card_is_with_the_plh_once(any_office, fleet):
    office = any_office
    plh = await office.enrol("unit_terkait", "Budi", sapaan="Bapak", unit="Bagian Keuangan")
    office.transact(many_cases, office)
    ship = await started(fleet)
    codes = [f"ip-asn-{year}" for year in YEARS]

    async def kabag_has_all():
        return await deciding(office, "kabag_umum") == codes

    await until(kabag_has_all, "the Kabag's cards")
    await hand_over(office, plh)
    await office.telegram.move_clock(BEFORE)
    await until(lambda: told(office, plh), "the news")

    # The first dies with the day followed and nothing of it sent.
    await office.telegram.faults("cut_before", "*Message*", times=None)
    await office.telegram.move_clock(MIDNIGHT)
    await until(lambda: asyncio.to_thread(has_followed, office, plh), "the day to be followed")
    await killed(ship)
    assert await deciding(office, plh) == []

    # The second and the third die when some cards have come and others not.
    for already in (2, 5):
        await office.telegram.clear_faults()
        ship = await started(fleet)
        await until(lambda already=already: has_come(office, plh, already), "some of the cards")
        await office.telegram.faults("cut_before", "*Message*", times=None)
        await until(lambda: is_known(office, plh), "what was sent to be known")
        await killed(ship)
    assert len(await deciding(office, plh)) < len(codes)

    await office.telegram.clear_faults()
    await started(fleet)
    await office.settled()
    assert await deciding(office, plh) == codes
    assert await deciding(office, "kabag_umum") == []
    with office.database.read() as session:
        assert not succession.is_due(work_at_midnight(office, session))
