"""Updates on their way in: stored first, worked once, in order, and set aside when they can not be worked."""

import asyncio
import random

import pytest

from alur.services.cases.perform import perform
from alur.services.incoming import presses
from alur.storage import inbox
from tests.hurry import hurry
from tests.papers import paper

PAUSE = 0.01  # seconds between two tries of a failed update


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    hurry(monkeypatch, "OWN_FAULT", "MACHINE", pause=PAUSE)


async def test_a_duplicated_update_has_no_effect(any_office):
    office = any_office
    await office.walk_to(6)
    answer = await office.tap("kabag_umum", "Setujui")
    await office.settled()
    before, trail = office.case, office.trail()
    await office.telegram.deliver_again(answer.update_id)
    await office.settled()
    assert office.case == before
    assert office.trail() == trail
    assert len(await office.calls("answerCallbackQuery")) == 1


async def test_what_could_not_be_stored_was_not_acknowledged_and_comes_again(any_office, monkeypatch):
    office, failed = any_office, []
    await office.begin()
    store = inbox.store

    def fails_once(session, updates, *, at):
        if updates and not failed:
            failed.append([number for number, _, _ in updates])
            raise RuntimeError("the database is away")
        return store(session, updates, at=at)

    monkeypatch.setattr(inbox, "store", fails_once)
    sent = await office["kabag_umum"].send("/bantuan")
    assert len(await office.saying("kabag_umum", "Bantuan")) == 1
    assert failed == [[sent.update_id]]


async def test_a_duplicated_file_is_one_version(office):
    await office.walk_to(2)
    sent = await office["analis_sdm"].send_file("Data capaian.xlsx", paper("Data capaian.xlsx", b"1"))
    await office.settled()
    await office.telegram.deliver_again(sent.update_id)
    assert len(await office.saying("analis_sdm", "Berkas diterima")) == 1
    assert office.case.newest("data_capaian").number == 1


async def test_an_update_that_cannot_be_parsed_is_parked_after_five_failures_and_blocks_nobody(office):
    await office.walk_to(6)
    sender = {"id": office["kabag_umum"].id, "is_bot": False, "first_name": "Dewi"}
    number = await office.telegram.inject({"message": {"from": sender, "text": 17, "chat": "nobody"}})
    await office["analis_sdm"].send("/tugas")
    await office.says("analis_sdm", "tidak ada tugas")
    told = await office.says("admin", f"update {number}", "kami sisihkan")
    assert "berulang kali gagal kami proses" in told.text
    await office.says("kabag_umum", "belum dapat kami proses karena gangguan")
    answer = await office.tap("kabag_umum", "Setujui")
    assert answer.text.startswith("Terima kasih")
    assert failures_of(office, number) == 5


async def test_an_update_of_no_known_kind_is_done_at_once(office):
    await office.begin()
    number = await office.telegram.inject({"something_new": {"from": {"id": 5}}})
    await office.settled()
    assert failures_of(office, number) == 0
    assert not await office.saying("admin", "kami sisihkan")


def failures_of(office, number):
    from alur.storage.inbox import INBOX

    with office.database.read() as session:
        return session.execute(INBOX.select().where(INBOX.c.update_id == number)).one().failures


async def test_a_handler_that_fails_leaves_nothing_is_tried_again_and_parked_and_the_next_tap_works(
    office, monkeypatch
):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    before, trail = office.case, office.trail()
    tries = []

    def fails(work, case_id, act, **more):
        decision = perform(work, case_id, act, **more)
        tries.append(decision)
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as patch:
        patch.setattr(presses, "perform", fails)
        answer = await office.tap("kabag_umum", "Setujui", card)
        await office.settled()
    assert len(tries) == 5
    assert answer.alert
    assert "gangguan pada sistem kami" in answer.text
    assert (office.case, office.trail()) == (before, trail)
    await office.says("kabag_umum", "Mohon mengulanginya")
    told = await office.says("admin", "kami sisihkan")
    assert "RuntimeError" in told.text
    again = await office.tap("kabag_umum", "Setujui", card)
    assert again.text == "Terima kasih, Ibu. Persetujuan tercatat dan diteruskan."
    assert office.task.step == 7


async def test_a_failure_that_passes_is_worked_once_and_nobody_is_told(office, monkeypatch):
    await office.walk_to(6)
    left = [RuntimeError(), RuntimeError()]

    def stumbles(work, case_id, act, **more):
        decision = perform(work, case_id, act, **more)
        if left:
            raise left.pop()
        return decision

    monkeypatch.setattr(presses, "perform", stumbles)
    answer = await office.tap("kabag_umum", "Setujui")
    assert answer.text.startswith("Terima kasih")
    await office.settled()
    assert office.task.step == 7
    assert len([entry for entry in office.trail() if entry["act"]["act"] == "approve"]) == 1
    assert not await office.saying("admin", "kami sisihkan")


async def test_what_was_said_while_the_bot_was_away_is_worked_when_it_is_back(any_office):
    office = any_office
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office.end()
    pressed = asyncio.create_task(office["kabag_umum"].press(card, "Setujui"))
    await office.until(office.telegram.waiting_updates, "the press")
    await office.begin()
    assert (await pressed).text.startswith("Terima kasih")
    assert office.task.step == 7


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
async def test_killed_at_any_moment_no_delivered_tap_is_lost_and_none_applied_twice(office, seed):
    chance = random.Random(seed)
    await office.walk_to(4)
    people, kills = (office["unit_terkait"], office["kabag_umum"], office["analis_sdm"]), 5
    invitation = await office.card("unit_terkait", "Hadir")
    taps, files = [], []

    async def acts():
        for number in range(6):
            label = ("Hadir", "Tidak Hadir")[number % 2]
            taps.append(await people[0].press(invitation, label, timeout=0))
            files.append(
                await people[1].send_file(
                    f"Notula {number}.pdf", paper(f"Notula {number}.pdf", f"{seed}.{number}".encode())
                )
            )
            await people[2].send("/tugas")
            await asyncio.sleep(chance.uniform(0.0, 0.08))

    acting = asyncio.create_task(acts())
    for _ in range(kills):
        await asyncio.sleep(chance.uniform(0.0, 0.12))
        await office.kill()
        office.start()
    await acting
    await office.settled()
    done = [entry["update"] for entry in office.trail() if entry["update"] is not None]
    assert len(done) == len(set(done))
    assert set(done) == {item.update_id for item in (*taps, *files)}
    assert office.case.newest("notula_rekonsiliasi").number == len(files)
    assert office.case.meeting(4).answers[-1].attendance == "absent"
    receipts = {item.text for item in await office.saying("kabag_umum", "Berkas diterima")}
    assert len(receipts) == len(files)
