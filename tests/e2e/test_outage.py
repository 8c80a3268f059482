"""Nobody received for more than 120 seconds: what was open is posted anew once, and asks to press again."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from alur.services.clock import outage
from alur.storage import reception
from tests.e2e.desk import has
from tests.hurry import hurry

AGAIN = "belum ada tanggapan, mohon ditekan kembali"


class Machine:
    """The machine's own clock, moved by a test."""

    def __init__(self):
        self.now = datetime.now(UTC)

    def passes(self, **time):
        self.now += timedelta(**time)


@pytest.fixture
def machine(monkeypatch):
    machine = Machine()
    monkeypatch.setattr("bot.term.machine_now", lambda: machine.now)
    return machine


async def back(office, machine):
    """The bot has begun again and received, and what there was to be posted anew stands in the chats."""
    office.start()
    await office.until(lambda: has_received(office, machine), "the first reception")
    await office.settled()


def has_received(office, machine):
    with office.database.read() as session:
        found = reception.get(session)
    return found is not None and found.heard_at == machine.now and found.outage_at is None


async def shown(office, role, button):
    await office.settled()
    return [item for item in await office[role].messages() if item.by_bot and has(item, button)]


async def test_a_card_that_was_open_in_the_gap_is_posted_anew_once_and_its_older_copy_decides_nothing(
    any_office, machine
):
    office = any_office
    await office.walk_to(6)
    old = await office.card("kabag_umum", "Setujui")
    assert AGAIN not in old.text
    await office.end()
    machine.passes(seconds=121)
    await back(office, machine)
    (new,) = await shown(office, "kabag_umum", "Setujui")
    assert new.id > old.id
    assert AGAIN in new.text
    assert "kartu terbaru tersedia di bawah" in (await office.now("kabag_umum", old)).text
    before = office.case
    refused = await office["kabag_umum"].press_forged(old.id, old.button("Setujui").data)
    assert refused.alert
    assert "kartu terbaru langkah 6/12 tersedia di bawah" in refused.text
    assert office.case == before
    assert office.refusals() == ["Replaced"]
    answer = await office.tap("kabag_umum", "Setujui")
    assert answer.text == "Terima kasih, Ibu. Persetujuan tercatat dan diteruskan."
    assert office.task.step == 7
    await office.settled()
    assert AGAIN not in (await office.now("kabag_umum", new)).text


async def test_after_a_short_stop_nothing_is_posted(office, machine):
    await office.walk_to(6)
    (old,) = await shown(office, "kabag_umum", "Setujui")
    await office.end()
    machine.passes(seconds=119)
    await back(office, machine)
    assert await shown(office, "kabag_umum", "Setujui") == [old]


async def test_a_simulated_clock_that_is_moved_is_no_outage(office, machine):
    await office.walk_to(6)
    (old,) = await shown(office, "kabag_umum", "Setujui")
    await office.end()
    await office.advance(days=1)
    machine.passes(seconds=30)
    await back(office, machine)
    assert [item.id for item in await shown(office, "kabag_umum", "Setujui")] == [old.id]
    assert not await office.saying("kabag_umum", AGAIN)


async def test_what_waited_at_telegram_is_worked_before_anything_is_posted_anew(any_office, machine):
    office = any_office
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office.end()
    pressed = asyncio.create_task(office["kabag_umum"].press(card, "Setujui"))
    await office.until(office.telegram.waiting_updates, "the press")
    machine.passes(minutes=5)
    await back(office, machine)
    assert (await pressed).text.startswith("Terima kasih")
    assert not await office.saying("kabag_umum", AGAIN)
    (next_card,) = await shown(office, "sekretaris", "Setujui")
    assert AGAIN not in next_card.text


async def test_every_guest_of_a_meeting_is_asked_again_until_he_has_answered(office, machine):
    other = await office.enrol("unit_terkait", "Sari", sapaan="Ibu", unit="Direktorat Teknik")
    await office.walk_to(4)
    await office.end()
    machine.passes(minutes=10)
    await back(office, machine)
    first, second = await office.says("unit_terkait", AGAIN), await office.says(other, AGAIN)
    for phone, card in ((office["unit_terkait"], first), (other, second)):
        answer = await office.tap(phone, "Hadir", card)
        assert "tercatat" in answer.text
        await office.settled()
        now = await office.now(phone, card)
        assert AGAIN not in now.text
        assert "Akan hadir" in now.text
    assert len(office.case.meeting(4).answers) == 2


async def test_an_open_form_comes_after_the_card_with_its_ticks(office, machine):
    await office.walk_to(7)
    await office.tap("sekretaris", "Setujui")
    await office.tap("sekretaris", "Pantau")
    await office.settled()
    await office.end()
    machine.passes(minutes=10)
    await back(office, machine)
    card, form = await office.saying("sekretaris", AGAIN)
    assert has(card, "Kembalikan")
    assert "☑ Pantau" in form.labels
    answer = await office.tap("sekretaris", "Kirim", form)
    assert answer.text.startswith("Terima kasih")
    assert office.task.step == 8


async def test_outside_office_hours_it_comes_silently_and_inside_with_a_sound(office, machine):
    await office.walk_to(6)
    await office.end()
    machine.passes(minutes=10)
    await back(office, machine)
    await office.end()
    await office.telegram.move_clock(datetime.fromisoformat("2026-11-02T21:00:00+07:00"))
    machine.passes(minutes=10)
    await back(office, machine)
    cards = [item for item in await office["kabag_umum"].messages() if "Langkah 6/12" in item.text]
    assert [item.silent for item in cards] == [False, False, True]


async def test_telegram_that_did_not_answer_for_long_is_an_outage_too(office, machine, monkeypatch):
    hurry(monkeypatch, "POLL", pause=0.05)
    await office.walk_to(6)
    (old,) = await shown(office, "kabag_umum", "Setujui")
    await office.telegram.faults("server_error", "getUpdates")
    await office["analis_sdm"].send("/tugas")  # ends the poll that hangs
    machine.passes(minutes=3)
    await office.telegram.clear_faults()
    new = await office.says("kabag_umum", AGAIN)
    assert new.id > old.id


async def test_nobody_is_reminded_before_what_waited_at_telegram_has_been_worked(office, machine, monkeypatch):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office.end()
    await office["kabag_umum"].send("setujui", reply_to=card)
    await office.telegram.move_clock(datetime.fromisoformat("2026-11-03T07:31:00+07:00"))  # the day of its limit
    await office.telegram.faults("server_error", "getUpdates", times=None)
    ticks = []

    async def counted(_ticking):
        ticks.append(1)

    monkeypatch.setattr("jobs.ticking.Ticking._come_sooner", counted)
    office.start()
    await office.until(lambda: len(ticks) > 1, "two ticks")
    assert office.task.step == 6
    await office.telegram.clear_faults()
    await office.until(lambda: office.task.step == 7, "the decision")
    seen = len(ticks)
    await office.until(lambda: len(ticks) > seen + 1, "two ticks more")
    assert not await office.saying("kabag_umum", "mengingatkan")


def test_within_two_minutes_every_press_is_still_at_telegram():
    assert timedelta(seconds=150) > outage.LONGEST_SILENCE
