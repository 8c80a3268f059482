"""`kill -9` while a new day hands a role over: every open card is with the Plh once, and the absent holder's decide nothing."""

import asyncio
from dataclasses import replace
from datetime import date, datetime

import pytest

from alur.services.cases.perform import open_, perform
from alur.services.people import staff
from alur.storage import cards, cases, followed
from alur.storage.sop_files import Procedure, content_hash
from alur.workflow.office.appointing import Appoint
from alur.workflow.people import AppointmentKind
from tests import acts
from tests.e2e.desk import WIB, has, transact
from tests.e2e.fleet import Fleet
from tests.factories import only_task

STEP = 6
SOME = 3  # cards of all
CODES = [f"ip-asn-{number:02}-2026" for number in range(1, 9)]
MIDNIGHT = datetime(2026, 11, 3, tzinfo=WIB)
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
    """Each of a procedure of its own, and before the Kabag."""
    (printed,) = work.procedures
    copies = [printed.sop.model_copy(update={"id": code.removesuffix("-2026")}) for code in CODES]
    procedures = tuple(Procedure(sop=sop, hash=content_hash(sop)) for sop in copies)
    work = replace(work, procedures=procedures)
    letter = acts.OpenCase(
        by=office.members["tata_usaha"],
        period="2026",
        letter_number="B-1234/KP.05/SJP/2026",
        letter_date=date(2026, 10, 30),
        file=office.stored("surat.pdf"),
    )
    for procedure in procedures:
        number = open_(work, procedure, letter)[1]
        while (task := only_task(case := cases.get(work.session, number).case)).step != STEP:
            for act in office._move(work, case, task):
                assert perform(work, number, act).refusal is None


async def deciding(office, phone):
    """The codes of the cases that the chat could decide, each as often as it has buttons for it."""
    return sorted(
        code
        for item in await office.phone(phone).messages()
        if any(has(item, label) for label in DECIDES)
        for code in CODES
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
        return followed.get(session).holders["kabag_umum"]


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


async def until(holds, what):
    """Asks the test's own side until it holds: what happens is another process's."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + HANDED_OVER_WITHIN
    while not await holds():
        assert loop.time() < deadline, f"waited {HANDED_OVER_WITHIN} s in vain for {what}"
        await asyncio.sleep(0.02)


async def no_more_is_sent(office):
    """Telegram cuts every message off from here on; returns when one to each of the lanes has met it."""
    since = await office.last_call()
    for method in ("send*", "edit*"):
        await office.telegram.faults("cut_before", method, times=None)
    return since


async def was_cut(office, phone, since):
    found = await office.calls("*", since=since)
    to = str(office.phone(phone).id)
    return any(call["answer"] is None and str(call["parameters"].get("chat_id")) == to for call in found)


async def test_killed_while_a_day_hands_the_role_over_every_open_card_is_with_the_plh_once(any_office, fleet):
    office = any_office
    plh = await office.enrol("unit_terkait", "Budi", sapaan="Bapak", unit="Bagian Keuangan")
    office.transact(many_cases, office)
    ship = await started(fleet)

    async def all_are_with(phone):
        return await deciding(office, phone) == CODES

    await until(lambda: all_are_with("kabag_umum"), "the Kabag's cards")
    await hand_over(office, plh)
    await office.says(plh, "ditugaskan sebagai Plh. Kepala Bagian Umum")

    # The first process dies with the day followed, and nothing of it sent.
    since = await no_more_is_sent(office)
    await office.telegram.move_clock(MIDNIGHT)
    await until(lambda: was_cut(office, plh, since), "the first card to be cut off")
    await killed(ship)
    assert acting(office) == ([office._member(plh.id)], [office.members["kabag_umum"]])
    assert await deciding(office, plh) == []

    # The second dies when some cards have come and others have not.
    await office.telegram.clear_faults()
    ship = await started(fleet)

    async def some_have_come():
        return len(await deciding(office, plh)) >= SOME

    await until(some_have_come, "some of the cards")
    since = await no_more_is_sent(office)
    await until(lambda: was_cut(office, plh, since), "the next card to be cut off")
    await killed(ship)
    assert SOME <= shown_to(office, plh) == len(await deciding(office, plh)) < len(CODES)

    await office.telegram.clear_faults()
    await started(fleet)
    await until(lambda: all_are_with(plh), "all of the cards")
    await until(lambda: is_silent(office), "the last edits")
    assert await deciding(office, plh) == CODES
    assert await deciding(office, "kabag_umum") == []


async def is_silent(office):
    return await asyncio.to_thread(office._has_nothing_waiting)
