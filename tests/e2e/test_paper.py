"""*Catat Keputusan Tertulis* on phones: step 7 is decided on paper by somebody who is nobody here."""

import asyncio

import pytest

from tests.e2e.desk import has
from tests.papers import paper

LABEL = "Catat Keputusan Tertulis"
MARK = "icatat oleh Tata Usaha berdasarkan lembar tertulis"


async def begun(office):
    """The form, as /status of the one case offers it."""
    phone = office["tata_usaha"]
    await phone.send("/status")
    status = await office.says(phone, "Pada Sekretaris Direktorat Jenderal")
    if not has(status, LABEL):
        await office.tap(phone, "Lainnya", status)
    await office.tap(phone, LABEL)
    return phone


@pytest.fixture
async def at_seven(any_office):
    await any_office.walk_to(7)
    await any_office.settled()
    return any_office


async def test_step_7_is_decided_on_paper_by_somebody_without_an_account(at_seven):
    office = at_seven
    task, own = office.task, await office.card("sekretaris", "Setujui")
    await office.tap("sekretaris", "Kembalikan", own)  # his form is open
    phone = await begun(office)
    await office.tap(phone, "Setujui")
    signers = await office.says(phone, "Siapakah yang memutuskan?")
    assert has(signers, "Bapak Hartono, Sekretaris Direktorat Jenderal")
    await office.fill(phone, "Prof. Baskoro")
    await office.tap(phone, "Plt. (jabatan kosong)")
    await office.fill(phone, "7/SPt/2026")
    await office.fill(phone, "kemarin")
    await office.says(phone, "Tanggal itu mendahului diterimanya tugas ini (2 Nov).")
    await office.fill(phone, "2/11")
    await office.tap(phone, "Tindak lanjuti")
    await office.tap(phone, "Lanjut")
    await phone.send_file("lembar.docx", paper("lembar.docx", b"PK lembar"), reply_to=await office.asked(phone))
    await office.says(phone, "Mohon", "PDF atau foto")
    await phone.send_file("lembar.pdf", paper("lembar.pdf", b"%PDF-1.4 lembar"), reply_to=await office.asked(phone))
    summary = await office.card(phone, "Kirim")
    for line in ("Keputusan: Disetujui", "Pejabat: Prof. Baskoro", "Tanggal lembar: Senin, 2 Nov 2026", "lembar.pdf"):
        assert line in summary.text, summary.text
    first, second = await asyncio.gather(*(office.tap(phone, "Kirim", summary) for _ in range(2)))
    if first.alert:
        first, second = second, first
    assert first.text == "Terima kasih, Ibu. Keputusan tertulis tercatat dan diteruskan."
    assert "sudah disetujui oleh Plt. Sekretaris Direktorat Jenderal (Prof. Baskoro)" in second.text
    await office.settled()

    closing = office.case.task(task.id).closing
    assert (closing.by.name, closing.by.order, closing.paper.by.name) == ("Prof. Baskoro", "7/SPt/2026", "Wulan")
    assert (office.task.step, len([item for item in office.case.tasks if item.step == 7])) == (8, 1)
    await office.says(phone, "keputusan tertulis Plt. Sekretaris Direktorat Jenderal (Prof. Baskoro")

    closed = await office.now("sekretaris", own)
    assert f"Keputusan ini d{MARK}." in closed.text
    assert closed.labels == ("Lihat Berkas", "Riwayat")
    assert len(await office.saying("sekretaris", "keputusan tertulis", MARK)) == 1
    assert await office.saying("sekretaris", "Isian pengembalian", "tidak berlaku lagi")
    stale = await office.tap("sekretaris", "Setujui", own)
    assert "sudah disetujui oleh Plt. Sekretaris" in stale.text
    landed = await office.card("kabag_umum", "Jadwalkan Rapat")
    assert f"D{MARK}." in landed.text

    await office["kabag_umum"].send("/riwayat")
    told = await office.says("kabag_umum", "dicatat oleh Tata Usaha (Wulan) berdasarkan lembar tertulis")
    assert "tanggal Senin, 2 Nov 2026" in told.text
    await office.tap("kabag_umum", "Lihat Berkas", await office.card("kabag_umum", "Jadwalkan Rapat"))
    await office.tap("kabag_umum", "Semua Berkas")
    await office.tap("kabag_umum", "Lembar keputusan langkah 7 · versi 1")
    sent = await office.says("kabag_umum", "Lembar keputusan langkah 7", "Tata Usaha (Wulan)")
    assert [item.name for item in sent.files] == ["lembar.pdf"]


async def test_nobody_else_is_offered_it_and_a_forged_press_is_refused(at_seven):
    office = at_seven
    phone = office["tata_usaha"]
    await phone.send("/status")
    status = await office.says(phone, "Pada Sekretaris Direktorat Jenderal")
    if not has(status, LABEL):
        await office.tap(phone, "Lainnya", status)
    data = (await office.card(phone, LABEL)).button(LABEL).data
    before = office.case
    for role in ("sekretaris", "kabag_umum", "analis_sdm", "admin", "unit_terkait"):
        await office[role].send("/status")
        await office.settled()
        newest = (await office[role].messages())[-1]
        assert not has(newest, LABEL)
        answer = await office[role].press_forged(newest.id, data)
        assert "kewenangan Tata Usaha" in answer.text
    assert office.case == before
