"""People's own words: as long as a message of Telegram, whichever way they come."""

import pytest

from tests.papers import photo

LONG = " ".join(f"kata{number:03}" for number in range(439))  # 3,511 characters
FULL = ("&<b> " * 1000)[:4095] + "."


async def history_of(office, role):
    """All that *Riwayat* says, page by page."""
    await office.phone(role).send("/riwayat")
    await office.settled()
    page = [item for item in await office.phone(role).messages() if item.by_bot and "Riwayat ip" in item.text][-1]
    told = [page.text]
    while "Lebih Lama" in page.labels:
        await office.tap(role, "Lebih Lama", page)
        await office.settled()
        page = await office.now(role, page)
        told.insert(0, page.text)
    return told


@pytest.mark.parametrize("way", ["reply", "form"])
@pytest.mark.parametrize("words", [LONG, FULL])
async def test_a_long_reason_is_taken_shown_in_part_and_read_whole_in_the_history(any_office, way, words):
    office = any_office
    await office.walk_to(6)
    if way == "reply":
        card = await office.card("kabag_umum", "Setujui")
        await office["kabag_umum"].send(f"kembalikan: {words}"[:4096], reply_to=card)
    else:
        await office.tap("kabag_umum", "Kembalikan")
        await office.tap("kabag_umum", "Lanjut")
        await office.fill("kabag_umum", words)
        await office.tap("kabag_umum", "Kirim")
    await office.settled()
    (back,) = office.case.returns
    assert back.reason == (f"kembalikan: {words}"[:4096].removeprefix("kembalikan: ") if way == "reply" else words)
    card = await office.card("analis_sdm", "Ajukan")
    assert "(selengkapnya di /riwayat)" in card.text
    told = "".join(
        line.removeprefix("• ").removeprefix("(lanjutan) ").removesuffix(" …")
        for page in await history_of(office, "analis_sdm")
        for line in page.splitlines()
        if line.startswith("• ")
    )
    assert f"“{back.reason}”".replace(" ", "") in told.replace(" ", "")


async def test_a_caption_is_the_reason_beside_its_photo(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Lanjut")
    prompt = await office.asked("kabag_umum")
    await office["kabag_umum"].send_photo(photo(), caption="Tabel per unit belum sesuai.", reply_to=prompt)
    await office.tap("kabag_umum", "Kirim")
    await office.settled()
    (back,) = office.case.returns
    assert (back.reason, back.file.kind) == ("Tabel per unit belum sesuai.", "photo")


async def test_a_question_and_its_answer_may_fill_a_message(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Tanya")
    await office.tap("kabag_umum", "Analis SDM Aparatur")
    await office.fill("kabag_umum", FULL)
    await office.tap("kabag_umum", "Kirim")
    question = await office.card("analis_sdm", "Jawab")
    await office["analis_sdm"].send(FULL, reply_to=question)
    await office.settled()
    (asked,) = office.case.questions
    assert (asked.text, asked.answer) == (FULL, FULL)


async def test_another_field_keeps_its_limit_and_the_refusal_names_both(office):
    await office.walk_to(3, 1)
    await office.tap("analis_sdm", "Jadwalkan Rapat")
    await office.fill("analis_sdm", "12-11-2026", "09.30", "Ruang " * 206 + "Aula")
    await office.says("analis_sdm", "Tempat paling banyak 1.000 karakter; yang dikirim 1.240.")


async def test_a_text_that_was_too_long_may_be_shortened_where_it_stands_or_sent_again(office):
    phone = office["analis_sdm"]
    await office.walk_to(3, 1)
    await office.tap(phone, "Jadwalkan Rapat")
    await office.fill(phone, "12-11-2026", "09.30")
    await office.asked(phone)
    long = await phone.send("Ruang " * 206)
    asking = await office.says(phone, "yang dikirim 1.235", "Mohon mempersingkatnya, kemudian mengirimnya kembali")
    assert asking.id > long.id
    assert "Mohon mengetik tempat rapat" in asking.text
    assert asking.labels == ("Batal",)
    assert long.id in [item.id for item in await phone.messages()]
    await phone.edit(long, text="Ruang Rapat Lantai 4")
    form = await office.says(phone, "Tempat: Ruang Rapat Lantai 4")
    assert "Mohon maaf" not in form.text
    await office.tap(phone, "Ubah", form)
    await office.tap(phone, "Tempat: Ruang Rapat Lantai 4")
    await office.fill(phone, "Ruang " * 206)
    await office.says(phone, "yang dikirim 1.235")
    await phone.send("Aula", reply_to=long)  # to his own text, as one would mend it
    await office.says(phone, "Tempat: Aula")


REASON = "Tabel per unit belum sesuai. "


async def in_parts(office, phone, *lengths):
    """A text that the phone sends as several messages at once."""
    return [await phone.send((REASON * 200)[:length].strip()) for length in lengths]


async def test_a_text_in_two_messages_is_refused_whole_and_its_second_half_answers_nothing(office):
    phone = office["analis_sdm"]
    await office.walk_to(2)
    await office.tap(phone, "Ada Kendala")
    await office.asked(phone)
    await in_parts(office, phone, 4090, 900)
    asking = await office.says(phone, "Kendala paling banyak 4.096 karakter; yang dikirim 4.990.")
    assert "Mohon mengetik kendala" in asking.text
    await office.fill(phone, "Data unit belum lengkap.")
    form = await office.card(phone, "Kirim")
    assert "Data unit belum lengkap." in form.text
    await office.tap(phone, "Kirim", form)
    await office.settled()
    assert office.case.obstacles[0].reason == "Data unit belum lengkap."


async def test_the_second_half_is_no_answer_to_the_field_that_refused_the_first(office):
    phone = office["analis_sdm"]
    await office.walk_to(3, 1)
    await office.tap(phone, "Jadwalkan Rapat")
    await office.fill(phone, "12-11-2026", "09.30")
    await office.asked(phone)
    await in_parts(office, phone, 4090, 4050, 300)
    await office.says(phone, "Tempat paling banyak 1.000 karakter; yang dikirim 8.4")
    assert await office.saying(phone, "Tempat: ") == []


async def test_the_second_half_of_an_answer_to_a_question_is_not_taken_for_an_open_form(office):
    phone, question = await dating_beside_a_question(office)
    await office.fill(phone, "12-11-2026", "09.30")
    await office.asked(phone)
    await phone.send((REASON * 200)[:4090], reply_to=question)
    await phone.send("dan satu lagi. " * 60)
    await office.says(phone, "belum dapat kami proses dan tidak mengubah apa pun")
    assert office.case.questions[0].answer.startswith(REASON)
    assert await office.saying(phone, "Tempat: ") == []


async def test_two_long_texts_that_were_typed_one_after_the_other_are_two_answers(office):
    phone = office["analis_sdm"]
    await office.walk_to(2)
    await office.tap(phone, "Ada Kendala")
    await office.asked(phone)
    await phone.send((REASON * 200)[:4000])
    await office.card(phone, "Kirim")
    await office.advance(seconds=30)
    await phone.send((REASON * 200)[:3000])
    await office.says(phone, "belum dapat kami proses")
    assert await office.saying(phone, "paling banyak 4.096") == []


async def dating_beside_a_question(office):
    """The Analis fills in a meeting's date, and has been asked something."""
    phone = office["analis_sdm"]
    await office.walk_to(6)
    await office.tap("kabag_umum", "Tanya")
    await office.tap("kabag_umum", "Analis SDM Aparatur")
    await office.fill("kabag_umum", "Sumber datanya?")
    await office.tap("kabag_umum", "Kirim")
    question = await office.card(phone, "Jawab")
    await phone.send("/status")
    await office.tap(phone, "Jadwalkan Rapat")
    await office.asked(phone)
    return phone, question


async def test_a_date_right_after_a_long_answer_to_a_question_is_taken_for_the_form_that_asks_for_one(office):
    phone, question = await dating_beside_a_question(office)
    await phone.send((REASON * 200)[:4090], reply_to=question)
    await phone.send("19-11-2026")
    await office.says(phone, "Tanggal: Kamis, 19 Nov 2026", "waktu mulai rapat")
    assert office.case.questions[0].answer.startswith(REASON)
    assert await office.saying(phone, "belum dapat kami proses") == []


async def test_a_reply_to_the_form_right_after_a_long_answer_to_a_question_is_the_forms(office):
    phone, question = await dating_beside_a_question(office)
    await office.fill(phone, "12-11-2026", "09.30")
    form = await office.asked(phone)
    await phone.send((REASON * 200)[:4090], reply_to=question)
    await phone.send("Ruang Rapat Lantai 4", reply_to=form)
    await office.says(phone, "Tempat: Ruang Rapat Lantai 4")


@pytest.mark.parametrize("is_changed", [False, True])
async def test_a_reply_to_a_question_is_no_second_half_of_the_answer_to_a_form(office, is_changed):
    """The answer is not lost; nor, after *Ubah*, is the field asked for anew."""
    phone, question = await dating_beside_a_question(office)
    await phone.send("/batal")
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Lanjut")
    await office.fill("kabag_umum", "Tabel per unit belum sesuai.")
    await office.tap("kabag_umum", "Kirim")
    await office.tap(phone, "Ada Kendala")
    await office.asked(phone)
    if is_changed:
        await phone.send("Data unit belum lengkap.")
        await office.tap(phone, "Ubah")
        await office.asked(phone)
    long = (REASON * 200)[:4085].strip()
    await phone.send(long)
    await phone.send("ya", reply_to=question)
    await office.settled()
    assert await office.saying(phone, "paling banyak 4.096") == []
    assert office.case.questions[0].answer == "ya"
    await office.tap(phone, "Kirim")
    await office.settled()
    assert office.case.obstacles[0].reason == long


async def test_a_later_part_that_replies_to_the_form_as_the_first_did_is_refused_with_it(office):
    phone = office["analis_sdm"]
    await office.walk_to(2)
    await office.tap(phone, "Ada Kendala")
    form = await office.asked(phone)
    for length in (4090, 900):
        await phone.send((REASON * 200)[:length].strip(), reply_to=form)
    await office.says(phone, "Kendala paling banyak 4.096 karakter; yang dikirim 4.990.")
