"""*Perbaiki Isian*, *Tarik Pertanyaan*, *Tarik Tambahan Waktu*: pressed and typed as the people do it."""

from alur.services.cases.perform import perform
from tests.e2e.desk import has
from tests.papers import paper

WRONG, RIGHT = "B-1234/KP.05/SJP/2026", "B-4321/KP.05/SJP/2026"


async def correct(office, role, what, *, under=None):
    if under is None:
        await office[role].send("/status")
    await office.tap(role, "Perbaiki Isian", under)
    await office.tap(role, what)


async def test_a_letter_that_was_entered_wrong_is_put_right_on_every_open_card(any_office):
    office = any_office
    await office.walk_to(1)
    card = await office.card("sekretaris", "Disposisikan")
    assert WRONG in card.text
    await correct(office, "tata_usaha", "Nomor surat")
    assert f"Nomor surat, semula: {WRONG}" in (await office.asked("tata_usaha")).text
    await office.fill("tata_usaha", WRONG)
    assert "sama dengan yang sudah tercatat" in (await office.asked("tata_usaha")).text
    await office.fill("tata_usaha", f"Nomor: {RIGHT}")
    sent = await office.tap("tata_usaha", "Kirim")
    assert sent.text == "Terima kasih, Ibu. Perbaikan tercatat."
    await office.settled()
    now = await office.now("sekretaris", card)
    assert (RIGHT in now.text, WRONG in now.text, now.labels) == (True, False, card.labels)
    await office["analis_sdm"].send("/status")
    assert RIGHT in (await office.says("analis_sdm", "Surat Nomor")).text

    await correct(office, "tata_usaha", "Berkas surat (PDF)")
    await office["tata_usaha"].send_file("benar.pdf", paper("benar.pdf", b"%PDF-1.4 benar"))
    await office.tap("tata_usaha", "Kirim")
    await office.settled()
    again = await office.card("sekretaris", "Disposisikan")
    assert again.id > card.id
    assert any(file.name == "benar.pdf" for item in await office["sekretaris"].messages() for file in item.files)
    await office.tap("sekretaris", "Disposisikan", again)
    await office.tap("sekretaris", "Kirim")
    await office.settled()
    assert office.case.tasks[0].closing.decided == (2,)
    await office["tata_usaha"].send("/riwayat")
    told = (await office.says("tata_usaha", "Riwayat ip-asn-2026")).text
    assert f"memperbaiki nomor surat menjadi {RIGHT} (semula {WRONG})" in told
    assert "memperbaiki surat Kepala Biro SDM hal rekonsiliasi data IP ASN menjadi versi 2" in told


async def test_a_slip_in_the_archive_reaches_everybody_once_as_a_ralat(office):
    await office.walk_to(12)
    (act,) = office.transact(office._move, office.case, office.task)
    office.transact(lambda work: perform(work, office.record.id, act))
    await office.settled()
    report = await office.card("tata_usaha", "Perbaiki Isian")
    await correct(office, "tata_usaha", "Lokasi simpan", under=report)
    await office.fill("tata_usaha", "Lemari A-4")
    await office.tap("tata_usaha", "Kirim")
    for role in ("sekretaris", "kabag_umum", "analis_sdm", "tata_usaha"):
        (ralat,) = await office.saying(role, "RALAT")
        assert "Lokasi simpan: semula 17, menjadi Lemari A-4" in ralat.text
    assert await office.saying("unit_terkait", "RALAT") == []
    assert "lokasi simpan Lemari A-4" in (await office.now("tata_usaha", report)).text
    await office["kabag_umum"].send("/riwayat")
    told = (await office.says("kabag_umum", "Riwayat ip-asn-2026")).text
    assert "memperbaiki data arsip: lokasi simpan menjadi Lemari A-4 (semula 17)" in told


async def test_a_question_to_the_wrong_desk_and_days_too_many_are_taken_back(office):
    await office.walk_to(5)
    await office.tap("analis_sdm", "Tanya")
    await office.tap("analis_sdm", "Tata Usaha")
    await office.fill("analis_sdm", "Sumber datanya?")
    await office.tap("analis_sdm", "Kirim")
    question = await office.card("tata_usaha", "Jawab")
    withdrawn = await office.tap("analis_sdm", "Tarik Pertanyaan")
    assert "Pertanyaan ditarik" in withdrawn.text
    await office.settled()
    now = await office.now("tata_usaha", question)
    assert "telah ditarik kembali" in now.text
    assert not has(now, "Jawab")
    late = await office.tap("tata_usaha", "Jawab", question)
    assert "sudah ditarik oleh Analis SDM Aparatur (Rina)" in late.text

    await office.tap("analis_sdm", "Ada Kendala")
    await office.fill("analis_sdm", "Data belum masuk.")

    await office.tap("analis_sdm", "Kirim")
    due = office.task.due
    await office.tap("kabag_umum", "3 hari kerja")
    assert office.task.due > due
    told = await office.card("kabag_umum", "Tarik Tambahan Waktu")
    await office.tap("kabag_umum", "Tarik Tambahan Waktu", told)
    assert office.task.due == due
    assert len(await office.saying("analis_sdm", "ditarik kembali oleh")) == 1
    assert has(await office.now("kabag_umum", told), "1 hari kerja")
