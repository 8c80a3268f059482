"""Inputs of several parts: what is asked, what is taken for an answer, and how a form ends."""

import pytest

from alur.services.cases.perform import perform
from alur.storage import cases, forms
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
    await scheduling.says("analis_sdm", "Mohon mengetik tanggal rapat")
    return scheduling


def forms_on(messages):
    """The messages that are a form's: its question, its summary, or the line that it left."""
    return [item for item in messages if item.by_bot and ("Batal" in item.labels or "Isian" in item.text)]


async def test_a_question_is_one_message_with_its_buttons_and_names_case_and_step(scheduling):
    office = scheduling
    form = await office.asked("analis_sdm")
    await office.tap("analis_sdm", "Lain…", form)
    asking = await office.says("analis_sdm", "Mohon mengetik tanggal rapat")
    assert asking.id == form.id  # a tap changes the message where it stands
    assert "Jadwal rapat" in asking.text
    assert "ip-asn-2026" in asking.text
    assert "langkah 4/12" in asking.text  # the meeting's step: it is dated at the third
    assert (asking.force_reply, asking.labels[-1]) == (None, "Batal")
    assert forms_on(await office["analis_sdm"].messages()) == [asking]


async def test_after_a_typed_answer_the_form_stands_below_it_and_nowhere_else(scheduling):
    office, phone = scheduling, scheduling["analis_sdm"]
    for text in ("Kamis, 12 November 2026", "09.30", "Aula"):
        before = await office.asked(phone)
        typed = await phone.send(text)
        await office.settled()
        (form,) = forms_on(await phone.messages())
        assert form.id > typed.id > before.id
    assert form.labels == ("Kirim", "Ubah", "Batal")
    calls = await office.calls("sendMessage")
    assert [call for call in calls if "force_reply" in str(call["parameters"].get("reply_markup"))] == []


async def test_a_form_that_was_sent_leaves_nothing_where_the_card_tells_it(scheduling):
    office, phone = scheduling, scheduling["analis_sdm"]
    await office.fill(phone, "12-11-2026", "09.30", "Aula")
    form = await office.card(phone, "Kirim")
    await office.tap(phone, "Kirim", form)
    await office.settled()
    messages = await phone.messages()
    assert forms_on(messages) == []
    assert form.id not in [item.id for item in messages]
    assert "Kamis, 12 Nov 2026, 09.30 WIB" in (await office.card(phone, "Ajukan")).text


async def test_a_form_goes_after_what_it_led_to_was_told(scheduling):
    office, phone = scheduling, scheduling["analis_sdm"]
    await office.fill(phone, "12-11-2026", "09.30", "Aula")
    await office.tap(phone, "Kirim")
    await office.settled()
    calls = [call for call in await office.calls("*") if str(call["parameters"].get("chat_id")) == str(phone.id)]
    last = [call["method"] for call in calls][-2:]
    assert last == ["editMessageText", "deleteMessage"]


async def test_what_was_entered_stands_once_in_the_message_that_asked_for_it(office):
    await office.walk_to(8)
    phone = office["analis_sdm"]
    await office.tap(phone, "Isi Nomor Nadine")
    await office.fill(phone, "Nomor : 231.ND/KP.05/DLB/2026")
    await office.tap(phone, "Kirim")
    await office.settled()
    (told,) = await office.saying(phone, "231.ND/KP.05/DLB/2026")
    assert "Nomor Nadine: 231.ND/KP.05/DLB/2026." in told.text
    assert "Isi Nomor Nadine" not in told.labels


async def test_a_form_that_is_too_old_to_be_deleted_shrinks_to_one_line(scheduling):
    office, phone = scheduling, scheduling["analis_sdm"]
    form = await office.asked(phone)
    await office.advance(hours=50)
    await office.settled()
    await phone.send("12-11-2026")
    await office.says(phone, "waktu mulai rapat")
    await office.settled()
    older = await office.now(phone, form)
    assert (older.labels, "dilanjutkan pada pesan di bawah" in older.text) == ((), True)


@pytest.mark.parametrize("trouble", ["cut_before", "cut_after", "too_many", "server_error", "garbled"])
async def test_a_removal_that_fails_is_made_again(scheduling, trouble):
    office, phone = scheduling, scheduling["analis_sdm"]
    form = await office.asked(phone)
    await office.telegram.faults(trouble, "deleteMessage")
    await phone.send("12-11-2026")
    await office.says(phone, "waktu mulai rapat")
    await office.settled()
    (now,) = forms_on(await phone.messages())
    assert now.id > form.id
    with office.database.read() as session:
        assert forms.open_for(session, office.members["analis_sdm"]).older == ()


async def test_a_reply_to_a_copy_that_has_gone_is_taken_for_the_form(scheduling):
    office, phone = scheduling, scheduling["analis_sdm"]
    older = await office.asked(phone)
    await phone.send("12-11-2026")
    await office.says(phone, "waktu mulai rapat")
    replied = {"message_id": older.id, "date": int(older.date.timestamp()), "chat": {"id": phone.id, "type": "private"}}
    bot = {"id": 1, "is_bot": True, "first_name": "x"}
    sender = {"id": phone.id, "is_bot": False, "first_name": "x"}
    message = {**replied, "message_id": 900_001, "from": sender, "text": "09.30"}
    message["reply_to_message"] = {**replied, "from": bot, "text": "x"}
    await office.telegram.inject({"message": message})
    await office.says(phone, "tempat rapat")


async def test_a_date_may_be_written_in_words_and_the_meeting_is_set(scheduling):
    office = scheduling
    await office.fill("analis_sdm", "Kamis, 12 November 2026", "pukul 09.30 WIB", "Ruang Rapat Lantai 4")
    form = await office.card("analis_sdm", "Kirim")
    for words in ("Kamis, 12 Nov 2026", "09.30 WIB", "Ruang Rapat Lantai 4"):
        assert words in form.text
    await office.tap("analis_sdm", "Kirim")
    meeting = office.case.meeting(4)
    assert meeting.starts.isoformat() == "2026-11-12T09:30:00+07:00"


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
        await office.says("analis_sdm", "Isian jadwal rapat ditutup, tidak ada yang dicatat")
    await office.settled()
    assert form.id not in [item.id for item in await office["analis_sdm"].messages()]
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
    said = await office.says("tata_usaha", "Belum ada", "Mohon mengetik alasan")
    assert "Nota dinas laporan capaian IP ASN: nomor Nadine dan dokumen bertanda tangan" in said.text
    for document in ("nota_dinas_rapat", "nota_dinas_laporan"):
        for act in (
            acts.RecordNadine(by=office.members["analis_sdm"], document=document, number="7/ND/2026"),
            acts.Upload(
                by=office.members["analis_sdm"], document=document, file=office.stored(f"{document}.pdf"), signed=True
            ),
        ):
            assert office.transact(perform, office.record.id, act).refusal is None
    await office.tap("tata_usaha", "7/ND/2026")
    await office.fill("tata_usaha", "KP.05", "12", "Lemari 3")
    form = await office.says("tata_usaha", "Bila sudah sesuai", "Nomor berkas: 12")
    assert "Alasan" not in form.text
    await office.tap("tata_usaha", "Kirim", form)
    assert office.case.archive.reason_missing is None


async def test_a_new_form_asks_before_it_replaces_an_open_one_and_takes_its_place(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    old = await office.card("kabag_umum", "Lanjut")
    await office.tap("kabag_umum", "Tanya")
    question = await office.says("kabag_umum", "Isian pengembalian untuk perbaikan", "ip-asn-2026", "belum dikirim")
    assert question.labels == ("Teruskan Isian Lama", "Buka Isian Baru")
    await office.tap("kabag_umum", "Buka Isian Baru", question)
    await office.says("kabag_umum", "Pertanyaan ditujukan kepada siapa?")
    await office.settled()
    assert old.id not in [item.id for item in await office["kabag_umum"].messages()]
    answered = await office.now("kabag_umum", question)
    assert (answered.labels, "ditutup, tidak ada yang dicatat" in answered.text) == ((), True)


async def test_a_new_form_asks_before_it_replaces_an_open_one_and_keeps_it(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    old = await office.card("kabag_umum", "Lanjut")
    await office.tap("kabag_umum", "Tanya")
    question = await office.says("kabag_umum", "belum dikirim")
    await office.tap("kabag_umum", "Teruskan Isian Lama", question)
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
    await office.says("kabag_umum", "paling sedikit 5 karakter; yang dikirim 2")
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


async def test_a_date_and_an_hour_are_tapped_in_one_message(scheduling):
    office = scheduling
    form = await office.card("analis_sdm", "Lain…")
    assert form.labels[:10] == tuple(DAYS)
    await office.tap("analis_sdm", "Kam 12 Nov", form)
    hours = await office.card("analis_sdm", "08.00")
    assert (hours.id, hours.labels[:7]) == (form.id, tuple(f"{hour:02}.00" for hour in range(8, 16) if hour != 12))
    assert forms_on(await office["analis_sdm"].messages()) == [hours]
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
    asking = await office.asked("analis_sdm")
    await office.fill("analis_sdm", "1 Februari 2028")
    hours = await office.card("analis_sdm", "08.00")
    assert "Selasa, 1 Feb 2028" in hours.text
    assert hours.id > asking.id


async def test_lain_that_is_tapped_twice_asks_once(scheduling):
    office = scheduling
    form = await office.card("analis_sdm", "Lain…")
    for _ in "12":
        assert not (await office.tap("analis_sdm", "Lain…", form)).alert
    asking = await office.asked("analis_sdm")
    assert "Mohon mengetik tanggal rapat" in asking.text
    assert forms_on(await office["analis_sdm"].messages()) == [asking]


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
    await office.fill(clerk, "Dokumen bertanda tangan menyusul.")
    await office.tap(clerk, NUMBER)
    await office.tap(clerk, "KP.05", await office.says(clerk, "kode klasifikasi berikut"))
    await office.fill(clerk, "17", "Rak 3, Boks 12")
    await office.tap(clerk, "Kirim")
    kept = office.case.archive
    assert (kept.letter_number, kept.classification, kept.file_number) == (NUMBER, "KP.05", "17")
    assert (kept.location, kept.security, kept.retention) == ("Rak 3, Boks 12", "Terbatas", "")


async def test_what_is_offered_or_filled_in_for_the_archive_can_be_changed(office):
    await office.walk_to(12)
    clerk = office["tata_usaha"]
    await office.tap(clerk, "Sudah Diarsipkan")
    await office.fill(clerk, "Menyusul dari Nadine.", "682.K/OT.02/DJL.1/2026", "OT.02", "17", "Lemari A-3")
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
    await office.fill(clerk, "Menyusul.", "9.ND/2026")
    await office.tap(clerk, "OT.02", await office.says(clerk, "kode klasifikasi berikut"))
    await office.fill(clerk, "18")  # a file has its own number: none is offered
    await office.tap(clerk, "Lemari A-3")
    await office.tap(clerk, "Kirim")
    with office.database.read() as session:
        kept = cases.by_code(session, "ip-asn-2026").case.archive
    assert (kept.classification, kept.file_number, kept.location) == ("OT.02", "18", "Lemari A-3")


async def test_the_four_archive_fields_are_asked_one_by_one_and_everybody_hears_that_it_is_finished(office):
    await office.walk_to(12)
    await office.tap("tata_usaha", "Sudah Diarsipkan")
    await office.fill("tata_usaha", "Menyusul dari Nadine.", "682.K/OT.02/DJL.1/2026", "OT.02", "17", "Lemari A-3")
    await office.tap("tata_usaha", "Kirim")
    fields = office.case.archive
    assert (fields.letter_number, fields.file_number, fields.location) == ("682.K/OT.02/DJL.1/2026", "17", "Lemari A-3")
    for role in ("sekretaris", "kabag_umum", "analis_sdm", "tata_usaha"):
        await office.says(role, "telah selesai", "ip-asn-2026")


async def test_what_is_filed_brings_its_nadine_number_and_the_request_for_it_says_so(office):
    await office.walk_to(12)
    clerk, request = office["tata_usaha"], await office.card("analis_sdm", "Isi Nomor Nadine")
    assert "Nota dinas laporan capaian IP ASN" in request.text
    await office.tap(clerk, "Sudah Diarsipkan")
    await office.fill(clerk, "Dokumen bertanda tangan menyusul.", NUMBER, "KP.05", "17", "Lemari A-3")
    form = await office.card(clerk, "Kirim")
    assert "dicatat pula sebagai nomor Nadine nota dinas laporan capaian IP ASN" in form.text
    await office.tap(clerk, "Kirim", form)
    await office.settled()
    assert office.case.nadine_number("nota_dinas_laporan") == NUMBER
    now = await office.now("analis_sdm", request)
    assert now.labels == ("Perbaiki Isian",)
    assert f"Nomor Nadine: {NUMBER}" in now.text.replace("\u2060", "")
    await office["tata_usaha"].send("/riwayat")
    assert await office.says("tata_usaha", "mencatat Nomor Nadine nota dinas laporan capaian IP ASN")


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
    await office.says("kabag_umum", "akan diwakili 1")
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
    assert "kartu terbaru tersedia di bawah" in (await office.now(rina, older)).text


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


async def test_a_number_that_somebody_else_entered_meanwhile_is_not_overwritten_unseen(office):
    await office.walk_to(9)
    rina = office["analis_sdm"]
    await office.tap(rina, "Isi Nomor Nadine")
    await office.fill(rina, "999/XX/2026")
    form = await office.says(rina, "Nomor Nadine: 999/XX/2026")
    entered = acts.RecordNadine(by=office.members["tata_usaha"], document="nota_dinas_rapat", number=NUMBER)
    assert office.transact(perform, office.record.id, entered).refusal is None
    answer = await office.tap(rina, "Kirim", form)
    assert answer.alert
    assert office.case.nadine_number("nota_dinas_rapat") == NUMBER
    assert await office.saying(rina, ENDED)
