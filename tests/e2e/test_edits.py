"""A change inside a sent message: taken while what the message was taken as is still its sender's to change; afterwards he is
told once that it does not count.
"""

import asyncio
from datetime import timedelta

from bot.telegram import downloads
from tests.e2e.desk import MONDAY, has
from tests.e2e.test_serving import hooked, serve, taken
from tests.papers import paper, photo

UNCOUNTED = "Perubahan di dalam pesan yang sudah dikirim tidak kami catat"
RECEIVED = "Berkas diterima"
DRAFT = "konsep_undangan"


async def send_draft(office, name="Konsep undangan.docx", **options):
    sent = await office["analis_sdm"].send_file(name, paper(name, b"1"), **options)
    await office.says("analis_sdm", RECEIVED, "versi 1")
    return sent


async def submit(office):
    """Brings what is missing at step 2, and hands it on."""
    await office["analis_sdm"].send_file("Data capaian.xlsx", paper("Data capaian.xlsx", b"1"))
    await office.settled()
    await office.tap("analis_sdm", "Ajukan")
    await office.settled()
    assert office.task.step == 3


async def opening(office):
    """/mulai, up to the question for the letter: the messages with its number and its date."""
    phone = office["tata_usaha"]
    await office.begin()
    await phone.send("/mulai")
    await office.tap(phone, "2026")
    typed = []
    for text in ("B-1/KP.05/SJP/2026", "30 Oktober 2026"):
        await office.fill(phone, text)
        await office.settled()
        typed.append([item for item in await phone.messages() if not item.by_bot][-1])
    return typed


async def returning(office):
    """Step 6 asks the Kabag for what is to be corrected."""
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Lanjut")
    return await office.asked("kabag_umum")


async def uncounted(office, role):
    return len(await office.saying(role, UNCOUNTED))


# Files


async def test_a_file_replaced_before_it_is_submitted_is_the_next_version_at_the_moment_of_the_change(any_office):
    office = any_office
    await office.walk_to(2)
    sent = await send_draft(office)
    await office.advance(minutes=5)
    changed = await office["analis_sdm"].replace_file(sent, "Rapi.docx", paper("Rapi.docx", b"2"))
    await office.says("analis_sdm", RECEIVED, "Konsep undangan rapat", "versi 2", "Rapi.docx")
    newest = office.case.newest(DRAFT)
    assert (newest.number, newest.file.name) == (2, "Rapi.docx")
    assert newest.at == changed.edited >= MONDAY + timedelta(minutes=5)
    assert await uncounted(office, "analis_sdm") == 0


async def test_a_file_replaced_after_it_was_submitted_does_not_count_and_its_sender_is_told_once(any_office):
    office = any_office
    await office.walk_to(2)
    sent = await send_draft(office)
    await submit(office)
    before = office.case
    for mark in (b"2", b"3"):
        await office["analis_sdm"].replace_file(sent, "Lain.docx", paper("Lain.docx", mark))
    (told,) = await office.saying("analis_sdm", UNCOUNTED)
    assert "berkas yang benar sebagai balasan atas pesan ini" in told.text
    assert office.case == before
    assert office.refusals(of_office=True) == ["MessageChanged"]


async def test_another_word_under_a_file_does_not_use_up_what_is_said_of_another_file(office):
    await office.walk_to(2)
    sent = await send_draft(office)
    await submit(office)
    for caption in ("sudah", "sudah rapi"):
        await office["analis_sdm"].edit(sent, caption=caption)
    assert await uncounted(office, "analis_sdm") == 1
    for mark in (b"2", b"3"):
        await office["analis_sdm"].replace_file(sent, "Lain.docx", paper("Lain.docx", mark))
    assert await uncounted(office, "analis_sdm") == 2


async def test_a_file_that_is_replaced_by_one_with_another_documents_name_moves_there(office):
    await office.walk_to(2)
    sent = await send_draft(office)
    await office["analis_sdm"].replace_file(sent, "Data capaian.xlsx", paper("Data capaian.xlsx"))
    await office.says("analis_sdm", RECEIVED, "Data capaian IP ASN", "versi 1")
    assert (office.case.newest(DRAFT), office.case.newest("data_capaian").number) == (None, 1)


async def test_what_only_looks_like_a_change_has_no_effect_and_no_answer(office):
    await office.walk_to(2)
    sent = await send_draft(office, caption="Konsep undangan rapat, mohon diperiksa")
    await office["analis_sdm"].edit(sent, caption="Konsep undangan rapat, mohon diperiksa")
    await submit(office)
    await office["analis_sdm"].edit(sent, caption="Konsep undangan rapat, mohon diperiksa")
    assert await uncounted(office, "analis_sdm") == 0
    assert len(await office.saying("analis_sdm", RECEIVED)) == 2


async def test_other_words_under_a_version_that_name_another_document_move_it_there(any_office):
    office = any_office
    await office.walk_to(2)
    sent = await send_draft(office)
    await office["analis_sdm"].edit(sent, caption="Sudah rapi")
    await office["analis_sdm"].edit(sent, caption="Konsep undangan rapat, sudah rapi")
    assert len(await office.saying("analis_sdm", RECEIVED)) == 1
    await office["analis_sdm"].edit(sent, caption="Data capaian IP ASN")
    said = await office.says("analis_sdm", RECEIVED, "Data capaian IP ASN", "versi 1")
    assert "tidak digunakan lagi sebagai konsep undangan rapat" in said.text
    assert (office.case.newest(DRAFT), office.case.newest("data_capaian").number) == (None, 1)
    assert await uncounted(office, "analis_sdm") == 0


async def test_words_under_a_version_that_are_changed_too_late_do_not_count(office):
    await office.walk_to(2)
    sent = await send_draft(office)
    await submit(office)
    before = office.case
    for caption in ("Data capaian IP ASN", "Halaman 3 mohon diabaikan"):
        await office["analis_sdm"].edit(sent, caption=caption)
    assert await uncounted(office, "analis_sdm") == 1
    assert office.case == before


async def test_a_replaced_file_that_cannot_be_taken_is_refused_and_the_version_stands(office):
    await office.walk_to(2)
    sent = await send_draft(office)
    await office["analis_sdm"].replace_file(sent, "kosong.docx", b"")
    await office.says("analis_sdm", "kosong.docx", "Berkasnya kosong")
    assert office.case.newest(DRAFT).number == 1
    await office["analis_sdm"].replace_file(sent, "Isi.docx", paper("Isi.docx", b"2"))
    await office.says("analis_sdm", RECEIVED, "versi 2")


async def test_a_refused_file_that_is_replaced_is_taken_as_a_new_one(any_office):
    office = any_office
    await office.walk_to(2)
    sent = await office["analis_sdm"].send_file("Konsep undangan.docx", b"")
    await office.says("analis_sdm", "Berkasnya kosong")
    await office["analis_sdm"].replace_file(sent, "Konsep undangan.docx", paper("a.docx", b"1"))
    await office.says("analis_sdm", RECEIVED, "Konsep undangan rapat", "versi 1")
    assert office.case.newest(DRAFT).number == 1


async def test_of_a_replaced_file_it_is_asked_anew_and_the_older_question_is_over(any_office):
    office = any_office
    await office.walk_to(2)
    rina = office["analis_sdm"]
    sent = await rina.send_file("scan1.docx", paper("scan1.docx", b"1"))
    first = await office.says(rina, "scan1.docx", "sebagai dokumen yang mana")
    await office.settled()
    await rina.replace_file(sent, "scan2.docx", paper("scan2.docx", b"2"))
    second = await office.says(rina, "scan2.docx", "sebagai dokumen yang mana")
    await office.settled()
    over = await office.now(rina, first)
    assert ("sudah dipilih" in over.text, over.labels) == (True, ())
    assert (await office.tap(rina, "Konsep undangan rapat", first)).alert
    await office.tap(rina, "Konsep undangan rapat", second)
    await office.says(rina, RECEIVED, "versi 1")
    assert office.case.newest(DRAFT).file.name == "scan2.docx"


async def test_the_words_under_a_file_that_is_asked_about_may_name_it_later(office):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    sent = await rina.send_file("scan.docx", paper("scan.docx", b"1"))
    await office.says(rina, "sebagai dokumen yang mana")
    await rina.edit(sent, caption="Konsep undangan rapat")
    await office.says(rina, RECEIVED, "Konsep undangan rapat", "versi 1")
    assert office.case.newest(DRAFT).file.name == "scan.docx"


async def test_a_file_whose_document_was_chosen_is_replaced_as_that_document(office):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    sent = await rina.send_file("scan.docx", paper("scan.docx", b"1"))
    await office.tap(rina, "Konsep undangan rapat")
    await office.says(rina, RECEIVED, "versi 1")
    await rina.replace_file(sent, "scan2.docx", paper("scan2.docx", b"2"))
    await office.says(rina, RECEIVED, "Konsep undangan rapat", "versi 2")


# Answers to a form


async def test_a_text_changed_before_the_form_is_sent_is_its_answer(any_office):
    office = any_office
    number, day = await opening(office)
    phone = office["tata_usaha"]
    await phone.edit(number, text="B-77/KP.05/SJP/2026")
    await phone.edit(day, text="29 Oktober 2026")
    await office.settled()
    asking = await office.asked(phone)
    await phone.send_file("surat.pdf", paper("surat.pdf", b"1"), reply_to=asking)
    form = await office.card(phone, "Kirim")
    assert "B-77/KP.05/SJP/2026" in form.text
    assert "29 Okt" in form.text
    await phone.edit(number, text="B-78/KP.05/SJP/2026")
    await office.settled()
    assert "B-78/KP.05/SJP/2026" in (await office.now(phone, form)).text
    await office.tap(phone, "Kirim")
    await office.settled()
    assert (office.case.letter.number, office.case.letter.dated.day) == ("B-78/KP.05/SJP/2026", 29)
    assert await uncounted(office, "tata_usaha") == 0


async def test_a_letter_replaced_before_the_form_is_sent_is_its_letter_and_afterwards_it_is_not(any_office):
    office = any_office
    await opening(office)
    phone = office["tata_usaha"]
    sent = await phone.send_file("surat.pdf", paper("surat.pdf", b"1"), reply_to=await office.asked(phone))
    await office.card(phone, "Kirim")
    await phone.replace_file(sent, "benar.pdf", paper("benar.pdf", b"2"))
    form = await phone.wait_for(
        lambda message: has(message, "Kirim") and "benar.pdf" in message.text.replace("\u2060", "")
    )
    await office.tap(phone, "Kirim", form)
    await office.settled()
    (letter,) = office.case.versions
    assert letter.file.name == "benar.pdf"
    for mark in (b"3", b"4"):
        await phone.replace_file(sent, "lain.pdf", paper("lain.pdf", mark))
    assert await uncounted(office, "tata_usaha") == 1
    assert office.case.versions == (letter,)


async def test_a_text_changed_after_the_form_was_sent_does_not_count_and_its_sender_is_told_once(any_office):
    office = any_office
    await returning(office)
    sent = await office["kabag_umum"].send("Tabel per unit belum sesuai.")
    await office.tap("kabag_umum", "Kirim")
    await office.settled()
    before = office.case
    for text in ("Sudah baik.", "Sudah sangat baik."):
        await office["kabag_umum"].edit(sent, text=text)
    (told,) = await office.saying("kabag_umum", UNCOUNTED)
    assert "menyampaikannya langsung kepada pejabat yang menerimanya" in told.text
    assert office.case == before
    assert before.returns[0].reason == "Tabel per unit belum sesuai."


async def test_an_answer_that_could_not_be_read_may_be_mended_where_it_stands(office):
    phone = office["tata_usaha"]
    await office.begin()
    await phone.send("/mulai")
    await office.tap(phone, "2026")
    await office.fill(phone, "B-1")
    sent = await phone.send("kemarin dulu")
    await office.says(phone, "Tanggal belum dapat kami baca")
    await phone.edit(sent, text="lusa kemarin")
    await office.says(phone, "Tanggal belum dapat kami baca")
    await office.settled()
    (asking,) = await office.saying(phone, "Mohon maaf")
    assert "Batal" in asking.labels  # the question itself says why
    await phone.edit(sent, text="30 Oktober 2026")
    await office.says(phone, "mengirim suratnya")
    assert await office.saying(phone, "Mohon maaf") == []
    await phone.edit(sent, text="bukan tanggal")
    assert len(await office.saying(phone, "Mohon maaf")) == 1
    await phone.send_file("surat.pdf", paper("surat.pdf", b"1"))
    assert "30 Okt" in (await office.card(phone, "Kirim")).text


async def test_the_words_under_a_photo_of_corrections_are_changed_with_them(any_office):
    office = any_office
    prompt = await returning(office)
    phone = office["kabag_umum"]
    sent = await phone.send_photo(photo("1"), caption="Halaman 2", reply_to=prompt)
    await office.card(phone, "Kirim")
    await phone.edit(sent, caption="Halaman 3 dan 4")
    form = await phone.wait_for(lambda message: has(message, "Kirim") and "Halaman 3 dan 4" in message.text)
    await phone.replace_file(sent, "photo.jpg", photo("2"), kind="photo", caption="Halaman 5")
    form = await phone.wait_for(lambda message: has(message, "Kirim") and "Halaman 5" in message.text)
    await office.tap(phone, "Kirim", form)
    await office.settled()
    (back,) = office.case.returns
    assert back.reason == "Halaman 5"
    assert back.file.size == len(photo("2"))


async def test_an_older_message_does_not_take_the_place_of_a_newer_answer(office):
    prompt = await returning(office)
    phone = office["kabag_umum"]
    older = await phone.send("Tabel belum sesuai.", reply_to=prompt)
    await office.tap(phone, "Ubah")
    part = await phone.wait_for(
        lambda message: any(label.startswith("Catatan perbaikan: ") for label in message.labels)
    )
    await office.tap(phone, next(label for label in part.labels if label.startswith("Catatan perbaikan: ")), part)
    await phone.send("Dasar hukum belum ada.", reply_to=await office.asked(phone))
    await office.card(phone, "Kirim")
    await phone.edit(older, text="Tabel sudah sesuai.")
    assert await uncounted(office, phone) == 1
    await office.tap(phone, "Kirim")
    await office.settled()
    assert office.case.returns[0].reason == "Dasar hukum belum ada."


async def test_a_form_that_was_left_takes_no_change_and_no_command_becomes_an_answer(office):
    prompt = await returning(office)
    phone = office["kabag_umum"]
    sent = await phone.send("Tabel belum sesuai.", reply_to=prompt)
    form = await office.card(phone, "Kirim")
    await phone.edit(sent, text="/batal")
    assert await uncounted(office, phone) == 1
    assert "Tabel belum sesuai." in (await office.now(phone, form)).text
    other = await office.card(phone, "Batal")
    await office.tap(phone, "Batal", other)
    await phone.edit(sent, text="Tabel sudah sesuai.")
    assert await uncounted(office, phone) == 1
    assert office.case.returns == ()


async def test_in_a_backlog_the_message_counts_as_it_was_and_then_as_it_is(any_office):
    office = any_office
    await office.walk_to(2)
    await office.end()
    rina = office["analis_sdm"]
    sent = await rina.send_file("Konsep undangan.docx", paper("a.docx", b"1"))
    changed = await rina.replace_file(sent, "Rapi.docx", paper("Rapi.docx", b"2"))
    await office.begin()
    assert [item.file.name for item in office.case.versions if item.document == DRAFT] == [
        "Konsep undangan.docx",
        "Rapi.docx",
    ]
    await office.telegram.deliver_again(changed.update_id)
    await office.telegram.deliver_again(sent.update_id)
    await office.settled()
    assert office.case.newest(DRAFT).number == 2
    assert len(await office.saying(rina, RECEIVED)) == 2


async def test_while_a_file_is_fetched_its_change_and_what_is_pressed_after_it_wait_their_turn(office, monkeypatch):
    may, fetch = asyncio.Event(), downloads._fetch

    async def waits(bot, path):
        await may.wait()
        return await fetch(bot, path)

    await office.walk_to(2)
    rina = office["analis_sdm"]
    await rina.send_file("Data capaian.xlsx", paper("Data capaian.xlsx", b"1"))
    await office.settled()
    card = await office.card(rina, "Ajukan")
    monkeypatch.setattr(downloads, "_fetch", waits)
    sent = await rina.send_file("Konsep undangan.docx", paper("a.docx", b"1"))
    await rina.replace_file(sent, "Rapi.docx", paper("Rapi.docx", b"2"))
    pressed = asyncio.create_task(office.tap(rina, "Ajukan", card))
    await asyncio.sleep(0.2)
    assert (office.case.newest(DRAFT), pressed.done()) == (None, False)
    may.set()
    assert await pressed
    assert [item.file.name for item in office.case.versions if item.document == DRAFT] == [
        "Konsep undangan.docx",
        "Rapi.docx",
    ]


async def test_a_change_that_telegram_brings_is_taken_like_one_that_was_fetched(any_office):
    office = any_office
    serve(office)
    office.transact(office._walk, 2, 0)
    await hooked(office)
    rina = office["analis_sdm"]
    sent = await rina.send_file("Konsep undangan.docx", paper("a.docx", b"1"))
    await rina.replace_file(sent, "Rapi.docx", paper("Rapi.docx", b"2"))
    await taken(office)
    assert office.case.newest(DRAFT).file.name == "Rapi.docx"


# Words that were applied at once, or not at all


async def test_a_typed_decision_that_is_changed_decides_nothing_more(any_office):
    office = any_office
    await office.walk_to(6)
    phone = office["kabag_umum"]
    sent = await phone.send("setujui", reply_to=await office.card(phone, "Setujui"))
    await office.settled()
    before = office.case
    assert office.task.step == 7
    for text in ("kembalikan: tabel belum sesuai", "setujui"):
        await phone.edit(sent, text=text)
    assert await uncounted(office, phone) == 1
    assert office.case == before


async def test_a_word_on_a_card_that_decided_nothing_decides_nothing_when_it_is_changed(office):
    await office.walk_to(6)
    phone = office["kabag_umum"]
    sent = await phone.send("baik", reply_to=await office.card(phone, "Setujui"))
    await office.settled()
    await phone.edit(sent, text="setujui")
    assert await uncounted(office, phone) == 1
    assert office.task.step == 6


async def test_what_was_not_understood_is_said_once_and_a_command_that_was_done_stays_done(office):
    await office.begin()
    phone = office["kabag_umum"]
    unknown = await phone.send("selamat pagi")
    done = await phone.send("/bantuan")
    await office.settled()
    for text in ("setujui", "/status"):
        await phone.edit(unknown, text=text)
    await phone.edit(done, text="/status")
    assert await uncounted(office, phone) == 1
    assert not await office.saying(phone, "tidak ada proses")


async def test_a_file_in_the_place_of_words_that_were_not_understood_is_taken(office):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    sent = await rina.send("ini konsepnya")
    await office.settled()
    await rina.replace_file(sent, "Konsep undangan.docx", paper("a.docx", b"1"))
    await office.says(rina, RECEIVED, "Konsep undangan rapat", "versi 1")
    assert await uncounted(office, rina) == 0


async def test_changes_of_a_stranger_have_no_effect_and_no_answer(office):
    await office.begin()
    guest = await office.telegram.person("Tamu")
    sent = await guest.send("halo")
    await office.settled()
    told = len([item for item in await guest.messages() if item.by_bot])
    await guest.edit(sent, text="halo, ini saya")
    await office.settled()
    assert len([item for item in await guest.messages() if item.by_bot]) == told
