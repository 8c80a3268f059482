"""Versions, as people read them on their phones: the same file again, a correction, a replacement, a draft taken back."""

from alur.services.cases.perform import perform
from tests import acts
from tests.e2e.desk import has
from tests.papers import paper

RECEIVED = "Berkas diterima"
KONSEP, DATA = "Konsep nota dinas rapat.docx", "Data awal.xlsx"


async def send(office, name, mark, role="analis_sdm", **options):
    await office[role].send_file(name, paper(name, mark), **options)
    await office.settled()


async def bring_the_drafts(office):
    """Step 5, as on a phone."""
    await office.walk_to(5)
    await send(office, KONSEP, b"1")
    await send(office, DATA, b"1")


async def submitted(office):
    await bring_the_drafts(office)
    await office.tap("analis_sdm", "Ajukan")
    await office.settled()


async def returned(office):
    await submitted(office)
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Lanjut")
    await office.fill("kabag_umum", "Tabel per unit belum sesuai notula.")
    await office.tap("kabag_umum", "Kirim")
    await office.settled()
    assert office.task.step == 5


async def test_the_same_file_is_said_to_be_there_and_makes_no_version(any_office):
    office = any_office
    await bring_the_drafts(office)
    await send(office, DATA, b"1")

    said = await office.says("analis_sdm", "Mohon maaf, Ibu", "sama dengan data awal capaian IP ASN versi 1")
    assert "atau menekan “Ajukan”" in said.text
    assert len(await office.saying("analis_sdm", RECEIVED)) == 2
    assert [item.number for item in office.case.versions if item.document == "data_awal"] == [1]
    assert office.refusals() == ["SameFile"]


async def test_after_a_return_the_same_file_is_no_correction_and_ajukan_asks_for_the_note(office):
    await returned(office)
    await send(office, DATA, b"1")
    await office.says("analis_sdm", "sama dengan data awal capaian IP ASN versi 1", "“Ajukan” dengan catatan")

    await office.tap("analis_sdm", "Ajukan")
    await office.says("analis_sdm", "Isi dokumen belum berubah sejak pengajuan sebelumnya")
    await office.fill("analis_sdm", "Tabel sudah sesuai notula.")
    await office.tap("analis_sdm", "Kirim")
    card = await office.card("kabag_umum", "Setujui")
    assert "Data awal capaian IP ASN · tidak berubah (versi 1)" in card.text
    assert "baru:" not in card.text
    assert office.task.step == 6


async def test_of_two_documents_the_corrected_one_is_named_to_the_next_desk(office):
    await returned(office)
    await send(office, DATA, b"2")
    await office.says(
        "analis_sdm", RECEIVED, "Dikembalikan dan belum diperbarui: konsep nota dinas laporan rapat internal"
    )
    await office.tap("analis_sdm", "Ajukan")

    card = await office.card("kabag_umum", "Setujui")
    assert "• Konsep nota dinas laporan rapat internal · tidak berubah (versi 1)" in card.text
    assert "• Data awal capaian IP ASN · baru: versi 2" in card.text
    await office.says("analis_sdm", "Pengajuan tercatat", "Data awal capaian IP ASN · baru: versi 2")


async def test_what_was_replaced_after_ajukan_stands_on_the_new_card(office):
    await submitted(office)
    await send(office, DATA, b"2")

    card = await office.card("kabag_umum", "Setujui")
    assert "Data awal capaian IP ASN telah diganti (versi 2)." in card.text


async def test_a_draft_that_was_taken_back_is_not_counted_for_the_next_desk(office):
    await office.walk_to(5)
    await send(office, DATA, b"1")
    await office.tap("analis_sdm", "Batalkan Berkas")
    await office.tap("analis_sdm", DATA)
    await office.tap("analis_sdm", "Ya, Batalkan")
    await office.settled()
    await send(office, DATA, b"2")
    await send(office, KONSEP, b"1")
    await office.tap("analis_sdm", "Ajukan")
    await office.card("kabag_umum", "Setujui")

    await office.settled()
    captions = [item.text for item in await office["kabag_umum"].messages() if item.text.startswith("Data awal")]
    assert captions == ["Data awal capaian IP ASN · versi 1"]


async def test_a_name_that_holds_two_titles_is_asked_about(office):
    await office.walk_to(2)
    name = "Konsep undangan dan Data capaian IP ASN.docx"
    await office["analis_sdm"].send_file(name, paper(name, b"1"))

    question = await office.card("analis_sdm", "Konsep undangan rapat")
    assert has(question, "Data capaian IP ASN")
    assert office.case.newest("konsep_undangan") is None
    await send(office, "Draft undangan.docx", b"2")
    await office.says("analis_sdm", RECEIVED, "Konsep undangan rapat")


async def test_a_new_invitation_in_the_form_is_another_one(office):
    await office.walk_to(4)
    sent = office.stored("undangan baru.pdf")
    upload = acts.Upload(by=office.members["analis_sdm"], document="undangan", file=sent)
    await send(office, "Undangan rapat.pdf", b"7")  # replaced after *Ajukan*: it was brought by the Analis
    assert office.case.newest("undangan").number == 2
    await office.tap("kabag_umum", "Ubah Jadwal")
    await office.fill("kabag_umum", "20-11-2026", "10.00", "Aula")
    prompt = await office.asked("kabag_umum")
    await send(office, "Undangan rapat.pdf", b"7", role="kabag_umum", reply_to=prompt)

    await office.says("kabag_umum", "sama dengan undangan rapat versi 2")
    assert office.transact(perform, office.record.id, upload).refusal is None


async def test_the_same_bytes_under_another_name_are_read_under_that_name(office):
    await office.walk_to(2)
    rina, same = office["analis_sdm"], paper("a.xlsx")
    await rina.send_file("Rekap capaian lama.xlsx", same)
    await office.says(rina, "Berkas diterima")
    await rina.send_file("Konsep undangan.xlsx", same)
    await office.says(rina, "Berkas diterima", "Konsep undangan")
    await office.settled()
    await office.tap(rina, "Ajukan")
    await office.card("kabag_umum", "Disposisikan")
    names = [item.files[0].name for item in await office["kabag_umum"].messages() if item.by_bot and item.files]
    assert names[-2:] == ["Rekap capaian lama.xlsx", "Konsep undangan.xlsx"]
