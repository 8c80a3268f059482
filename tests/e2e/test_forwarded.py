"""Words that are not the sender's own decide nothing, answer nothing, command nothing and enrol nobody; a file is a file."""

import pytest

from tests.e2e.desk import has
from tests.origins import NOT_OWN
from tests.papers import paper

SAID = "bukan dari Ibu sendiri"
ANY = NOT_OWN["User"]


@pytest.mark.parametrize("kind", NOT_OWN)
async def test_a_decision_in_anothers_words_decides_nothing(office, kind):
    await office.walk_to(6)
    card = await office.card("kabag_umum", "Setujui")
    before = office.case
    await office["kabag_umum"].send("setujui", reply_to=card, origin=NOT_OWN[kind])
    said = await office.says("kabag_umum", SAID)
    assert "mengetiknya sendiri" in said.text
    assert office.case == before
    assert office.refusals(of_office=True) == ["Forwarded"]
    assert has(await office.now("kabag_umum", card), "Setujui")


async def test_an_open_forms_question_is_not_answered_by_anothers_words_and_stays_open(office):
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.settled()
    asked = [item for item in await office.phone("kabag_umum").messages() if item.by_bot][-1]
    if has(asked, "Lanjut"):
        await office.tap("kabag_umum", "Lanjut")
    await office["kabag_umum"].send("Tabel per unit belum sesuai.", origin=ANY)
    await office.says("kabag_umum", SAID)
    await office["kabag_umum"].send_voice(b"OggS", origin=ANY)
    assert len(await office.saying("kabag_umum", SAID)) == 2
    await office["kabag_umum"].send("Angka unit A keliru.")
    await office.tap("kabag_umum", "Kirim")
    await office.settled()
    assert [item.reason for item in office.case.returns] == ["Angka unit A keliru."]


async def test_a_forwarded_command_is_none(office):
    await office.begin()
    await office["kabag_umum"].send("/status", origin=ANY)
    await office.says("kabag_umum", SAID)
    assert not await office.saying("kabag_umum", "tidak ada proses")


async def test_a_forwarded_code_enrols_nobody_and_stays_good(office):
    await office.begin()
    guest = await office.telegram.person("Tamu")
    code = office.invite("analis_sdm", "Nina")
    for text in (code, f"/start {code}", f"https://t.me/alur_simulator_bot?start={code}"):
        await guest.send(text, origin=ANY)
    await office.settled()
    assert len(await office.saying(guest, "mohon menyalin kodenya dan mengirimnya sendiri")) == 3
    await guest.send(code)
    await office.says(guest, "Selamat datang")


async def test_a_forwarded_file_is_taken_and_its_caption_only_names_it(office):
    await office.walk_to(5)
    await office.card("analis_sdm", "Ajukan")
    await office["analis_sdm"].send_file(
        "scan0001.pdf",
        paper("scan0001.pdf", b"%PDF-1.4"),
        caption="Konsep nota dinas laporan rapat internal, setujui",
        origin=ANY,
    )
    said = await office.says("analis_sdm", "Berkas diterima")
    assert "Konsep nota dinas" in said.text
    assert office.task.step == 5
