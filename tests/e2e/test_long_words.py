"""People's own words: as long as a message of Telegram, whichever way they come."""

import re

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
    said = await office.says("analis_sdm", "terlalu panjang")
    assert re.search(r"Tempat terlalu panjang: 1\.240 karakter; paling banyak 1\.000\.", said.text)
