"""Signed letters: looked into, handed out byte for byte to whoever may read them, named in the final report."""

import pytest

from alur.services.cases.perform import perform
from alur.workflow.case import ArchiveFields
from alur.workflow.file_kinds import Signatures
from bot import assembly
from bot.inspector import CPU, MEMORY
from tests import acts
from tests.contents.signed import HADI, RATNA, letter, saved_again, signed
from tests.e2e.desk import has
from tests.factories import SOP, WIB, default_archive
from tests.papers import paper

NAME = "Nota dinas laporan capaian.pdf"
LETTER = "nota_dinas_laporan"
TITLE = "Nota dinas laporan capaian IP ASN"
READERS = ("sekretaris", "kabag_umum", "tata_usaha")
GUESTS = ("unit_terkait", "biro_sdm")
WHOLE = signed(signed(letter()), HADI, field="Tanda2")
SPOILT = saved_again(WHOLE)


async def bring(office, data, *, name=NAME, role="analis_sdm"):
    """Sends it as the signed copy; the answer."""
    sent = await office[role].send_file(name, data)
    said = await office[role].wait_for(lambda message: message.by_bot, after=sent, timeout=20)
    if "dokumen yang mana" in said.text:
        await office.tap(role, f"{TITLE} bertanda tangan", said)
    answer = await office.says(role, "Berkas diterima", f"{TITLE} bertanda tangan")
    await office.settled()
    return await office.now(role, answer)


async def came(office, role):
    """The bytes of the signed copy's files on somebody's phone, and what stands under them."""
    found = [item for item in await office[role].messages() if item.by_bot and item.files]
    own = [item for item in found if f"{TITLE} bertanda tangan" in item.text]
    return [(await item.download(), item.text) for item in own]


async def test_a_signed_letter_reaches_everybody_who_reads_the_case_byte_for_byte(any_office):
    office = any_office
    await office.walk_to(11)
    answer = await bring(office, WHOLE)
    assert "Tanda tangan elektronik: 2, utuh. Menurut berkas: " in answer.text
    assert RATNA in answer.text
    assert HADI in answer.text
    assert not has(answer, "Batalkan Berkas")
    for role in READERS:
        ((data, text),) = await came(office, role)
        assert data == WHOLE
        assert f"2 tanda tangan elektronik, utuh (menurut berkas: {RATNA}; {HADI})" in text
    for role in (*GUESTS, "analis_sdm", "admin"):
        assert await came(office, role) == []
    found = office.case.signed_copy(LETTER).file.signatures
    assert (found.state, [item.by for item in found.given]) == ("whole", [RATNA, HADI])


@pytest.mark.parametrize(
    ("data", "state", "words"),
    [
        (paper("a.pdf"), "none", "Berkas ini tidak memuat tanda tangan elektronik."),
        (SPOILT, "changed", "Isi berkas ini berubah setelah ditandatangani"),
    ],
)
async def test_whoever_brings_what_is_no_signed_letter_is_told_at_once_and_takes_it_back(
    any_office, data, state, words
):
    office = any_office
    await office.walk_to(11)
    answer = await bring(office, data)
    assert words in answer.text
    assert "mohon menekan Batalkan Berkas" in answer.text
    assert office.case.signed_copy(LETTER).file.signatures.state == state
    for role in READERS:
        assert await came(office, role) == []

    await office.tap("analis_sdm", "Batalkan Berkas", answer)
    await office.tap("analis_sdm", "Ya, Batalkan")
    await office.settled()
    gone = await office.now("analis_sdm", answer)
    assert "kemudian dibatalkan" in gone.text
    assert not has(gone, "Batalkan Berkas")
    assert office.case.signed_copy(LETTER) is None
    await bring(office, WHOLE)
    assert [data for data, _ in await came(office, "sekretaris")] == [WHOLE]


def archive(office):
    values = {"letter_number": "1/2026", "classification": "OT.02", "file_number": "17", "location": "Lemari"}
    fields = default_archive(SOP, office.case, WIB) | values | {"reason_missing": "Menyusul."}
    task = office.case.open_tasks[0]
    act = acts.Archive(
        by=office.members["tata_usaha"], task=task.id, revision=task.revision, fields=ArchiveFields(**fields)
    )
    assert office.transact(perform, office.record.id, act).refusal is None


async def test_what_was_kept_goes_out_with_the_final_report_which_says_what_it_is(any_office):
    office = any_office
    await office.walk_to(12)
    await bring(office, SPOILT)
    card = await office.card("tata_usaha", "Sudah Diarsipkan")
    assert "dokumen bertanda tangan sudah ada (berubah setelah ditandatangani)" in card.text
    archive(office)
    report = await office.says("sekretaris", "telah selesai dan diarsipkan")
    assert f"{TITLE} bertanda tangan elektronik: {NAME} (berubah setelah ditandatangani)" in report.text
    assert "Nota dinas laporan rapat internal bertanda tangan elektronik: belum ada" in report.text
    await office.settled()
    for role in ("sekretaris", "kabag_umum"):
        ((data, text),) = await came(office, role)
        assert data == SPOILT
        assert "Berubah setelah ditandatangani" in text
    guest = await office.says("unit_terkait", "telah selesai")
    assert "bertanda tangan" not in guest.text
    assert await came(office, "unit_terkait") == []
    old = (await office.saying("analis_sdm", "Berkas diterima"))[-1]
    assert not has(old, "Batalkan Berkas")


async def test_a_copy_that_comes_after_the_archive_is_handed_out_at_once(office):
    await office.walk_to(12)
    archive(office)
    await bring(office, WHOLE)
    ((data, text),) = await came(office, "sekretaris")
    assert data == WHOLE
    assert "(susulan)" in text


async def test_a_forged_press_takes_nothing_back_that_another_brought(office):
    await office.walk_to(11)
    answer = await bring(office, SPOILT)
    number = office.case.signed_copy(LETTER).id
    data = f"withdraw_signed:c{office.record.id}:0:{number}"
    for role in ("tata_usaha", "sekretaris", "unit_terkait"):
        found = await office[role].press_forged(answer.id, data)
        assert found.alert
    assert office.case.signed_copy(LETTER).id == number


async def test_what_cannot_be_told_is_taken_and_handed_out(office, monkeypatch):
    inspector = assembly.inspector()
    inspector._end()
    monkeypatch.setattr(inspector, "_bounds", (str(CPU), "0.001", str(MEMORY)))
    await office.walk_to(11)
    answer = await bring(office, WHOLE)
    found = office.case.signed_copy(LETTER).file.signatures
    assert found == Signatures("untold", why="too_much")
    assert "tidak dapat kami periksa karena berkas ini terlalu besar atau terlalu rumit" in answer.text
    assert [data for data, _ in await came(office, "sekretaris")] == [WHOLE]
