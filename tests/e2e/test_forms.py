"""Inputs of several parts: what is asked, what is taken for an answer, and how a form ends."""

import pytest

ENDED = "tidak berlaku lagi"


@pytest.fixture
async def scheduling(office):
    """The Analis has opened the form of the meeting's date."""
    await office.walk_to(3, 1)
    await office.tap("analis_sdm", "Jadwalkan Rapat")
    await office.asked("analis_sdm")
    return office


async def test_a_prompt_is_a_force_reply_naming_case_and_step_under_the_forms_own_message(scheduling):
    office = scheduling
    prompt = await office.asked("analis_sdm")
    form = await office.card("analis_sdm", "Batal")
    assert form.id < prompt.id
    assert "ip-asn-2026" in prompt.text
    assert "langkah 4/12" in prompt.text  # the meeting's step: it is dated at the third
    assert prompt.force_reply == "mis. 15-12-2026"
    assert prompt.labels == ()
    assert "Jadwal rapat" in form.text


async def test_a_prompt_is_never_edited(scheduling):
    office = scheduling
    prompt = await office.asked("analis_sdm")
    await office.fill("analis_sdm", "Kamis, 12 November 2026")
    await office.settled()
    edited = [call["parameters"]["message_id"] for call in await office.calls("edit*")]
    assert str(prompt.id) not in map(str, edited)


async def test_a_date_may_be_written_in_words_and_the_meeting_is_set(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "Kamis, 12 November 2026", "pukul 09.30 WIB", "Ruang Rapat Lantai 4")
    form = await office.card("analis_sdm", "Kirim")
    for words in ("Kamis, 12 Nov 2026", "09.30 WIB", "Ruang Rapat Lantai 4"):
        assert words in form.text
    await office.tap("analis_sdm", "Kirim")
    meeting = office.case.meeting(4)
    assert meeting.starts.isoformat() == "2026-11-12T09:30:00+07:00"
    assert (await office.now("analis_sdm", form)).labels == () or await office.saying("analis_sdm", "telah dikirim")


async def test_a_date_that_cannot_be_read_is_asked_for_again(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "minggu depan")
    await office.says("analis_sdm", "Tanggal belum dapat kami baca", "15-12-2026")
    await office["analis_sdm"].send("12-11-2026")
    await office.says("analis_sdm", "pukul mulai rapat")


async def test_a_reply_to_another_message_is_not_taken_for_the_form(scheduling):
    office = scheduling
    card = await office.card("analis_sdm", "Ajukan")
    await office["analis_sdm"].send("12-11-2026", reply_to=card)
    await office.says("analis_sdm", "belum dapat kami proses")
    assert not await office.saying("analis_sdm", "pukul mulai rapat")


async def test_a_text_without_a_reply_is_taken_for_the_form(scheduling):
    office = scheduling
    await office["analis_sdm"].send("12-11-2026")
    await office.says("analis_sdm", "pukul mulai rapat")


async def test_commands_are_answered_and_leave_the_form_open(scheduling):
    office = scheduling
    await office["analis_sdm"].send("/status")
    await office.says("analis_sdm", "Langkah 3/12")
    await office["analis_sdm"].send("12-11-2026")
    await office.says("analis_sdm", "pukul mulai rapat")


@pytest.mark.parametrize("way", ["/batal", "Batal"])
async def test_batal_ends_the_form(scheduling, way):
    office = scheduling
    form = await office.card("analis_sdm", "Batal")
    if way == "Batal":
        answer = await office.tap("analis_sdm", "Batal", form)
        assert "Belum ada yang dicatat" in answer.text
    else:
        await office["analis_sdm"].send("/batal")
        await office.says("analis_sdm", "Isian jadwal rapat dibatalkan")
    await office.settled()
    assert (await office.now("analis_sdm", form)).labels == ()
    assert "dibatalkan" in (await office.now("analis_sdm", form)).text
    await office["analis_sdm"].send("12-11-2026")
    await office.says("analis_sdm", "belum dapat kami proses")
    assert (await office.tap("analis_sdm", "Batal", form)).alert


async def test_batal_without_a_form_says_that_there_is_none(office):
    await office.begin()
    await office["analis_sdm"].send("/batal")
    await office.says("analis_sdm", "Tidak ada isian yang sedang terbuka")


async def test_a_new_form_asks_before_it_replaces_an_open_one_and_goes_on_with_lanjut(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    old = await office.card("kabag_umum", "Lanjut")
    await office.tap("kabag_umum", "Tanya")
    question = await office.says("kabag_umum", "Masih ada isian pengembalian untuk perbaikan", "ip-asn-2026")
    assert question.labels == ("Lanjut", "Batal")
    await office.tap("kabag_umum", "Lanjut", question)
    await office.says("kabag_umum", "Pertanyaan ditujukan kepada siapa?")
    await office.settled()
    assert (await office.now("kabag_umum", old)).labels == ()


async def test_a_new_form_asks_before_it_replaces_an_open_one_and_keeps_it_with_batal(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    old = await office.card("kabag_umum", "Lanjut")
    await office.tap("kabag_umum", "Tanya")
    question = await office.says("kabag_umum", "Masih ada isian")
    await office.tap("kabag_umum", "Batal", question)
    await office.settled()
    kept = await office.says("kabag_umum", "Dokumen mana yang perlu diperbaiki?")
    assert kept.id > old.id
    await office.tap("kabag_umum", "Lanjut", kept)
    await office.fill("kabag_umum", "Tabel per unit belum sesuai.")
    await office.tap("kabag_umum", "Kirim")
    assert office.task.step == 5


async def test_a_decision_by_a_colleague_ends_the_form(office):
    colleague = await office.enrol("kabag_umum", "Budi", sapaan="Bapak")
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    form = await office.card("kabag_umum", "Lanjut")
    await office.tap(colleague, "Setujui")
    await office.says("kabag_umum", ENDED)
    answer = await office.tap("kabag_umum", "Lanjut", form)
    assert answer.alert
    assert office.task.step == 7


async def test_a_new_version_ends_a_deciding_form(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.card("kabag_umum", "Lanjut")
    await office["analis_sdm"].send_file("b.pdf", b"2", caption="Konsep nota dinas rapat")
    await office.says("kabag_umum", ENDED)


async def test_a_reason_that_is_too_short_is_asked_for_again(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Data awal capaian IP ASN")
    await office.tap("kabag_umum", "Lanjut")
    await office.fill("kabag_umum", "no")
    await office.says("kabag_umum", "sekurangnya 5 karakter", "Mohon diketik kembali")
    await office["kabag_umum"].send("Tabel per unit belum sesuai notula.")
    await office.tap("kabag_umum", "Kirim")
    card = await office.card("analis_sdm", "Ajukan")
    assert "Tabel per unit belum sesuai notula." in card.text
    assert office.case.returns[0].documents == ("data_awal",)
    assert office.task.step == 5


async def test_the_usual_disposition_takes_two_taps(office):
    await office.walk_to(1)
    await office.tap("sekretaris", "Disposisikan")
    form = await office.card("sekretaris", "Kirim")
    assert "☑ Siapkan data capaian IP ASN tahun berjalan" in form.labels
    answer = await office.tap("sekretaris", "Kirim")
    assert answer.text.startswith("Terima kasih, Bapak")
    card = await office.card("kabag_umum", "Disposisikan")
    assert "Siapkan data capaian IP ASN tahun berjalan" in card.text


async def test_ticks_are_set_and_taken_away_and_a_note_may_be_added(office):
    await office.walk_to(1)
    await office.tap("sekretaris", "Disposisikan")
    await office.tap("sekretaris", "Siapkan data capaian IP ASN tahun berjalan")
    await office.card("sekretaris", "☐ Siapkan data capaian IP ASN tahun berjalan")
    await office.tap("sekretaris", "Pantau")
    await office.card("sekretaris", "☑ Pantau")
    await office.tap("sekretaris", "Tambah Catatan")
    await office.fill("sekretaris", "Mohon sebelum akhir bulan.")
    form = await office.says("sekretaris", "Mohon sebelum akhir bulan.")
    await office.tap("sekretaris", "Kirim", form)
    closing = office.case.tasks[0].closing
    assert (closing.ticks, closing.text) == (("Pantau",), "Mohon sebelum akhir bulan.")


async def test_a_disposition_without_a_word_is_not_sent_and_the_form_stays(office):
    await office.walk_to(1)
    await office.tap("sekretaris", "Disposisikan")
    await office.tap("sekretaris", "Siapkan data capaian IP ASN tahun berjalan")
    form = await office.card("sekretaris", "☐ Siapkan data capaian IP ASN tahun berjalan")
    answer = await office.tap("sekretaris", "Kirim", form)
    assert answer.alert
    assert "sekurangnya satu isi" in answer.text
    await office.tap("sekretaris", "Tindak lanjuti")
    await office.card("sekretaris", "☑ Tindak lanjuti")
    await office.tap("sekretaris", "Kirim")
    assert office.task.index == 1


async def test_ubah_asks_everything_once_more(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "12-11-2026", "9.30", "Aula")
    await office.tap("analis_sdm", "Ubah")
    await office.fill("analis_sdm", "13 Nov", "10", "Ruang Rapat Lantai 4")
    await office.tap("analis_sdm", "Kirim")
    meeting = office.case.meeting(4)
    assert (meeting.starts.isoformat(), meeting.place) == ("2026-11-13T10:00:00+07:00", "Ruang Rapat Lantai 4")


async def test_the_four_archive_fields_are_asked_one_by_one_and_everybody_hears_that_it_is_finished(office):
    await office.walk_to(12)
    await office.tap("tata_usaha", "Sudah Diarsipkan")
    await office.fill("tata_usaha", "682.K/OT.02/DJL.1/2026", "OT.02", "17", "Lemari A-3", "Menyusul dari Nadine.")
    await office.tap("tata_usaha", "Kirim")
    fields = office.case.archive
    assert (fields.letter_number, fields.file_number, fields.location) == ("682.K/OT.02/DJL.1/2026", "17", "Lemari A-3")
    for role in ("sekretaris", "kabag_umum", "analis_sdm", "tata_usaha"):
        await office.says(role, "telah selesai", "ip-asn-2026")


async def test_a_case_is_opened_in_chat_once_for_a_period(any_office):
    office = any_office
    await office.begin()
    other = office["sekretaris"]
    await other.send("/mulai")
    await office.tap(other, "2026")
    await office.fill(other, "1", "1 Nov 2026")
    await other.send_file("lain.pdf", b"%PDF-1.4 lain", reply_to=await office.asked(other))
    late = await office.card(other, "Kirim")
    await office.tap_through_opening()
    assert office.case.letter.dated.isoformat() == "2026-10-30"
    answer = await office.tap(other, "Kirim", late)
    assert answer.alert
    assert "sudah dibuka dengan kode ip-asn-2026" in answer.text
    assert office.refusals() == ["PeriodTaken"]
    await office.card("sekretaris", "Disposisikan")


async def test_a_question_is_asked_and_answered_by_a_reply_without_deciding(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Tanya")
    await office.tap("kabag_umum", "Analis SDM Aparatur")
    await office.fill("kabag_umum", "Apakah data unit sudah lengkap?")
    await office.tap("kabag_umum", "Kirim")
    asked = await office.card("analis_sdm", "Jawab")
    assert "Apakah data unit sudah lengkap?" in asked.text
    await office["analis_sdm"].send("Sudah, per 1 November.", reply_to=asked)
    await office.says("kabag_umum", "menjawab pertanyaan", "Sudah, per 1 November.")
    late = await office.tap("analis_sdm", "Jawab", asked)
    assert late.alert
    assert "sudah dijawab" in late.text
    assert office.task.step == 6


async def test_a_participant_is_represented_by_the_name_that_he_types(office):
    await office.walk_to(4)
    await office.tap("unit_terkait", "Diwakili")
    await office.fill("unit_terkait", "Tono")
    await office.tap("unit_terkait", "Kirim")
    await office.says("kabag_umum", "Joko", "diwakili Tono")
    assert office.case.meeting(4).answers[0].representative == "Tono"
