"""*Tarik Keputusan*: what is decided waits for a while before it is handed on, and its maker may withdraw it until then."""

import asyncio
from datetime import timedelta

import pytest

from alur.services.cases.perform import perform
from alur.views.words import clock
from tests import acts
from tests.e2e.desk import WIB, has
from tests.e2e.fleet import Fleet

UNDO = 600  # seconds: the simulator's clock goes on while a busy machine works
WORKS = "alur works"
STARTS_WITHIN = 60.0  # seconds on a busy machine
HELD = "akan diteruskan pukul"


def holding(office):
    office.settings = office.settings.model_copy(update={"undo_seconds": UNDO})
    return office


async def cards_of(office, role):
    return [item for item in await office.phone(role).messages() if "Langkah 7/12" in item.text]


async def test_an_approval_is_withdrawn_unseen_and_the_next_one_is_handed_on(any_office):
    office = holding(any_office)
    colleague = await office.enrol("kabag_umum", "Budi", sapaan="Bapak")
    await office.walk_to(6)
    his = await office.card(colleague, "Setujui")
    answer = await office.tap("kabag_umum", "Setujui")
    until = clock(office.case.held_tasks[0].held.until, WIB)
    assert answer.text == (
        f"Terima kasih, Ibu. Persetujuan tercatat dan akan diteruskan pukul {until}. "
        "Sebelum itu dapat ditarik dengan “Tarik Keputusan”."
    )
    own = await office.card("kabag_umum", "Tarik Keputusan")
    assert HELD in own.text
    await office.settled()
    assert f"tercatat, diteruskan pukul {until}" in (await office.now(colleague, his)).text
    refused = await office.tap(colleague, "Kembalikan", his)
    assert refused.alert
    assert f"akan diteruskan pukul {until}" in refused.text
    await office["sekretaris"].send("/status")
    assert f"tercatat, diteruskan pukul {until}" in (await office.says("sekretaris", "Langkah 6/12")).text
    assert await cards_of(office, "sekretaris") == []

    withdrawn = await office.tap("kabag_umum", "Tarik Keputusan", own)
    assert "Keputusan ditarik" in withdrawn.text
    again = await office.tap("kabag_umum", "Tarik Keputusan", own)
    assert again.alert
    assert "sudah ditarik" in again.text
    await office.advance(seconds=UNDO * 3)
    await office.settled()
    assert await cards_of(office, "sekretaris") == []
    assert office.task.step == 6

    await office.tap("kabag_umum", "Setujui")
    late = await office.card("kabag_umum", "Tarik Keputusan")
    await office.advance(seconds=UNDO + 1)
    await office.card("sekretaris", "Setujui")
    assert not has(await office.now("kabag_umum", late), "Tarik Keputusan")
    refused = await office.tap("kabag_umum", "Tarik Keputusan", late)
    assert refused.alert
    assert "sudah diteruskan" in refused.text
    assert office.refusals() == ["DecisionHeld", "TakenBack", "HandedOn"]
    assert office.task.step == 7


async def test_two_who_withdraw_and_decide_in_the_same_moment_leave_one_of_both(office):
    await holding(office).walk_to(6)
    await office.tap("kabag_umum", "Setujui")
    own = await office.card("kabag_umum", "Tarik Keputusan")
    answers = await asyncio.gather(*(office.tap("kabag_umum", "Tarik Keputusan", own) for _ in range(3)))
    assert sorted(answer.alert for answer in answers) == [False, True, True]
    assert office.task.step == 6
    assert office.case.held_tasks == ()


async def test_a_typed_approval_can_be_withdrawn_under_its_receipt(office):
    await holding(office).walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office["kabag_umum"].send("setujui", reply_to=card)
    receipt = await office.says("kabag_umum", "Persetujuan tercatat dan akan diteruskan")
    await office.tap("kabag_umum", "Tarik Keputusan", receipt)
    await office.says("kabag_umum", "sudah ditarik dan belum diteruskan")
    await office.settled()
    await office["kabag_umum"].send("setujui", reply_to=await office.card("kabag_umum", "Setujui"))
    await office.says("kabag_umum", "Persetujuan tercatat dan akan diteruskan")
    await office.advance(seconds=UNDO + 1)
    await office.card("sekretaris", "Setujui")
    assert "Persetujuan tercatat dan diteruskan" in (await office.says("kabag_umum", "Persetujuan tercatat")).text


async def test_what_is_decided_at_night_is_handed_on_at_night(office):
    await holding(office).walk_to(6)
    await office.advance(hours=13)
    await office.tap("kabag_umum", "Setujui")
    await office.advance(seconds=UNDO + 1)
    await office.card("sekretaris", "Setujui")


async def test_a_guest_hears_nothing_of_a_meeting_that_is_held_back(office):
    await holding(office).walk_to(4)
    for document in ("notula_rekonsiliasi", "pemutakhiran_data"):
        brought = acts.Upload(by=office.members["analis_sdm"], document=document, file=office.stored(f"{document}.pdf"))
        assert office.transact(perform, office.record.id, brought).events
    await office.advance(days=10, hours=2)
    await office.settled()
    guest = await office.card("unit_terkait", "Hadir")
    await office.tap("kabag_umum", "Rapat Selesai")
    await office.card("kabag_umum", "Tarik Keputusan")
    await office.settled()
    assert "dinyatakan selesai" not in (await office.now("unit_terkait", guest)).text
    await office.advance(seconds=UNDO + 1)
    await office.says("unit_terkait", "dinyatakan selesai")


@pytest.fixture
async def fleet(any_office, tmp_path):
    found = Fleet(settings=holding(any_office).settings, folder=tmp_path)
    yield found
    await found.end()


async def test_what_is_held_survives_a_kill_and_is_handed_on_by_whoever_leads_then(any_office, fleet):
    office = any_office
    office.transact(office._walk, 6, 0)
    first = await fleet.launch()
    card = await office.phone("kabag_umum").wait_for(lambda item: has(item, "Setujui"), timeout=STARTS_WITHIN)
    await office.phone("kabag_umum").press(card, "Setujui")
    await office.phone("kabag_umum").wait_for(lambda item: has(item, "Tarik Keputusan"), timeout=STARTS_WITHIN)
    first.kill()
    await first.wait()
    pressed = office.case.held_tasks[0].held.at
    await office.advance(seconds=UNDO * 2)
    await fleet.launch()
    await office.phone("sekretaris").wait_for(lambda item: has(item, "Setujui"), timeout=STARTS_WITHIN)
    closing = office.case.task(8).closing
    assert (closing.at, closing.held) == (pressed, None)
    assert [task.step for task in office.case.tasks].count(7) == 1
    assert office.task.landed_at - pressed == timedelta(0)
