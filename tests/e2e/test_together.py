"""Desks that decide together, one of two, and ways, on phones: the procedure of the tests, played over real HTTP."""

import pytest

from alur.storage.sop_files import Procedure, content_hash
from alur.workflow.case import Outcome
from bot import wiring
from tests.e2e.desk import has
from tests.factories import MEMO
from tests.papers import paper

THREE = ("kabag_umum", "tata_usaha", "biro_sdm")


@pytest.fixture
def memo(monkeypatch):
    """The office works by this procedure alone."""
    ready = (Procedure(sop=MEMO, hash=content_hash(MEMO)),)
    monkeypatch.setattr(wiring, "procedures", lambda _settings: ready)


@pytest.fixture
async def at_work(memo, any_office):
    await any_office.begin()
    return any_office


async def opened(office, way="Langsung Konsep"):
    """Tata Usaha opens the case; the way stands where *Kirim* would."""
    phone = office["tata_usaha"]
    await phone.send("/mulai")
    await office.tap(phone, "2026")
    await office.fill(phone, "B-1/2026", "30 Oktober 2026")
    await phone.send_file("surat.pdf", paper("surat.pdf", b"%PDF-1.4 surat"), reply_to=await office.asked(phone))
    form = await office.card(phone, way)
    assert "Kirim" not in form.labels
    assert form.labels[:2] == ("Dengan Disposisi", "Langsung Konsep")
    await office.tap(phone, way, form)
    await office.settled()


async def submitted(office):
    await office["analis_sdm"].send_file("konsep nota dinas.docx", paper("konsep nota dinas.docx", b"PK konsep"))
    await office.settled()
    await office.tap("analis_sdm", "Ajukan")
    await office.settled()


async def test_the_whole_case_goes_its_ways_from_the_letter_to_the_archive(at_work):
    office = at_work
    await opened(office)
    assert "Langkah 1 (Disposisi surat) dilewati." in (await office.says("tata_usaha", "telah dibuka")).text
    assert "Langkah 1 (Disposisi surat) dilewati." in (await office.card("analis_sdm", "Ada Kendala")).text
    await submitted(office)

    cards = {role: await office.card(role, "Setujui") for role in THREE}
    assert "Diputuskan bersama:" in cards["kabag_umum"].text
    assert "• Tata Usaha: menunggu" in cards["kabag_umum"].text
    said = await office.tap("kabag_umum", "Setujui")
    assert said.text == "Terima kasih, Ibu. Persetujuan tercatat. Masih menunggu Tata Usaha dan Biro SDM."
    await office.settled()
    assert "menunggu keputusan Tata Usaha dan Biro SDM" in (await office.now("kabag_umum", cards["kabag_umum"])).text
    assert "• Kepala Bagian Umum (Dewi): disetujui" in (await office.card("tata_usaha", "Setujui")).text
    assert not await office.saying("analis_sdm", "telah disetujui")

    await office["sekretaris"].send("/status")
    status = await office.says("sekretaris", "Pada Tata Usaha")
    assert "Pada Biro SDM" in status.text
    assert "Pada Kepala Bagian Umum" not in status.text
    await office.tap("biro_sdm", "Setujui")
    await office.tap("tata_usaha", "Setujui")
    await office.settled()
    assert len(await office.saying("analis_sdm", "telah disetujui")) == 1  # after the last of them
    closed = await office.now("kabag_umum", cards["kabag_umum"])
    assert "diteruskan kepada Kepala Bagian Umum dan Biro SDM" in closed.text

    late = await office.card("biro_sdm", "Setujui")
    assert "Cukup diputuskan oleh salah satu" in late.text
    await office.tap("kabag_umum", "Setujui")
    await office.settled()
    assert "tidak perlu diputuskan lagi" in (await office.now("biro_sdm", late)).text
    assert await office.saying("biro_sdm", "Persetujuan salah satu pimpinan", "tidak perlu diputuskan lagi")
    loser = await office.tap("biro_sdm", "Setujui", late)
    assert loser.alert
    assert "sudah disetujui oleh Kepala Bagian Umum (Dewi)" in loser.text

    card = await office.card("sekretaris", "Bahas Dahulu")
    assert has(card, "Tanda Tangani")
    assert not has(card, "Setujui")
    await office.tap("sekretaris", "Bahas Dahulu")
    await office.tap("kabag_umum", "Disposisikan")
    form = await office.card("kabag_umum", "Perlu Arahan")
    assert "Cukup" in form.labels
    assert "Kirim" not in form.labels
    await office.tap("kabag_umum", "Cukup", form)
    await office.settled()
    assert [task.role for task in office.case.open_tasks] == ["tata_usaha"]
    assert "Langkah 7 (Arahan bersama) dilewati." in (await office.card("tata_usaha", "Sudah Diarsipkan")).text
    await office["sekretaris"].send("/riwayat")
    told = await office.says("sekretaris", "memberikan disposisi langkah 6")
    assert "(langkah 7 (Arahan bersama) dilewati)" in told.text
    assert office.refusals() == ["AlreadyDecided"]


async def test_a_return_by_one_ends_the_others_who_are_told(at_work):
    office = at_work
    await opened(office)
    await submitted(office)
    cards = {role: await office.card(role, "Setujui") for role in THREE}
    await office.tap("tata_usaha", "Setujui")
    await office.tap("biro_sdm", "Kembalikan")
    await office.fill("biro_sdm", "Nomor surat keliru.")
    await office.tap("biro_sdm", "Kirim")
    await office.settled()

    assert [task.closing.outcome for task in office.case.tasks[1:4]] == [
        Outcome.ENDED,
        Outcome.APPROVED,
        Outcome.RETURNED,
    ]
    assert await office.saying("kabag_umum", "dikembalikan oleh", "tidak perlu diputuskan lagi")
    assert not await office.saying("biro_sdm", "tidak perlu diputuskan lagi")
    undone = await office.now("tata_usaha", cards["tata_usaha"])
    assert "tidak berlaku lagi" in undone.text
    late = await office.tap("kabag_umum", "Setujui", cards["kabag_umum"])
    assert "sudah dikembalikan oleh" in late.text
    again = await office.card("analis_sdm", "Ada Kendala")
    assert "Nomor surat keliru." in again.text


async def test_a_typed_yes_does_not_choose_the_way_its_label_does(at_work):
    office = at_work
    await opened(office)
    await submitted(office)
    for role in (*THREE, "kabag_umum"):
        await office.tap(role, "Setujui")
        await office.settled()
    card = await office.card("sekretaris", "Tanda Tangani")
    await office["sekretaris"].send("setujui", reply_to=card)
    await office.says("sekretaris", "perlu dipilih: “Tanda Tangani” atau “Bahas Dahulu”.")
    await office["sekretaris"].send("baik", reply_to=card)
    await office.says("sekretaris", "• Tanda Tangani\n• Bahas Dahulu\n• kembalikan: catatan perbaikan")
    assert [task.step for task in office.case.open_tasks] == [5]
    await office["sekretaris"].send("tanda tangani.", reply_to=card)
    await office.settled()
    assert [task.step for task in office.case.open_tasks] == [8]
    closed = await office.now("sekretaris", card)
    assert "Langkah 6 (Pembahasan) dan langkah 7 (Arahan bersama) dilewati." in closed.text
