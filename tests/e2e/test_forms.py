"""Inputs of several parts: what is asked, what is taken for an answer, and how a form ends."""

import pytest

from alur.services.cases.perform import perform
from alur.storage import cases
from alur.workflow.case import ArchiveFields
from tests import acts
from tests.papers import paper

ENDED = "tidak berlaku lagi"
NUMBER = "231.ND/KP.05/DLB/2026"
DAYS = [
    *("Sen 2 Nov", "Sel 3 Nov", "Rab 4 Nov", "Kam 5 Nov", "Jum 6 Nov"),
    *("Sen 9 Nov", "Sel 10 Nov", "Rab 11 Nov", "Kam 12 Nov", "Jum 13 Nov"),
]


@pytest.fixture
async def scheduling(office):
    """The Analis has opened the form of the meeting's date."""
    await office.walk_to(3, 1)
    await office.tap("analis_sdm", "Jadwalkan Rapat")
    await office.card("analis_sdm", "Lain…")
    return office


@pytest.fixture
async def writing(scheduling):
    """*Lain…* was tapped: the date is to be typed."""
    await scheduling.tap("analis_sdm", "Lain…")
    await scheduling.asked("analis_sdm")
    return scheduling


async def test_a_prompt_is_a_force_reply_naming_case_and_step_under_the_forms_own_message(writing):
    office = writing
    prompt = await office.asked("analis_sdm")
    form = await office.card("analis_sdm", "Batal")
    assert form.id < prompt.id
    assert "ip-asn-2026" in prompt.text
    assert "langkah 4/12" in prompt.text  # the meeting's step: it is dated at the third
    assert prompt.force_reply == "misalnya 15-12-2026"
    assert prompt.labels == ()
    assert "Jadwal rapat" in form.text


async def test_a_prompt_is_never_edited(writing):
    office = writing
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
    assert (await office.now("analis_sdm", form)).labels == () or await office.saying(
        "analis_sdm", "Jadwal rapat", "tercatat"
    )


async def test_a_date_that_cannot_be_read_is_asked_for_again(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "minggu depan")
    await office.says("analis_sdm", "Tanggal belum dapat kami baca", "15-12-2026")
    await office["analis_sdm"].send("12-11-2026")
    await office.says("analis_sdm", "waktu mulai rapat")


async def test_a_reply_to_another_message_is_not_taken_for_the_form(scheduling):
    office = scheduling
    card = await office.card("analis_sdm", "Ajukan")
    await office["analis_sdm"].send("12-11-2026", reply_to=card)
    await office.says("analis_sdm", "belum dapat kami proses")
    assert not await office.saying("analis_sdm", "waktu mulai rapat")


async def test_a_text_without_a_reply_is_taken_for_the_form(scheduling):
    office = scheduling
    await office["analis_sdm"].send("12-11-2026")
    await office.says("analis_sdm", "waktu mulai rapat")


async def test_commands_are_answered_and_leave_the_form_open(scheduling):
    office = scheduling
    await office["analis_sdm"].send("/status")
    await office.says("analis_sdm", "Langkah 3/12")
    await office["analis_sdm"].send("12-11-2026")
    await office.says("analis_sdm", "waktu mulai rapat")


@pytest.mark.parametrize("way", ["/batal", "Batal"])
async def test_batal_ends_the_form(scheduling, way):
    office = scheduling
    form = await office.card("analis_sdm", "Batal")
    if way == "Batal":
        answer = await office.tap("analis_sdm", "Batal", form)
        assert answer.text == "Isian ditutup, tidak ada yang dicatat."
    else:
        await office["analis_sdm"].send("/batal")
        await office.says("analis_sdm", "Isian jadwal rapat dibatalkan")
    await office.settled()
    assert (await office.now("analis_sdm", form)).labels == ()
    assert "ditutup, tidak ada yang dicatat" in (await office.now("analis_sdm", form)).text
    await office["analis_sdm"].send("12-11-2026")
    await office.says("analis_sdm", "belum dapat kami proses")
    assert (await office.tap("analis_sdm", "Batal", form)).alert


async def test_batal_without_a_form_says_that_there_is_none(office):
    await office.begin()
    await office["analis_sdm"].send("/batal")
    await office.says("analis_sdm", "Tidak ada isian yang sedang terbuka")


async def test_an_option_may_be_typed_as_well_as_tapped(office):
    await office.begin()
    await office["tata_usaha"].send("/mulai")
    await office.says("tata_usaha", "Mohon memilih tahun periodenya")
    await office["tata_usaha"].send("2026")
    await office.says("tata_usaha", "Mohon mengetik nomor surat")
    assert await office.saying("tata_usaha", "belum dapat kami proses") == []


async def test_the_archive_form_asks_no_reason_once_everything_is_there(office):
    await office.walk_to(12)
    await office.tap("tata_usaha", "Sudah Diarsipkan")
    await office.fill("tata_usaha", "231.ND/KP.05/DLB/2026", "KP.05", "12", "Lemari 3")
    await office.says("tata_usaha", "Mohon mengetik alasan")
    for document in ("nota_dinas_rapat", "nota_dinas_laporan"):
        for act in (
            acts.RecordNadine(by=office.members["analis_sdm"], document=document, number="7/ND/2026"),
            acts.Upload(
                by=office.members["analis_sdm"], document=document, file=office.stored(f"{document}.pdf"), signed=True
            ),
        ):
            assert office.transact(perform, office.record.id, act).refusal is None
    form = await office.says("tata_usaha", "Bila sudah sesuai", "Nomor berkas: 12")
    assert "Alasan" not in form.text
    await office.tap("tata_usaha", "Kirim", form)
    assert office.case.archive.reason_missing is None


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
    answered = await office.now("kabag_umum", question)
    assert (answered.labels, "ditutup tanpa dicatat" in answered.text) == ((), True)


async def test_a_new_form_asks_before_it_replaces_an_open_one_and_keeps_it_with_batal(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    old = await office.card("kabag_umum", "Lanjut")
    await office.tap("kabag_umum", "Tanya")
    question = await office.says("kabag_umum", "Masih ada isian")
    await office.tap("kabag_umum", "Batal", question)
    await office.settled()
    answered = await office.now("kabag_umum", question)
    assert (answered.labels, "dilanjutkan pada pesan di bawah" in answered.text) == ((), True)
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
    await office["analis_sdm"].send_file("b.pdf", paper("b.pdf", b"2"), caption="Konsep nota dinas rapat")
    await office.says("kabag_umum", ENDED)


async def test_a_reason_that_is_too_short_is_asked_for_again(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Data awal capaian IP ASN")
    await office.tap("kabag_umum", "Lanjut")
    await office.fill("kabag_umum", "no")
    await office.says("kabag_umum", "paling sedikit 5 karakter", "Mohon mengetiknya kembali")
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
    assert "Paling sedikit satu isi" in answer.text
    await office.tap("sekretaris", "Tindak lanjuti")
    await office.card("sekretaris", "☑ Tindak lanjuti")
    await office.tap("sekretaris", "Kirim")
    assert office.task.index == 1


async def test_ubah_asks_which_part_and_only_for_that(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "12-11-2026", "9.30", "Aula")
    await office.tap("analis_sdm", "Ubah")
    await office.tap("analis_sdm", "Tempat: Aula")
    await office.fill("analis_sdm", "Ruang Rapat Lantai 4")
    await office.tap("analis_sdm", "Ubah", await office.says("analis_sdm", "Tempat: Ruang Rapat Lantai 4"))
    await office.tap("analis_sdm", "Tanggal: Kamis, 12 Nov 2026")
    await office.tap("analis_sdm", "Jum 13 Nov")
    await office.tap("analis_sdm", "Kirim", await office.says("analis_sdm", "Tanggal: Jumat, 13 Nov 2026"))
    meeting = office.case.meeting(4)
    assert (meeting.starts.isoformat(), meeting.place) == ("2026-11-13T09:30:00+07:00", "Ruang Rapat Lantai 4")


async def test_a_part_may_be_kept_after_ubah(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "12-11-2026", "9.30", "Aula")
    await office.tap("analis_sdm", "Ubah")
    await office.tap("analis_sdm", "Tempat: Aula")
    keep = await office["analis_sdm"].wait_for(lambda message: "Aula" in message.labels)
    await office.tap("analis_sdm", "Aula", keep)
    await office.tap("analis_sdm", "Kirim", await office.card("analis_sdm", "Ubah"))
    assert office.case.meeting(4).place == "Aula"


# --- What a thumb is quicker with


async def test_a_date_and_an_hour_are_tapped_and_no_prompt_comes(scheduling):
    office = scheduling
    form = await office.card("analis_sdm", "Lain…")
    assert form.labels[:10] == tuple(DAYS)
    await office.tap("analis_sdm", "Kam 12 Nov", form)
    hours = await office.card("analis_sdm", "08.00")
    assert (hours.id, hours.labels[:7]) == (form.id, tuple(f"{hour:02}.00" for hour in range(8, 16) if hour != 12))
    assert not [message for message in await office["analis_sdm"].messages() if message.force_reply]
    await office.tap("analis_sdm", "09.00")
    await office.fill("analis_sdm", "Aula")  # nobody has met before: there is no place to tap
    await office.tap("analis_sdm", "Kirim")
    assert office.case.meeting(4).starts.isoformat() == "2026-11-12T09:00:00+07:00"


async def test_the_place_of_an_earlier_meeting_is_tapped(office):
    await office.walk_to(8)
    await office.tap("kabag_umum", "Jadwalkan Rapat")
    await office.tap("kabag_umum", "Sel 3 Nov")
    await office.tap("kabag_umum", "15.00")
    await office.tap("kabag_umum", "Ruang Rapat Lantai 4")
    await office.tap("kabag_umum", "Kirim")
    assert office.case.meeting(8).place == "Ruang Rapat Lantai 4"


async def test_an_outside_party_is_not_shown_where_the_office_meets(office):
    await office.walk_to(8)
    await office.tap("biro_sdm", "Jadwalkan Rapat")
    await office.tap("biro_sdm", "Sel 3 Nov")
    await office.tap("biro_sdm", "10.00")
    await office.asked("biro_sdm")
    await office.settled()
    assert (await office.card("biro_sdm", "Batal")).labels == ("Batal",)


async def test_lain_leads_to_typing_any_date_and_then_to_hours_again(writing):
    office = writing
    prompt = await office.asked("analis_sdm")
    await office.fill("analis_sdm", "1 Februari 2028")
    hours = await office.card("analis_sdm", "08.00")
    assert "Selasa, 1 Feb 2028" in hours.text
    assert hours.id > prompt.id


async def test_lain_that_is_tapped_twice_asks_once(scheduling):
    office = scheduling
    form = await office.card("analis_sdm", "Lain…")
    for _ in "12":
        assert not (await office.tap("analis_sdm", "Lain…", form)).alert
    await office.asked("analis_sdm")
    await office.settled()
    prompts = [message for message in await office["analis_sdm"].messages() if message.force_reply]
    assert len(prompts) == 1


async def test_a_date_may_still_be_tapped_after_lain(writing):
    office = writing
    await office.tap("analis_sdm", "Kam 12 Nov")
    assert "Kamis, 12 Nov 2026" in (await office.card("analis_sdm", "08.00")).text


async def test_an_option_of_a_question_that_has_passed_is_refused_with_the_reason(scheduling):
    office = scheduling
    form = await office.card("analis_sdm", "Lain…")
    await office.tap("analis_sdm", "Kam 12 Nov", form)
    twice = await office.tap("analis_sdm", "Kam 12 Nov", form)
    assert not twice.alert
    late = await office.tap("analis_sdm", "Jum 13 Nov", form)
    assert late.alert
    assert "sudah berlanjut" in late.text
    assert "Kamis, 12 Nov 2026" in (await office.card("analis_sdm", "08.00")).text


@pytest.mark.parametrize("argument", ["date.10", "date.99999", "date.-1", "date.", "place.0", "nothing.0", "date", ""])
async def test_an_option_that_no_button_offers_is_refused(scheduling, argument):
    office = scheduling
    form = await office.card("analis_sdm", "Lain…")
    for act in ("pick", "tick", "correct"):
        forged = await office["analis_sdm"].press_forged(form.id, f"{act}:f1:0:{argument}")
        assert forged.answered
        assert forged.alert
        assert "Mohon maaf" in forged.text
    await office.settled()
    assert (await office.now("analis_sdm", form)).labels == form.labels


async def test_a_letters_date_is_tapped(office):
    await office.begin()
    clerk = office["tata_usaha"]
    await clerk.send("/mulai")
    await office.tap(clerk, "2026")
    await office.fill(clerk, "B-1234/KP.05/SJP/2026")
    form = await office.card(clerk, "Lain…")
    assert form.labels == ("Sen 2 Nov", "Jum 30 Okt", "Kam 29 Okt", "Rab 28 Okt", "Sel 27 Okt", "Lain…", "Batal")
    await office.tap(clerk, "Jum 30 Okt")
    await clerk.send_file("surat.pdf", paper("surat.pdf", b"%PDF-1.4 surat"), reply_to=await office.asked(clerk))
    await office.tap(clerk, "Kirim")
    await office.settled()
    assert office.case.letter.dated.isoformat() == "2026-10-30"


# --- The archive


def archived_before(work):
    """Last year's case, as far as it matters here: filed."""
    (record,) = cases.all_(work.session)
    filed = ArchiveFields(
        letter_number="8.ND/2025",
        classification="OT.02",
        file_number="17",
        location="Lemari A-3",
        description="Nota dinas 2025",
        span="2025",
        quantity="7 dokumen",
    )
    of_last_year = {"code": "ip-asn-2025", "period": "2025", "archive": filed, "finished_at": record.case.opened_at}
    of_nothing = dict.fromkeys(("tasks", "rounds", "versions", "meetings"), ())
    cases.create(work.session, record.case.model_copy(update=of_last_year | of_nothing))


async def test_a_known_number_and_its_classification_are_tapped_for_the_archive(office):
    await office.walk_to(12)
    clerk = office["tata_usaha"]
    number = acts.RecordNadine(by=office.members["tata_usaha"], document="nota_dinas_laporan", number=NUMBER)
    assert office.transact(perform, office.record.id, number).refusal is None
    await office.tap(clerk, "Sudah Diarsipkan")
    await office.tap(clerk, NUMBER)
    await office.tap(clerk, "KP.05", await office.says(clerk, "kode klasifikasi berikut"))
    await office.fill(clerk, "17", "Rak 3, Boks 12", "Dokumen bertanda tangan menyusul.")
    await office.tap(clerk, "Kirim")
    kept = office.case.archive
    assert (kept.letter_number, kept.classification, kept.file_number) == (NUMBER, "KP.05", "17")
    assert (kept.location, kept.security, kept.retention) == ("Rak 3, Boks 12", "Terbatas", "")


async def test_what_is_offered_or_filled_in_for_the_archive_can_be_changed(office):
    await office.walk_to(12)
    clerk = office["tata_usaha"]
    await office.tap(clerk, "Sudah Diarsipkan")
    await office.fill(clerk, "682.K/OT.02/DJL.1/2026", "OT.02", "17", "Lemari A-3", "Menyusul dari Nadine.")
    await office.tap(clerk, "Ubah")
    await office.tap(clerk, "Klasifikasi keamanan: Terbatas")
    await office.tap(clerk, "Rahasia")
    await office.tap(clerk, "Ubah", await office.says(clerk, "Klasifikasi keamanan: Rahasia"))
    await office.tap(clerk, "Retensi")
    await office.fill(clerk, "5 tahun")
    await office.tap(clerk, "Kirim", await office.says(clerk, "Retensi: 5 tahun"))
    kept = office.case.archive
    assert (kept.security, kept.retention, kept.location) == ("Rahasia", "5 tahun", "Lemari A-3")


async def test_where_the_last_case_was_filed_is_tapped_for_the_next(office):
    await office.walk_to(12)
    clerk = office["tata_usaha"]
    office.transact(archived_before)
    await office.tap(clerk, "Sudah Diarsipkan")
    await office.fill(clerk, "9.ND/2026")
    await office.tap(clerk, "OT.02", await office.says(clerk, "kode klasifikasi berikut"))
    await office.fill(clerk, "18")  # a file has its own number: none is offered
    await office.tap(clerk, "Lemari A-3")
    await office.fill(clerk, "Menyusul.")
    await office.tap(clerk, "Kirim")
    with office.database.read() as session:
        kept = cases.by_code(session, "ip-asn-2026").case.archive
    assert (kept.classification, kept.file_number, kept.location) == ("OT.02", "18", "Lemari A-3")


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
    await other.send_file("lain.pdf", paper("lain.pdf", b"%PDF-1.4 lain"), reply_to=await office.asked(other))
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


async def test_a_card_that_only_its_meetings_date_was_missing_comes_to_the_bottom(office):
    await office.walk_to(3, 1)
    rina = office["analis_sdm"]
    await rina.send_file("Undangan rapat.pdf", paper("Undangan rapat.pdf", b"1"))
    await office.settled()
    older = await office.card(rina, "Ajukan")
    await office.tap(rina, "Jadwalkan Rapat")
    await office.fill(rina, "12-11-2026", "09.30", "Ruang Rapat Lantai 4")
    form = await office.card(rina, "Kirim")
    await office.tap(rina, "Kirim", form)
    await office.settled()
    newest = await office.card(rina, "Ajukan")
    assert newest.id > form.id > older.id
    assert "kartu terbaru ada di bawah" in (await office.now(rina, older)).text


async def test_a_meeting_on_a_sunday_is_hinted_at_before_kirim_and_is_set_all_the_same(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "Minggu, 15 November 2026")
    assert "jatuh pada hari Minggu" in (await office.card("analis_sdm", "08.00")).text
    await office.tap("analis_sdm", "10.00")
    await office.fill("analis_sdm", "Aula")
    assert "jatuh pada hari Minggu" in (await office.card("analis_sdm", "Kirim")).text
    await office.tap("analis_sdm", "Kirim")
    await office.settled()
    assert office.case.meeting(4).starts.isoformat() == "2026-11-15T10:00:00+07:00"


async def test_the_outside_partys_date_on_cuti_bersama_is_hinted_at_too(office):
    await office.walk_to(8)
    await office.tap("biro_sdm", "Jadwalkan Rapat")
    await office.fill("biro_sdm", "24-12-2026", "9.30", "Aula")
    assert "jatuh pada cuti bersama (Cuti Bersama Hari Raya Natal)" in (await office.card("biro_sdm", "Kirim")).text
