"""How cards reach their people, and what Telegram may do to them on the way."""

import errno
import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from alur.storage import outbox
from alur.storage.file_store import FileStore
from tests import probes
from tests.e2e.desk import has
from tests.hurry import hurry
from tests.papers import paper

FILES = 2  # before the card of step 6


async def submit(office):
    """The Analis brings the papers of step 5 and submits them, so that a card lands on the Kabag's desk."""
    await office.walk_to(5)
    for document in ("Konsep nota dinas rapat", "Data awal"):
        await office["analis_sdm"].send_file(f"{document}.pdf", paper(f"{document}.pdf", document.encode()))
        await office.settled()
    await office.tap("analis_sdm", "Ajukan")


async def test_files_come_before_their_card_several_as_an_album(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    files = [item for item in await office["kabag_umum"].messages() if item.files]
    assert len(files) == FILES
    assert len({item.media_group_id for item in files}) == 1
    assert files[0].media_group_id is not None
    assert max(item.id for item in files) < card.id


async def test_a_single_file_comes_by_itself(office):
    await office.walk_to(1)
    card = await office.card("sekretaris", "Disposisikan")
    (file,) = [item for item in await office["sekretaris"].messages() if item.files]
    assert file.media_group_id is None
    assert file.id < card.id


async def test_a_new_version_rings_as_a_new_message_with_its_file_and_the_older_copy_shrinks_to_one_line(office):
    await office.walk_to(6)
    old = await office.card("kabag_umum", "Setujui")
    await office["analis_sdm"].send_file("b.pdf", paper("b.pdf", b"%PDF newer"), caption="Konsep nota dinas rapat")
    new = await office.card("kabag_umum", "Setujui", after=old)
    await office.settled()
    shrunk = await office.now("kabag_umum", old)
    assert (shrunk.labels, "\n" in shrunk.text) == ((), False)
    between = [item for item in await office["kabag_umum"].messages() if old.id < item.id < new.id and item.files]
    assert "b.pdf" in [item.files[0].name for item in between]


async def test_what_does_not_ring_is_an_edit_in_place(office):
    await office.walk_to(4)
    card = await office.card("kabag_umum", "Rapat Selesai")
    await office.tap("unit_terkait", "Hadir")
    await office.settled()
    shown = await office.card("kabag_umum", "Rapat Selesai")
    assert shown.id == card.id
    assert "akan hadir 1" in shown.text


async def test_closed_cards_lose_their_buttons_on_all_phones(office):
    colleague = await office.enrol("kabag_umum", "Budi")
    await office.walk_to(6)
    await office.tap("kabag_umum", "Setujui")
    await office.settled()
    for phone in (office["kabag_umum"], colleague):
        assert not [item for item in await phone.messages() if has(item, "Setujui")]
        assert [item for item in await phone.messages() if "2 Nov 2026, 09.00 WIB" in item.text]


async def test_a_card_whose_message_is_gone_is_posted_anew_if_its_task_is_open(office):
    await office.walk_to(4)
    card = await office.card("kabag_umum", "Rapat Selesai")
    await delete(office, card)
    await office.tap("unit_terkait", "Hadir")
    anew = await office.card("kabag_umum", "Rapat Selesai")
    assert anew.id > card.id
    assert "akan hadir 1" in anew.text


async def test_a_card_whose_message_is_gone_is_left_alone_when_its_task_is_closed(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await delete(office, card)
    await office["kabag_umum"].press_forged(card, card.button("Setujui").data)
    await office.settled()
    assert office.task.step == 7
    assert not [item for item in await office["kabag_umum"].messages() if item.id > card.id]
    with office.database.read() as session:
        *_, row = probes.cards_of(session, office.members["kabag_umum"])
    assert row.message_id is None  # forgotten: it is a message of ours no more


async def delete(office, message):
    """The person deletes the message on both sides: it can not be edited any more."""
    import aiohttp

    url = f"{office.simulator.url}/bot{office.settings.token}/deleteMessage"
    async with aiohttp.ClientSession() as session:
        given = {"chat_id": message.chat_id, "message_id": message.id}
        assert (await (await session.post(url, json=given)).json())["ok"]


async def test_a_message_that_telegram_never_takes_parks_its_row_alone_and_tells_the_administrators(
    office, monkeypatch
):
    from alur.views.notice import message

    render = message.render
    monkeypatch.setattr(
        message,
        "render",
        lambda notice, given: _broken(render(notice, given)) if notice.template == "help" else render(notice, given),
    )
    await office.walk_to(6)
    await office["kabag_umum"].send("/bantuan")
    await office["kabag_umum"].send("/tugas")
    await office.says("kabag_umum", "ada 1 tugas")
    told = await office.says("admin", "tidak dapat dikirim dan kami sisihkan")
    assert "parse entities" in told.text
    assert not await office.saying("kabag_umum", "Bantuan")


def _broken(screen):
    from dataclasses import replace

    return replace(screen, text="<b>broken")


async def test_a_blocked_member_is_reported_with_a_text_to_hand_over_and_the_handing_over_is_recorded(any_office):
    office = any_office
    await office.walk_to(5)
    await office["kabag_umum"].block()
    await office.settled()
    for document in ("Konsep nota dinas rapat", "Data awal"):
        await office["analis_sdm"].send_file(f"{document}.pdf", paper(f"{document}.pdf", document.encode()))
        await office.settled()
    await office.tap("analis_sdm", "Ajukan")
    told = await office.card("tata_usaha", "Sudah Disampaikan")
    for words in ("Dewi", "Yth. Kepala Bagian Umum,", "Langkah 6/12", "ip-asn-2026", "batas waktu"):
        assert words in told.text
    answer = await office.tap("tata_usaha", "Sudah Disampaikan", told)
    assert "tercatat" in answer.text
    assert office.trail()[-1]["act"]["act"] == "hand_over"
    await office.settled()
    said = await office.now("tata_usaha", told)
    assert (said.labels, "Teks untuk Ibu Dewi telah disampaikan langsung oleh Ibu Wulan" in said.text) == ((), True)
    assert office.trail()[-1]["act"]["by"] == office.members["tata_usaha"]


async def test_a_member_found_blocked_by_a_send_is_marked_and_gets_his_open_card_when_he_comes_back(office):
    await office.walk_to(5)
    await office["kabag_umum"].leave_telegram()  # of this Telegram tells the bot nothing
    for document in ("Konsep nota dinas rapat", "Data awal"):
        await office["analis_sdm"].send_file(f"{document}.pdf", paper(f"{document}.pdf", document.encode()))
        await office.settled()
    await office.tap("analis_sdm", "Ajukan")
    await office.card("tata_usaha", "Sudah Disampaikan")
    assert any(entry["act"]["act"] == "lose_contact" for entry in office.trail(of_office=True))
    await office["kabag_umum"].unblock()
    await office["kabag_umum"].send("/status")
    card = await office.card("kabag_umum", "Setujui")
    assert "Langkah 6/12" in card.text
    assert any(entry["act"]["act"] == "regain_contact" for entry in office.trail(of_office=True))


async def test_slow_down_is_obeyed(office):
    await office.telegram.faults("too_many", "send*", retry_after=1)
    await office.walk_to(6)
    calls = await office.calls("send*")
    refused = next(call for call in calls if not call["answer"]["ok"])
    assert refused["answer"]["error_code"] == 429
    chat = refused["parameters"]["chat_id"]
    later = [call for call in calls if call["number"] > refused["number"] and call["parameters"]["chat_id"] == chat]
    assert later
    assert min(_seconds(call) - _seconds(refused) for call in later) >= 0.9
    assert len([item for item in await office["kabag_umum"].messages() if has(item, "Setujui")]) == 1


def _seconds(call):
    from datetime import datetime

    return datetime.fromisoformat(call["at"]).timestamp()


# What a fault may leave behind on the phone that it hit: one copy more where the send may have arrived.
FAULTS = [
    ("server_error", {"status": 502}, 0),
    ("cut_before", {}, 0),
    ("cut_after", {}, 1),
]


@pytest.mark.parametrize(("kind", "rule", "copies"), FAULTS)
async def test_a_fault_while_sending_costs_at_most_one_duplicate(office, kind, rule, copies):
    await office.telegram.faults(kind, "sendMessage", chat_id=office["kabag_umum"].id, **rule)
    await office.telegram.faults(kind, "sendMediaGroup", chat_id=office["kabag_umum"].id, **rule)
    await submit(office)
    await office.settled()
    messages = [item for item in await office["kabag_umum"].messages() if item.by_bot]
    assert len([item for item in messages if has(item, "Setujui")]) == 1 + copies
    assert len([item for item in messages if item.files]) == FILES * (1 + copies)
    assert [entry["act"]["act"] for entry in office.trail()][-3:] == ["upload", "upload", "submit"]


@pytest.mark.parametrize(("kind", "rule"), [(kind, rule) for kind, rule, _ in FAULTS])
async def test_a_fault_while_editing_leaves_the_card_as_it_should_be(office, kind, rule):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office.telegram.faults(kind, "editMessageText", **rule)
    await office.tap("kabag_umum", "Setujui")
    await office.settled()
    shown = await office.now("kabag_umum", card)
    assert shown.labels == ("Lihat Berkas", "Riwayat")
    assert "Persetujuan tercatat" in shown.text


@pytest.mark.parametrize("kind", ["server_error", "cut_before", "cut_after"])
async def test_a_lost_answer_to_a_tap_loses_nothing_of_the_decision(office, kind):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office.telegram.faults(kind, "answerCallbackQuery")
    await office["kabag_umum"].press(card, "Setujui", timeout=0)
    await office.card("sekretaris", "Setujui")
    await office.settled()
    said = [call["parameters"]["text"] for call in await office.calls("answerCallbackQuery")]
    assert 1 <= len(said) <= 2  # what may be lost is said again while the press lives
    assert len(set(said)) == 1
    assert office.task.step == 7


async def test_what_was_sent_is_not_sent_again_while_it_cannot_be_written_down(office, monkeypatch):
    hurry(monkeypatch, "MACHINE", pause=0.01)
    full = [sqlite3.OperationalError("database or disk is full") for _ in range(5)]
    for error in full:
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
    write_down = outbox.sent_notice

    def has_no_room(session, number, message_id, at):
        if full and message_id is not None:  # a menu is no message
            raise OperationalError("UPDATE", {}, full.pop())
        write_down(session, number, message_id, at)

    monkeypatch.setattr(outbox, "sent_notice", has_no_room)
    await office.begin()
    await office["kabag_umum"].send("/bantuan")
    assert len(await office.saying("kabag_umum", "Bantuan")) == 1
    assert not full


async def test_a_file_that_the_disk_has_no_room_for_is_taken_when_it_has(office, monkeypatch):
    hurry(monkeypatch, "MACHINE", pause=0.01)
    await office.walk_to(2)
    put, full = FileStore.put, [OSError(errno.ENOSPC, "No space left on device") for _ in range(9)]

    def has_no_room(store, data):
        if full:
            raise full.pop()
        return put(store, data)

    monkeypatch.setattr(FileStore, "put", has_no_room)
    await office["analis_sdm"].send_file("Data capaian.xlsx", paper("Data capaian.xlsx", b"1"))
    await office.says("analis_sdm", "Berkas diterima")
    assert not full


async def test_silence_in_one_chat_holds_up_no_other(office):
    await office.telegram.faults("silence", "sendMediaGroup", chat_id=office["kabag_umum"].id, seconds=1.0)
    await office.walk_to(5)
    await submit(office)
    await office["analis_sdm"].send("/tugas")
    await office.says("analis_sdm", "tidak ada tugas yang menunggu")
    card = await office.card("kabag_umum", "Setujui")
    assert len([item for item in await office["kabag_umum"].messages() if has(item, "Setujui")]) == 1
    assert card.id > 0


async def test_a_telegram_that_fails_for_a_while_gets_everything_when_it_is_back(office):
    await office.telegram.faults("server_error", "*", times=5, chance=0.3, seed=7)
    await submit(office)
    await office.tap("kabag_umum", "Setujui")
    await office.card("sekretaris", "Setujui")
    assert office.task.step == 7
