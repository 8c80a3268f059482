"""Files are taken for what they contain, whatever their names: at a desk, and where a form asks for one."""

import os
import signal

import pytest

from alur.storage.file_store import FileStore
from alur.workflow.file_kinds import named_kind
from bot import assembly
from tests.contents import samples
from tests.e2e.desk import MONDAY
from tests.papers import paper, photo

RECEIVED, REFUSED = "Berkas diterima", "belum dapat kami terima"
NUMBER = "B-1234/KP.05/SJP/2026"


async def injected(office, role, **message):
    """A message of a kind that the simulator's phones do not write."""
    sender, chat = {"is_bot": False, "first_name": "x"}, {"type": "private"}
    about = {"message_id": 900_000, "date": int(MONDAY.timestamp())}
    person = {"id": office[role].id}
    await office.telegram.inject({"message": {**about, "chat": chat | person, "from": sender | person, **message}})


@pytest.fixture
async def preparing(office):
    """The Analis is to bring the data and the draft of the invitation."""
    await office.walk_to(2)
    return office


@pytest.fixture
async def opening(office):
    """Tata Usaha has begun /mulai and is asked for the letter's number."""
    await office.begin()
    await office["tata_usaha"].send("/mulai")
    await office.tap("tata_usaha", "2026")
    await office.asked("tata_usaha")
    return office


async def asked_for_letter(office):
    await office.fill("tata_usaha", NUMBER, "30 Oktober 2026")
    return await office.asked("tata_usaha")


# At a desk


async def test_what_can_be_opened_is_taken_and_kept_byte_for_byte(preparing):
    rina, store = preparing["analis_sdm"], FileStore(preparing.settings.files_dir)
    for _, name, data in samples.TAKEN.values():
        before = len(preparing.case.versions)
        await rina.send_file(name, data, caption="Data capaian IP ASN")
        await preparing.until(lambda before=before: len(preparing.case.versions) > before, name)
        file = preparing.case.versions[-1].file
        assert file.name == name
        assert store.path(file.sha256).read_bytes() == data


async def test_what_cannot_be_opened_or_is_something_else_is_refused_with_the_way_out(preparing):
    rina, versions, said = preparing["analis_sdm"], len(preparing.case.versions), None
    for fault, _, name, data in samples.REFUSED.values():
        said = await rina.send_file(name, data, caption="Data capaian IP ASN")
        answer = await preparing.says(rina, REFUSED, after=said)
        assert ("kata sandi" in answer.text) == (fault == "password"), name
        assert "Mohon" in answer.text.partition("\n")[2] or "mohon" in answer.text.partition("\n")[2], answer.text
    assert len(preparing.case.versions) == versions
    assert preparing.refusals(of_office=True) == ["FileRefused"] * len(samples.REFUSED)


@pytest.mark.parametrize(
    ("step", "name", "sample", "words"),
    [
        (5, "Konsep nota dinas laporan rapat.docx", "locked word", "dilindungi kata sandi. Mohon mengirimnya tanpa kata sandi"),
        (5, "Data awal capaian.xlsx", "login page", "tampaknya halaman web, bukan XLSX"),
        (9, "Konsep nota dinas laporan.docx", "old word", "Word lama (DOC), bukan DOCX. Mohon menyimpannya sebagai DOCX"),
        (9, "Konsep nota dinas laporan.docx", "half a word", "rusak atau terpotong"),
        (12, "Nota dinas laporan capaian bertanda tangan.pdf", "jpg as pdf", "tampaknya JPG, bukan PDF"),
    ],
)  # fmt: skip
async def test_it_is_so_at_every_desk(office, step, name, sample, words):
    await office.walk_to(step)
    role, versions = "tata_usaha" if step == 12 else "analis_sdm", len(office.case.versions)
    await office[role].send_file(name, samples.REFUSED[sample][3])
    await office.says(role, REFUSED, words)
    assert len(office.case.versions) == versions


async def test_names_that_tell_no_kind_or_end_oddly_get_their_ending(preparing):
    rina, data = preparing["analis_sdm"], samples.workbook()
    names = ("Data capaian", "Data capaian.xlsx ", "Data capaian.xlsx.", "Data capaian.xlsx (1)", "Data capaian No. 12")
    for number, name in enumerate(names):
        await rina.send_file(name, samples.repacked(data, lambda _, part, n=number: part + b"\n" * n))
        await preparing.until(lambda n=number: len(preparing.case.versions) == 2 + n, name)
        assert named_kind(preparing.case.versions[-1].file.name) == "xlsx"
        assert preparing.case.versions[-1].document == "data_capaian"


async def test_a_file_without_a_name_is_known_by_its_content(preparing):
    sent = await preparing["analis_sdm"].send_file("x.exe", samples.workbook())
    await preparing.says("analis_sdm", "sebagai dokumen yang mana")
    document = {"file_id": sent.files[0].file_id, "file_unique_id": "u", "file_size": sent.files[0].size}
    await injected(preparing, "analis_sdm", document=document, caption="Data capaian IP ASN")
    await preparing.says("analis_sdm", RECEIVED, "Data capaian IP ASN")
    assert preparing.case.versions[-1].file.name.endswith(".xlsx")


# Where a letter is asked for


async def test_a_voice_note_is_no_letter(opening):
    await asked_for_letter(opening)
    await opening["tata_usaha"].send_voice(b"OggS")
    await opening.says("tata_usaha", "Pesan suara tidak dapat menjadi dokumen ini", "PDF atau foto")


@pytest.mark.parametrize("name", ["Surat.docx", "Surat.xlsx", "Surat.zip"])
async def test_a_file_that_is_no_paper_is_no_letter_and_the_form_goes_on(opening, name):
    prompt = await asked_for_letter(opening)
    await opening["tata_usaha"].send_file(name, paper(name), reply_to=prompt)
    await opening.says("tata_usaha", "Mohon mengirimnya sebagai PDF atau foto")
    prompt = await opening.asked("tata_usaha")  # the form has gone below what was said
    await opening["tata_usaha"].send_photo(photo(), reply_to=prompt)
    await opening.tap("tata_usaha", "Kirim")
    await opening.settled()
    assert opening.case.versions[0].file.mime == "image/jpeg"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("https://drive.google.com/file/d/1", "Mohon mengirim berkasnya, bukan tautan"),
        ("Suratnya di s.id/suratsdm", "bukan tautan"),
        ("menyusul", "Mohon mengirim berkasnya, bukan teks"),
    ],
)
async def test_words_are_no_letter(opening, text, words):
    prompt = await asked_for_letter(opening)
    await opening["tata_usaha"].send(text, reply_to=prompt)
    said = await opening.says("tata_usaha", words, "PDF atau foto")
    assert "terlalu pendek" not in said.text


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ({"audio": {"duration": 3, "file_name": "surat.mp3"}}, "misalnya PDF atau foto"),
        ({"video_note": {"duration": 3, "length": 240}}, "misalnya PDF atau foto"),
    ],
)
async def test_a_recording_is_no_letter(opening, message, words):
    await asked_for_letter(opening)
    ((kind, about),) = message.items()
    await injected(opening, "tata_usaha", **{kind: {"file_id": "f", "file_unique_id": "u", **about}})
    await opening.says("tata_usaha", REFUSED, words)


async def test_a_letter_that_comes_before_it_is_asked_for_is_kept_for_its_place(opening):
    clerk = opening["tata_usaha"]
    await clerk.send_file("Surat Biro SDM.pdf", paper("Surat Biro SDM.pdf"))
    await opening.says(clerk, "Surat Biro SDM", "kami simpan sebagai surat", "Mohon melanjutkan isiannya")
    await opening.fill(clerk, NUMBER, "30 Oktober 2026")
    await opening.tap(clerk, "Kirim")
    await opening.settled()
    assert opening.case.versions[0].file.name == "Surat Biro SDM.pdf"
    assert opening.refusals(of_office=True) == []


async def test_a_file_that_is_no_paper_is_not_kept_for_the_letter(opening):
    await opening["tata_usaha"].send_file("Surat Biro SDM.docx", paper("Surat Biro SDM.docx"))
    await opening.says("tata_usaha", "Mohon mengirimnya sebagai PDF atau foto")


# Where a reason is asked for


@pytest.fixture
async def returning(office):
    """The Kabag is asked for the reason of his return."""
    await office.walk_to(6)
    await office.tap("kabag_umum", "Kembalikan")
    await office.tap("kabag_umum", "Lanjut")
    await office.asked("kabag_umum")
    return office


@pytest.mark.parametrize("sample", ["heic", "webp"])
async def test_a_picture_that_phones_alone_show_is_asked_for_as_a_photo(returning, sample):
    _, _, name, data = samples.REFUSED[sample]
    await returning["kabag_umum"].send_file(name, data)
    await returning.says("kabag_umum", REFUSED, "Mohon mengirim gambar ini sebagai foto")


@pytest.mark.parametrize("sample", ["mp3", "m4a"])
async def test_a_recording_that_was_sent_as_a_file_is_asked_for_as_a_voice_note(returning, sample):
    _, _, name, data = samples.REFUSED[sample]
    await returning["kabag_umum"].send_file(name, data)
    await returning.says("kabag_umum", REFUSED, "merekam catatannya sebagai pesan suara")


@pytest.mark.parametrize("kind", ["audio", "video", "video_note"])
async def test_so_is_a_recording_of_another_kind(returning, kind):
    about = {"file_id": "f", "file_unique_id": "u", "duration": 3, "width": 2, "height": 2, "length": 2}
    await injected(returning, "kabag_umum", **{kind: about})
    await returning.says("kabag_umum", REFUSED, "merekam catatannya sebagai pesan suara")


async def test_a_voice_note_is_a_reason(returning):
    await returning["kabag_umum"].send_voice(b"OggS")
    await returning.tap("kabag_umum", "Kirim")
    await returning.settled()
    assert returning.task.step == 5


async def test_while_a_file_is_looked_into_everybody_else_is_answered(preparing):
    rina, looks = preparing["analis_sdm"], assembly.inspector()
    await rina.send_file("Konsep undangan.docx", paper("Konsep undangan.docx"))
    await preparing.says(rina, RECEIVED)
    os.kill(looks._process.pid, signal.SIGSTOP)
    try:
        sent = await rina.send_file("Data capaian.xlsx", paper("Data capaian.xlsx"))
        asked = await preparing["kabag_umum"].send("/bantuan")
        await preparing.says("kabag_umum", "Bantuan", after=asked)
    finally:
        os.kill(looks._process.pid, signal.SIGCONT)
    await preparing.says(rina, RECEIVED, "Data capaian IP ASN", after=sent)


@pytest.mark.parametrize("name", ["Nota dinas laporan rapat bertanda tangan.docx", "Nota dinas laporan rapat.jpg"])
async def test_a_signed_letter_that_is_no_pdf_is_asked_for_as_one(office, name):
    await office.walk_to(7)
    await office["analis_sdm"].send_file(name, paper(name))
    await office.says("analis_sdm", REFUSED, "Mohon mengirim dokumen yang sudah bertanda tangan sebagai PDF")


async def test_a_letter_before_a_case_is_opened_tells_how_one_is_opened(office):
    await office.begin()
    await office["tata_usaha"].send_file("Surat Biro SDM.pdf", paper("Surat Biro SDM.pdf"))
    await office.says("tata_usaha", "mohon membukanya dengan /mulai")
    await office["analis_sdm"].send_file("Surat Biro SDM.pdf", paper("Surat Biro SDM.pdf"))
    said = await office.says("analis_sdm", "/status")
    assert "/mulai" not in said.text


async def test_where_all_places_are_named_nothing_else_is_advised(preparing):
    await preparing["analis_sdm"].send_file("scan.pdf", paper("scan.pdf"))
    said = await preparing.says("analis_sdm", "sebagai dokumen yang mana")
    assert "balasan atas kartunya" not in said.text
