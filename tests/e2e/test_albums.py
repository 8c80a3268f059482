"""Two files sent together: each is taken, or asked about, once and for itself."""

import asyncio

from tests.e2e.desk import has
from tests.papers import paper, photo

RECEIVED = "Berkas diterima"
ASKED = "sebagai dokumen yang mana"


async def album(phone, *names, **options):
    """As a phone sends it: one message a file, together, with one id; the caption belongs to the first."""
    captions = [options.pop("caption", None), *[None] * (len(names) - 1)]
    return await asyncio.gather(
        *(
            phone.send_file(name, paper(name, name.encode()), media_group_id="77", caption=caption, **options)
            for name, caption in zip(names, captions, strict=True)
        )
    )


async def test_two_files_that_each_fit_one_document_are_both_taken_and_the_card_rings_once(any_office):
    office = any_office
    await office.walk_to(2)
    rina = office["analis_sdm"]
    first = await office.card(rina, "Ajukan")
    await album(rina, "Data capaian.xlsx", "Konsep undangan.docx")
    await office.settled()
    assert len(await office.saying(rina, RECEIVED)) == 2
    assert {item.document for item in office.case.versions} == {"surat_biro_sdm", "data_capaian", "konsep_undangan"}
    cards = [item for item in await rina.messages() if has(item, "Ajukan")]
    assert [item.id > first.id for item in cards] == [True]
    assert "Dokumen telah lengkap" in cards[0].text


async def test_two_files_that_could_be_either_are_asked_about_each_once_and_a_press_settles_only_its_own(office):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    await album(rina, "scan001.pdf", "scan002.pdf")
    await office.settled()
    questions = await office.saying(rina, ASKED)
    assert [[name for name in ("scan001.pdf", "scan002.pdf") if name in item.text] for item in questions] in (
        [["scan001.pdf"], ["scan002.pdf"]],
        [["scan002.pdf"], ["scan001.pdf"]],
    )
    one = next(item for item in questions if "scan001.pdf" in item.text)
    other = next(item for item in questions if "scan002.pdf" in item.text)
    await office.tap(rina, "Data capaian IP ASN", one)
    await office.settled()
    assert [(item.document, item.file.name) for item in office.case.versions[1:]] == [("data_capaian", "scan001.pdf")]
    assert (await office.tap(rina, "Data capaian IP ASN", one)).alert
    assert not (await office.tap(rina, "Konsep undangan rapat", other)).alert
    await office.settled()
    assert office.case.newest("data_capaian").file.name == "scan001.pdf"
    assert office.case.newest("konsep_undangan").file.name == "scan002.pdf"
    assert await office.saying(rina, ASKED) == []
    for question, name in (
        (one, "scan001.pdf"),
        (other, "scan002.pdf"),
    ):  # each has become its own receipt, and stays it
        said = await office.now(rina, question)
        assert ("Berkas diterima" in said.text, name in said.text, said.labels) == (True, True, ("Buka Kartu",))


async def test_the_same_document_chosen_for_both_is_a_second_version_and_is_told_so(office):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    await album(rina, "scan001.pdf", "scan002.pdf")
    await office.settled()
    for question in await office.saying(rina, ASKED):
        await office.tap(rina, "Data capaian IP ASN", question)
    await office.settled()
    assert [item.number for item in office.case.versions if item.document == "data_capaian"] == [1, 2]
    await office.says(rina, RECEIVED, "Data capaian IP ASN", "versi 2")


async def test_a_caption_names_the_file_that_it_stands_on_and_the_other_is_told_by_its_own_name(office):
    await office.walk_to(2)
    rina = office["analis_sdm"]
    await album(rina, "scan001.pdf", "Konsep undangan.docx", caption="Berikut data capaian")
    await office.settled()
    assert office.case.newest("data_capaian").file.name == "scan001.pdf"
    assert office.case.newest("konsep_undangan").file.name == "Konsep undangan.docx"
    assert await office.saying(rina, ASKED) == []


async def test_two_corrections_in_reply_to_a_card_are_each_placed_by_their_name(office):
    await office.walk_to(5)
    card = await office.card("analis_sdm", "Ajukan")
    await album(office["analis_sdm"], "Konsep nota dinas.docx", "Data awal.xlsx", reply_to=card)
    await office.settled()
    assert office.case.newest("konsep_nota_dinas_rapat").file.name == "Konsep nota dinas.docx"
    assert office.case.newest("data_awal").file.name == "Data awal.xlsx"


async def test_two_corrections_at_a_review_ring_the_card_and_leave_one_with_buttons(office):
    await office.walk_to(7)
    await office.tap("sekretaris", "Kembalikan")
    await office.tap("sekretaris", "Lanjut")
    await office.fill("sekretaris", "Tabel per unit belum sesuai.")
    await office.tap("sekretaris", "Kirim")
    kabag = office["kabag_umum"]
    before = await office.card(kabag, "Setujui")
    await album(kabag, "Konsep nota dinas.docx", "Data awal.xlsx")
    await office.settled()
    (card,) = [item for item in await kabag.messages() if has(item, "Setujui")]
    assert card.id > before.id
    copies = [item for item in await kabag.messages() if "kartu terbaru tersedia di bawah" in item.text]
    assert 1 <= len(copies) <= 2
    assert not (await office.tap(kabag, "Setujui", card)).alert


async def test_of_two_sheets_for_one_question_of_a_form_the_second_is_left_out_with_what_to_do(office):
    await office.walk_to(6)
    kabag = office["kabag_umum"]
    await office.tap(kabag, "Kembalikan")
    await office.tap(kabag, "Lanjut")
    await office.asked(kabag)
    await asyncio.gather(*(kabag.send_photo(photo(str(page)), media_group_id="9") for page in range(2)))
    await office.settled()
    (said,) = await office.saying(kabag, "menjadi satu PDF")
    form = await office.says(kabag, "Lampiran catatan: foto-")
    assert "Ubah" in form.labels
    left_out = said.text.partition("“")[2].partition("”")[0]
    assert left_out not in form.text
    await office.tap(kabag, "Kirim", form)
    await office.settled()
    assert len(await office.saying("analis_sdm", "Catatan perbaikan dari")) == 1
