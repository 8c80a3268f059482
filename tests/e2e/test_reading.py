"""`/berkas` and `/riwayat`, *Lihat Berkas* and *Riwayat*: what people read again, and who may not."""

from threading import Event, current_thread, main_thread

import pytest

from alur.storage.notices import NOTICES
from alur.views.board import picture
from tests.e2e.desk import MONDAY, PEOPLE, has
from tests.e2e.test_delivery import delete
from tests.papers import paper

LETTER = "Surat Kepala Biro SDM hal rekonsiliasi data IP ASN · versi 1"
READING = ("Lihat Berkas", "Riwayat")


def last_file(messages):
    return [item for item in messages if item.by_bot and item.files][-1]


async def test_berkas_sends_the_very_file_that_is_chosen_and_says_what_it_is(any_office):
    office = any_office
    await office.walk_to(7)
    await office["tata_usaha"].send("/berkas")
    screen = await office.says("tata_usaha", "Berkas ip-asn-2026")
    answer = await office.tap("tata_usaha", "Pemutakhiran data capaian IP ASN · versi 1", screen)
    assert (answer.alert, answer.text) == (False, "Yang diminta kami sampaikan di bawah.")
    await office.settled()
    file = last_file(await office["tata_usaha"].messages())
    assert file.id > screen.id
    assert await file.download() == b"%PDF-1.4 pemutakhiran_data.pdf"
    assert file.text == (
        "Pemutakhiran data capaian IP ASN · versi 1\n"
        "ip-asn-2026 · Senin, 2 Nov 2026, 09.00 WIB · Kepala Bagian Umum (Dewi)"
    )
    assert len([entry for entry in office.trail() if entry["act"]["act"] == "version"]) == 0


async def test_older_versions_come_on_request_in_the_same_message(office):
    await office.walk_to(7)
    kabag = office["kabag_umum"]
    await kabag.send("/berkas")
    screen = await office.says(kabag, "Berkas ip-asn-2026")
    await office.tap(kabag, "Versi Lama", screen)
    await office.settled()
    older = await office.now(kabag, screen)
    assert "Versi lama ip-asn-2026" in older.text
    assert older.labels == ("Data capaian IP ASN · versi 1", "Versi Terbaru")
    await office.tap(kabag, "Data capaian IP ASN · versi 1", older)
    await office.settled()
    assert await last_file(await kabag.messages()).download() == b"%PDF-1.4 data_capaian.pdf"
    await office.tap(kabag, "Versi Terbaru", older)
    await office.settled()
    assert LETTER in (await office.now(kabag, screen)).labels
    assert len(await office.saying(kabag, "Berkas ip-asn-2026")) == 1


async def test_all_newest_files_come_as_one_album_of_the_kind(office):
    await office.walk_to(3)
    sekretaris = office["sekretaris"]
    await sekretaris.send("/berkas")
    screen = await office.says(sekretaris, "Berkas ip-asn-2026")
    since = await office.last_call()
    await office.tap(sekretaris, "Semua Berkas", screen)
    await office.settled()
    files = [item for item in await sekretaris.messages() if item.files and item.id > screen.id]
    assert [item.files[0].name for item in files] == ["surat.pdf", "data_capaian.pdf", "konsep_undangan.pdf"]
    assert len(await office.calls("sendMediaGroup", since=since)) == 1


async def test_a_file_that_was_asked_for_is_answered_by_its_next_version(office):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    await rina.send_file("Konsep undangan.docx", paper("Konsep undangan.docx", b"1"))
    await office.says(rina, "Berkas diterima")
    await rina.send("/berkas")
    await office.tap(rina, "Konsep undangan rapat · versi 1", await office.says(rina, "Berkas ip-asn-2026"))
    await office.settled()
    await rina.send_file("perbaikan.docx", paper("perbaikan.docx", b"2"), reply_to=last_file(await rina.messages()))
    await office.says(rina, "Berkas diterima", "Konsep undangan rapat", "versi 2")


async def test_a_fault_in_the_middle_of_sending_a_file_loses_it_not(office):
    await office.walk_to(3)
    kabag = office["kabag_umum"]
    await kabag.send("/berkas")
    screen = await office.says(kabag, "Berkas ip-asn-2026")
    await office.telegram.faults("server_error", "sendDocument")
    await office.tap(kabag, LETTER, screen)
    await office.settled()
    assert await last_file(await kabag.messages()).download() == b"%PDF-1.4 surat.pdf"


async def test_a_file_asked_for_whose_file_id_is_lost_is_sent_from_the_store(office):
    from alur.storage.file_store import FILES

    await office.walk_to(3)
    with office.database.write() as session:
        session.execute(FILES.update().values(file_id="BQACAgUAAxkBAAIBbWZlost"))
    await office["kabag_umum"].send("/berkas")
    await office.tap("kabag_umum", LETTER, await office.says("kabag_umum", "Berkas ip-asn-2026"))
    await office.settled()
    assert await last_file(await office["kabag_umum"].messages()).download() == b"%PDF-1.4 surat.pdf"


@pytest.mark.parametrize("button", [LETTER, "Semua Berkas"])
async def test_a_file_that_the_store_has_lost_holds_up_nobody_and_is_told_to_the_administrators(office, button):
    from alur.storage.file_store import FILES, FileStore

    await office.walk_to(3)
    with office.database.write() as session:
        session.execute(FILES.delete())
    FileStore(office.settings.files_dir).path(office.case.newest("surat_biro_sdm").file.sha256).unlink()
    kabag = office["kabag_umum"]
    await kabag.send("/berkas")
    await office.tap(kabag, button, await office.says(kabag, "Berkas ip-asn-2026"))
    sent = await kabag.send("/status")
    await office.says(kabag, "Langkah 3/12", "Surat Nomor", after=sent)
    await office.says("admin", "no file")


async def test_every_card_of_a_reader_of_cases_opens_files_and_history_open_or_closed(office):
    await office.walk_to(6)
    kabag = office["kabag_umum"]
    card = await office.card(kabag, "Setujui")
    assert card.labels[-2:] == ("Lihat Berkas", "Lainnya")
    await office.tap(kabag, "Setujui", card)
    await office.settled()
    closed = await office.now(kabag, card)
    assert closed.labels == READING
    for button, words in (("Lihat Berkas", "Berkas ip-asn-2026"), ("Riwayat", "Riwayat ip-asn-2026")):
        answer = await office.tap(kabag, button, closed)
        assert not answer.alert
        shown = await office.says(kabag, words)
        assert shown.id > card.id
    assert (await office.now(kabag, card)).text == closed.text
    assert [item for item in office.trail() if item["act"]["act"] in READING] == []


@pytest.mark.parametrize(("button", "words"), [("Lihat Berkas", "Berkas ip-asn-2026"), ("Riwayat", "Riwayat ip-")])
async def test_a_second_press_on_the_same_card_makes_no_second_list(office, button, words):
    await office.walk_to(6)
    kabag = office["kabag_umum"]
    card = await office.card(kabag, "Setujui")
    answers = [await office.tap(kabag, button, await office.now(kabag, card)) for _ in "12"]
    assert [item.text for item in answers] == [
        "Yang diminta kami sampaikan di bawah.",
        "Sudah tersedia di bawah kartu ini.",
    ]
    assert len(await office.saying(kabag, words)) == 1

    await kabag.send("/tugas")
    await office.settled()
    await office.tap(kabag, button, await office.card(kabag, "Setujui", after=None))
    assert len(await office.saying(kabag, words)) == 2  # below the card that is now the newest


@pytest.mark.parametrize("values", [{}, {"parked_at": MONDAY}])
async def test_a_first_list_that_was_never_sent_leaves_no_dead_button(any_office, values):
    """It was given up: because nobody was reached, or as one that cannot be sent."""
    office = any_office
    await office.walk_to(6)
    kabag = office["kabag_umum"]
    card = await office.card(kabag, "Setujui")
    await office.tap(kabag, "Lihat Berkas", card)
    await office.settled()
    never = {"message_id": None, "sent_at": None, "dropped_at": MONDAY, **values}
    given_up = NOTICES.update().where(NOTICES.c.template == "documents").values(never)
    office.transact(lambda work: work.session.execute(given_up))
    before = len(await office.saying(kabag, "Berkas ip-asn-2026"))

    answer = await office.tap(kabag, "Lihat Berkas", await office.now(kabag, card))

    assert answer.text == "Yang diminta kami sampaikan di bawah."
    assert len(await office.saying(kabag, "Berkas ip-asn-2026")) == before + 1


async def test_a_folded_copy_of_a_card_keeps_no_button(office):
    await office.walk_to(6)
    old = await office.card("kabag_umum", "Setujui")
    await office["kabag_umum"].send("/tugas")
    await office.settled()
    assert (await office.now("kabag_umum", old)).labels == ()


async def test_the_history_is_told_in_order_and_turned_in_its_own_message(any_office):
    office = any_office
    await office.walk_to(7)
    await office["sekretaris"].send("/riwayat")
    newest = await office.says("sekretaris", "Riwayat ip-asn-2026")
    lines = [line for line in newest.text.splitlines() if line.startswith("• ")]
    assert len(lines) == 10
    assert lines[-1] == (
        "• Sen 2 Nov, 09.00 · Kepala Bagian Umum (Dewi) menyetujui dokumen langkah 6, diteruskan kepada "
        "Sekretaris Direktorat Jenderal"
    )
    assert newest.labels == ("Lebih Lama", "Kartu Kendali")
    await office.tap("sekretaris", "Lebih Lama", newest)
    await office.settled()
    older = await office.now("sekretaris", newest)
    assert "membuka proses dengan Surat Nomor B-1234" in older.text
    assert older.labels == ("Lebih Baru", "Kartu Kendali")
    first, second = [await office["sekretaris"].press(older, "Lebih Baru") for _ in "12"]
    assert first.answered
    assert second.answered
    await office.settled()
    assert (await office.now("sekretaris", newest)).text == newest.text
    assert len(await office.saying("sekretaris", "Riwayat ip-asn-2026")) == 1


async def test_a_page_is_turned_also_where_the_message_is_gone(office):
    await office.walk_to(7)
    await office["sekretaris"].send("/riwayat")
    newest = await office.says("sekretaris", "Riwayat ip-asn-2026")
    older = newest.button("Lebih Lama").data
    await delete(office, newest)
    await office["sekretaris"].press_forged(newest.id, older)
    found = await office.says("sekretaris", "membuka proses dengan Surat")
    assert found.id > newest.id


async def test_a_guest_reads_what_he_was_sent_and_is_told_politely_that_the_rest_is_not_his(office):
    await office.walk_to(7)
    unit = office["unit_terkait"]
    await unit.send("/berkas")
    screen = await office.says(unit, "Berkas ip-asn-2026")
    assert screen.labels == ("Undangan rapat · versi 1",)
    await office.tap(unit, "Undangan rapat · versi 1", screen)
    await office.settled()
    assert await last_file(await unit.messages()).download() == b"%PDF-1.4 undangan.pdf"
    sent = await unit.send("/riwayat")
    said = await office.says(unit, "Mohon maaf, Bapak", after=sent)
    assert "/berkas" in said.text
    assert office.refusals(of_office=True) == ["NotReadable"]


async def test_where_nothing_was_sent_yet_it_is_said_with_whom_to_ask(office):
    await office.walk_to(3)
    await office["biro_sdm"].send("/berkas")
    said = await office.says("biro_sdm", "belum ada berkas")
    assert "Tata Usaha" in said.text
    assert said.labels == ()


async def test_a_forged_press_reads_nothing_and_is_recorded(office):
    await office.walk_to(7)
    unit = office["unit_terkait"]
    await unit.send("/berkas")
    screen = await office.says(unit, "Berkas ip-asn-2026")
    count = len(await unit.messages())
    case_id = office.record.id
    forged = [
        *(f"version:c{case_id}:0:{number}" for number in (1, 2, 99)),
        f"history:c{case_id}:0",
        f"acts:c{case_id}:0:10",
        f"history:c{case_id}.3:0",
        f"control_card:c{case_id}:0",
    ]
    for data in forged:
        answer = await unit.press_forged(screen.id, data)
        assert answer.alert
        assert "Mohon maaf" in answer.text
    await office.settled()
    assert len(await unit.messages()) == count
    assert office.refusals() == ["NotReadable"] * len(forged)
    for data in ("version:o:0:1", "files:o:0", "documents:c999:0", "control_card:c999:0"):
        assert (await unit.press_forged(screen.id, data)).alert
    assert office.refusals(of_office=True) == ["Unknown"] * 4


async def test_a_press_on_reading_by_a_stranger_is_refused(office):
    await office.walk_to(3)
    stranger = await office.telegram.person("Tamu")
    await stranger.send("/start")
    for data in (f"documents:c{office.record.id}:0", f"files:c{office.record.id}.1:0"):
        answer = await stranger.press_forged(1, data)
        assert answer.alert
        assert "hanya untuk pegawai" in answer.text
    assert office.refusals(of_office=True)[-2:] == ["NotMember", "NotMember"]


async def test_a_screen_never_takes_the_place_of_a_card(office):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    await office["kabag_umum"].press_forged(card.id, f"acts:c{office.record.id}:0:10")
    await office.says("kabag_umum", "Riwayat ip-asn-2026")
    assert (await office.now("kabag_umum", card)).text == card.text


async def test_the_right_is_looked_at_again_when_the_file_is_sent(office):
    """A press that was allowed, whose file is still to come when the role is taken away; afterwards none is allowed."""
    from alur.storage.appointments import APPOINTMENTS

    await office.walk_to(7)
    kabag = office["kabag_umum"]
    await kabag.send("/berkas")
    screen = await office.says(kabag, "Berkas ip-asn-2026")
    await office.telegram.faults("server_error", "sendDocument", times=None)
    assert not (await office.tap(kabag, LETTER, screen)).alert
    with office.database.write() as session:
        session.execute(APPOINTMENTS.delete().where(APPOINTMENTS.c.member_id == office.members["kabag_umum"]))
    await office.settled()  # while nothing can be sent: the row is given up, not delivered
    await office.telegram.clear_faults()
    assert (await office.tap(kabag, LETTER, screen)).alert
    await office.settled()
    assert not any(item.files and item.id > screen.id for item in await kabag.messages())
    assert office.refusals() == ["NotReadable"]


async def test_the_commands_are_offered_in_help_and_answered_for_every_role(office):
    await office.walk_to(7)
    for role in PEOPLE:
        for command in ("/berkas", "/riwayat"):
            sent = await office[role].send(command)
            assert await office[role].wait_for(lambda message: message.by_bot, after=sent, timeout=8)
    await office.settled()
    assert not has((await office["unit_terkait"].messages())[-1], "Riwayat")


async def test_papan_on_status_brings_the_board_as_a_document_that_names_its_moment(any_office):
    office = any_office
    await office.walk_to(7)
    await office["kabag_umum"].send("/status")
    screen = await office.says("kabag_umum", "ip-asn-2026", "Langkah 7/12")
    answer = await office.tap("kabag_umum", "Papan", screen)
    assert (answer.alert, answer.text) == (False, "Yang diminta kami sampaikan di bawah.")
    await office.settled()
    file = last_file(await office["kabag_umum"].messages())
    assert (file.files[0].name, file.id > screen.id) == ("papan-ip-asn-2026.png", True)
    assert (await file.download()).startswith(b"\x89PNG")
    assert file.text.startswith("Papan ip-asn-2026 · Laporan Capaian IP ASN 2026\nKeadaan pada Senin, 2 Nov 2026")
    assert await office.calls("sendDocument")
    assert not await office.calls("sendPhoto")


async def test_the_board_is_drawn_in_a_thread_and_other_chats_go_on_meanwhile(office, monkeypatch):
    await office.walk_to(7)
    drawn, in_hand = Event(), Event()
    made = picture.png

    def slowly(*about):
        in_hand.set()
        assert drawn.wait(20), "the loop stood still"
        assert current_thread() is not main_thread()
        return made(*about)

    monkeypatch.setattr(picture, "png", slowly)
    await office["kabag_umum"].send("/status")
    await office.tap("kabag_umum", "Papan", await office.says("kabag_umum", "Langkah 7/12"))
    await office.until(in_hand.is_set, "the board is being drawn")
    await office["analis_sdm"].send("/status")
    await office.says("analis_sdm", "Langkah 7/12")
    drawn.set()
    await office.settled()
    assert last_file(await office["kabag_umum"].messages()).files[0].name == "papan-ip-asn-2026.png"


async def test_who_reads_only_what_was_sent_has_no_board_and_gets_none_by_a_forged_press(office):
    await office.walk_to(4)
    await office["unit_terkait"].send("/status")
    screen = await office.says("unit_terkait", "ip-asn-2026")
    assert "Papan" not in screen.labels
    answer = await office["unit_terkait"].press_forged(screen.id, f"board:c{office.record.id}:0")
    assert answer.alert
    assert "hanya dapat dibaca oleh" in answer.text
    await office.settled()
    assert all(
        file.name != "papan-ip-asn-2026.png" for item in await office["unit_terkait"].messages() for file in item.files
    )
    assert office.refusals() == ["NotReadable"]


async def test_lihat_berkas_shows_the_papers_of_the_card_first_and_the_rest_behind_semua_berkas(any_office):
    office = any_office
    await office.walk_to(6)
    kabag = office["kabag_umum"]
    await office.tap(kabag, "Lihat Berkas", await office.card(kabag, "Setujui"))
    screen = await office.says(kabag, "Berkas ip-asn-2026", "Berkas langkah 6/12, yang terbaru lebih dahulu")
    assert screen.labels == (
        "Data awal capaian IP ASN · versi 1",
        "Konsep nota dinas laporan rapat internal · versi 1",
        "Semua Berkas",
    )
    await office.tap(kabag, "Data awal capaian IP ASN · versi 1", screen)
    await office.settled()
    assert await last_file(await kabag.messages()).download() == b"%PDF-1.4 data_awal.pdf"

    await office.tap(kabag, "Semua Berkas", screen)
    await office.settled()
    whole = await office.now(kabag, screen)
    assert LETTER in whole.labels
    assert {"Data awal capaian IP ASN · versi 1", "Semua Berkas"} < set(whole.labels)
    since = await office.last_call()
    await office.tap(kabag, "Semua Berkas", whole)
    await office.settled()
    assert await office.calls("sendMediaGroup", since=since)


async def test_a_guest_whose_card_has_all_that_he_may_read_sees_no_second_list(office):
    await office.walk_to(4)
    unit = office["unit_terkait"]
    await office.tap(unit, "Lihat Berkas", await office.card(unit, "Hadir"))
    screen = await office.says(unit, "Berkas ip-asn-2026")
    assert screen.labels == ("Undangan rapat · versi 1",)
