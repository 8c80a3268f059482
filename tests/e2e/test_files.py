"""Files that people send: which document one is, and what becomes of those that fit nowhere."""

import pytest

from simulator import Options
from simulator.limits import MEGABYTE
from tests.e2e.desk import MONDAY, TOKEN, has
from tests.hurry import hurry
from tests.papers import paper

RECEIVED = "Berkas diterima"


async def test_an_empty_file_is_refused_kindly_and_not_fetched(office):
    await office.walk_to(2)
    await office["analis_sdm"].send_file("kosong.pdf", b"")
    await office.says("analis_sdm", "kosong.pdf", "Mohon maaf, Ibu", "Berkasnya kosong", "mengirimnya kembali")
    assert office.refusals(of_office=True) == ["FileRefused"]
    assert await office.calls("getFile") == []


async def test_a_file_above_twenty_megabytes_is_refused_without_a_download(office):
    await office.walk_to(2)
    await office["analis_sdm"].send_file("besar.zip", bytes(20 * MEGABYTE + 1))
    await office.says("analis_sdm", "besar.zip", "melebihi 20 MB")
    assert await office.calls("getFile") == []


async def test_what_telegram_will_not_hand_over_is_asked_for_again_and_blocks_nobody(office, monkeypatch):
    hurry(monkeypatch, "DOWNLOAD", within=0)
    await office.walk_to(2)
    await office.telegram.faults("server_error", "getFile")
    await office["analis_sdm"].send_file("Data capaian.xlsx", paper("Data capaian.xlsx", b"x"))
    await office.says("analis_sdm", "Pengunduhannya terputus", "Mohon mengirimnya kembali")
    await office["analis_sdm"].send_file("Data capaian.xlsx", paper("Data capaian.xlsx", b"x"))
    await office.says("analis_sdm", RECEIVED, "Data capaian IP ASN")


async def test_the_longest_title_or_alias_in_name_or_caption_decides(office):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    await rina.send_file(
        "konsep_UNDANGAN-rekonsiliasi_data_capaian.docx", paper("konsep_UNDANGAN-rekonsiliasi_data_capaian.docx", b"1")
    )
    await office.says(rina, RECEIVED, "Konsep undangan rapat", "versi 1")
    await rina.send_file("a.xlsx", paper("a.xlsx", b"2"), caption="Berikut data capaian terbaru")
    await office.says(rina, RECEIVED, "Data capaian IP ASN", "versi 1")
    assert office.case.newest("konsep_undangan").file.name == "konsep_UNDANGAN-rekonsiliasi_data_capaian.docx"


async def test_the_receipt_names_case_document_version_and_size_and_what_is_still_missing(office):
    await office.walk_to(2)
    await office["analis_sdm"].send_file("data capaian.xlsx", paper("data capaian.xlsx"))
    said = await office.says("analis_sdm", RECEIVED)
    for word in ("ip-asn-2026", "Data capaian IP ASN", "versi 1", "data capaian.xlsx", "822 B", "Masih ditunggu"):
        assert word in said.text


async def test_an_ambiguous_file_is_asked_about_once_with_a_button_per_document_and_then_taken(office):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    await rina.send_file("scan001.pdf", paper("scan001.pdf", b"1"))
    question = await office.says(rina, "scan001.pdf", "sebagai dokumen yang mana")
    assert {"Data capaian IP ASN", "Konsep undangan rapat"} <= set(question.labels)
    assert office.case.newest("konsep_undangan") is None
    await office.tap(rina, "Konsep undangan rapat", question)
    await office.says(rina, RECEIVED, "Konsep undangan rapat")
    assert office.case.newest("konsep_undangan").file.name == "scan001.pdf"
    again = await office.tap(rina, "Data capaian IP ASN", question)
    assert again.alert
    assert office.case.newest("data_capaian") is None


async def test_a_file_that_is_left_aside_is_taken_nowhere(office):
    await office.walk_to(2)
    await office["analis_sdm"].send_file("scan001.pdf", paper("scan001.pdf", b"1"))
    question = await office.says("analis_sdm", "sebagai dokumen yang mana")
    await office.tap("analis_sdm", "Batal", question)
    assert len(office.case.versions) == 1
    await office.settled()
    said = await office.now("analis_sdm", question)
    assert "scan001.pdf” tidak digunakan" in said.text
    assert said.labels == ()


async def test_the_question_about_a_file_becomes_its_receipt(office):
    await office.walk_to(2)
    await office["analis_sdm"].send_file("scan001.pdf", paper("scan001.pdf", b"1"))
    question = await office.says("analis_sdm", "sebagai dokumen yang mana")
    await office.tap("analis_sdm", "Konsep undangan rapat", question)
    await office.settled()
    said = await office.now("analis_sdm", question)
    assert RECEIVED in said.text
    assert said.labels == ("Buka Kartu",)
    assert len(await office.saying("analis_sdm", "scan001.pdf", RECEIVED)) == 1


async def test_a_second_copy_of_the_question_says_that_it_is_settled(office):
    await office.walk_to(2)
    await office.telegram.faults("cut_after", "sendMessage")
    await office["analis_sdm"].send_file("scan001.pdf", paper("scan001.pdf", b"1"))
    first, second = await office.saying("analis_sdm", "sebagai dokumen yang mana")
    await office.tap("analis_sdm", "Konsep undangan rapat", second)
    assert (await office.tap("analis_sdm", "Data capaian IP ASN", first)).alert
    await office.settled()
    said = await office.now("analis_sdm", first)
    assert "sudah dipilih" in said.text
    assert said.labels == ()


async def test_somebody_else_cannot_choose_for_the_sender(office):
    await office.walk_to(2)
    await office["analis_sdm"].send_file("scan001.pdf", paper("scan001.pdf", b"1"))
    question = await office.says("analis_sdm", "sebagai dokumen yang mana")
    answer = await office["kabag_umum"].press_forged(question.id, question.button("Data capaian IP ASN").data)
    assert answer.alert
    assert len(office.case.versions) == 1


async def test_where_only_one_document_fits_it_is_taken_without_a_word(office):
    await office.walk_to(9)
    await office["analis_sdm"].send_file("final_rev3.docx", paper("final_rev3.docx", b"1"))
    await office.says("analis_sdm", RECEIVED, "Konsep nota dinas laporan capaian IP ASN")


async def test_a_stray_file_is_never_taken_for_a_signed_letter_without_a_word(office):
    await office.walk_to(7)
    await office["analis_sdm"].send_file("scan001.pdf", paper("scan001.pdf", b"1"))
    question = await office.says("analis_sdm", "scan001.pdf", "sebagai dokumen yang mana")
    label = next(item for item in question.labels if item.startswith("Nota dinas laporan rapat internal"))
    await office.tap("analis_sdm", label, question)
    await office.says("analis_sdm", RECEIVED, "bertanda tangan")
    assert office.task.step == 7


@pytest.mark.parametrize("to", ["the file", "the receipt"])
async def test_a_reply_to_an_older_file_or_its_receipt_is_its_next_version(office, to):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    sent = await rina.send_file("Konsep undangan.docx", paper("Konsep undangan.docx", b"1"))
    receipt = await office.says(rina, RECEIVED)
    await rina.send_file(
        "data capaian perbaikan.docx",
        paper("data capaian perbaikan.docx", b"2"),
        reply_to=sent if to == "the file" else receipt,
    )
    await office.says(rina, RECEIVED, "Konsep undangan rapat", "versi 2")
    assert office.case.newest("data_capaian") is None


async def test_a_reply_to_the_file_before_a_card_is_its_next_version(office):
    await office.walk_to(7)
    await office.tap("sekretaris", "Kembalikan")
    await office.tap("sekretaris", "Lanjut")
    await office.fill("sekretaris", "Tabel per unit belum sesuai.")
    await office.tap("sekretaris", "Kirim")
    card = await office.card("kabag_umum", "Setujui")
    (konsep,) = [
        item for item in await office["kabag_umum"].messages() if "Konsep nota dinas" in item.text and item.files
    ]
    await office["kabag_umum"].send_file("x.docx", paper("x.docx", b"2"), reply_to=konsep)
    await office.says("kabag_umum", RECEIVED, "Konsep nota dinas laporan rapat internal", "versi 2")
    assert (await office.card("kabag_umum", "Setujui", after=card)).id > card.id


async def test_a_reply_to_the_card_narrows_to_its_task(office):
    await office.walk_to(9)
    card = await office.card("analis_sdm", "Ajukan")
    await office["analis_sdm"].send_file("Nota dinas rapat.pdf", paper("Nota dinas rapat.pdf", b"1"), reply_to=card)
    await office.says("analis_sdm", RECEIVED, "Konsep nota dinas laporan capaian IP ASN")


async def test_the_year_of_another_case_makes_it_a_question(office):
    await office.walk_to(2)
    other = office.transact(second_case, office)
    await office["analis_sdm"].send_file("Data capaian 2027.xlsx", paper("Data capaian 2027.xlsx", b"1"))
    question = await office.says("analis_sdm", "sebagai dokumen yang mana")
    assert any("2026" in label for label in question.labels) or "ip-asn-2026" in question.text
    assert other is not None


def second_case(work, office):
    from datetime import date

    from alur.services.cases.perform import open_
    from alur.workflow.engine.acts.open_case import OpenCase

    letter = OpenCase(
        by=office.members["tata_usaha"],
        period="2027",
        letter_number="1",
        letter_date=date(2026, 10, 30),
        file=office.stored("surat.pdf"),
    )
    return open_(work, work.procedures[0], letter)[1]


async def test_a_file_for_a_closed_step_is_refused_with_whom_to_ask(office):
    await office.walk_to(2)
    sent = await office["analis_sdm"].send_file("Konsep undangan.docx", paper("Konsep undangan.docx", b"1"))
    await office.says("analis_sdm", RECEIVED)
    await office["analis_sdm"].send_file("Data capaian.xlsx", paper("Data capaian.xlsx", b"1"))
    await office.settled()
    await office.walk_to(4)
    await office["analis_sdm"].send_file("perbaikan.docx", paper("perbaikan.docx", b"2"), reply_to=sent)
    said = await office.says("analis_sdm", "perbaikan.docx", "tidak dapat kami terima")
    assert "Dewi" in said.text
    assert office.refusals() == ["NotWanted"]


async def test_a_file_that_nobody_waits_for_is_refused_with_whom_to_ask(office):
    await office.walk_to(2)
    await office["sekretaris"].send_file("catatan.pdf", paper("catatan.pdf", b"1"))
    said = await office.says("sekretaris", "catatan.pdf", "tidak dapat kami terima")
    assert "Rina" in said.text
    assert "Perbaiki Isian" not in said.text
    await office["tata_usaha"].send_file("surat.pdf", paper("surat.pdf", b"%PDF-1.4 2"))
    said = await office.says("tata_usaha", "surat.pdf", "setelah Perbaiki Isian di /status ditekan")
    assert "berkoordinasi" not in said.text
    assert office.refusals(of_office=True) == ["NotWanted", "NotWanted"]


async def test_a_file_that_the_desk_itself_cannot_use_leads_it_to_its_own_card(office):
    await office.walk_to(11)
    await office["sekretaris"].send_file("koreksi.png", paper("koreksi.png", b"1"))
    said = await office.says("sekretaris", "koreksi.png", "tidak dapat kami terima", "tombol di kartunya")
    assert "berkoordinasi" not in said.text


async def test_an_upload_can_be_taken_back_until_it_is_submitted(office):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    for name in ("Konsep undangan.docx", "Data capaian.xlsx"):
        await rina.send_file(name, paper(name, name.encode()))
        await office.says(rina, RECEIVED, name)
    await office.tap(rina, "Batalkan Berkas")
    await office.tap(rina, "Konsep undangan.docx")
    await office.tap(rina, "Ya, Batalkan")
    await office.settled()
    assert office.case.newest("konsep_undangan") is None
    card = await office.card(rina, "Ajukan")
    assert "Konsep undangan rapat: belum ada" in card.text
    assert (await office.tap(rina, "Ajukan", card)).alert
    assert office.task.step == 2


async def test_a_photo_is_taken_as_the_letter(office):
    await office.begin()
    await office.tap_through_opening(letter="photo")
    letter = office.case.newest("surat_biro_sdm").file
    assert (letter.kind, letter.mime) == ("photo", "image/jpeg")
    await office.card("sekretaris", "Disposisikan")
    shown = next(item for item in await office["sekretaris"].messages() if item.files)
    assert shown.files[0].kind == "photo"


async def test_a_voice_note_as_the_reason_of_a_return_reaches_the_next_desk_before_its_card(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Lanjut")
    prompt = await office.asked("kabag_umum")
    await office["kabag_umum"].send_voice(b"OggS corrections", reply_to=prompt)
    await office.tap("kabag_umum", "Kirim")
    card = await office.card("analis_sdm", "Ajukan")
    voice = next(item for item in await office["analis_sdm"].messages() if item.files and item.files[0].kind == "voice")
    assert voice.id < card.id
    assert await voice.download() == b"OggS corrections"
    assert "Catatan perbaikan" in card.text


async def test_a_file_is_sent_once_and_then_by_its_file_id(office):
    await office.walk_to(6)
    first = await office.last_call()
    await office["kabag_umum"].send("/tugas")
    await office.settled()
    since = await office.last_call()
    await office.tap("kabag_umum", "Setujui")
    await office.settled()
    known = {item.files[0].file_id for item in await office["kabag_umum"].messages() if item.files}
    sent = await office.calls("send*", since=since)
    media = str([call["parameters"].get("media") or call["parameters"].get("document") for call in sent])
    assert first < since
    assert any(file_id in media for file_id in known)
    assert "attach://" not in media


async def test_a_file_whose_file_id_is_lost_is_sent_from_the_store(office):
    await office.walk_to(6)
    with office.database.write() as session:
        from alur.storage.file_store import FILES

        session.execute(FILES.update().values(file_id="BQACAgUAAxkBAAIBbWZlost"))
    await office.tap("kabag_umum", "Setujui")
    card = await office.card("sekretaris", "Setujui")
    files = [item for item in await office["sekretaris"].messages() if item.files and item.id < card.id]
    assert {item.files[0].name for item in files[-2:]} == {"konsep_nota_dinas_rapat.pdf", "data_awal.pdf"}
    assert {await item.download() for item in files[-2:]} == {
        b"%PDF-1.4 konsep_nota_dinas_rapat.pdf",
        b"%PDF-1.4 data_awal.pdf",
    }


@pytest.fixture
def options():
    return Options(token=TOKEN, start=MONDAY, download_limit=64 * MEGABYTE)


async def test_the_party_that_is_waited_for_sees_on_its_own_card_that_it_may_take_its_paper_back(office):
    await office.walk_to(8)
    await office["biro_sdm"].send_file(
        "Undangan rapat validasi.pdf", paper("Undangan rapat validasi.pdf", b"%PDF-1.4 undangan")
    )
    await office.settled()
    card = await office.card("biro_sdm", "Jadwalkan Rapat")
    await office.tap("biro_sdm", "Batalkan Berkas", card)
    await office.tap("biro_sdm", "Undangan rapat validasi.pdf")
    await office.tap("biro_sdm", "Ya, Batalkan")
    await office.settled()
    assert not has(await office.card("biro_sdm", "Jadwalkan Rapat"), "Lainnya")


async def test_a_unit_file_that_is_replaced_rings_the_unit_and_no_desk(office):
    await office.walk_to(3, 1)
    rina, name = office["analis_sdm"], "Data Direktorat Program.xlsx"
    sent = await rina.send_file(name, paper(name, b"1"))
    await office.says(rina, RECEIVED)
    await office.walk_to(4)
    desk, guest = await office.card("kabag_umum", "Rapat Selesai"), await office.card("unit_terkait", "Hadir")
    await rina.send_file(name, paper(name, b"2"), reply_to=sent)
    await office.says(rina, RECEIVED, "versi 2")
    await office.settled()
    assert (await office.card("kabag_umum", "Rapat Selesai")).id == desk.id
    assert (await office.card("unit_terkait", "Hadir")).id > guest.id
