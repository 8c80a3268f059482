"""What is filed of a case, on the phone of whoever files it: the form with last year's answers, and the list as a workbook."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from alur.services.cases.perform import perform
from alur.storage import cases
from alur.storage.sop_files import Procedure, content_hash
from alur.workflow.case import ArchiveFields
from alur.workflow.sop import Filing
from bot import wiring
from tests.factories import SOP

ASKING = SOP.model_copy(update={"archive": Filing(asks=("active", "inactive", "fate"))})
LAST_YEAR = ArchiveFields(
    letter_number="8.ND/2025",
    classification="OT.02",
    file_number="17",
    location="Rak 3, Boks 11",
    description="Nota dinas 2025",
    span="2025",
    quantity="7 dokumen",
    unit="Bagian Umum",
    stage="Asli",
    security="Rahasia",
    active="2 tahun",
    inactive="3 tahun",
    fate="Musnah",
)


def filed_before(work):
    """Last year's case, as far as it matters here."""
    (record,) = cases.all_(work.session)
    of_last_year = {
        "code": "ip-asn-2025",
        "period": "2025",
        "archive": LAST_YEAR,
        "finished_at": record.case.opened_at,
    }
    of_nothing = dict.fromkeys(("tasks", "rounds", "versions", "meetings"), ())
    cases.create(work.session, record.case.model_copy(update=of_last_year | of_nothing))


def kept(office):
    with office.database.read() as session:
        return cases.by_code(session, "ip-asn-2026").case.archive


async def asked_for(office, role):
    """The list that comes for a press under /berkas: its caption and its rows."""
    await office[role].send("/berkas")
    answer = await office.tap(role, "Daftar Isi Berkas", await office.says(role, "Berkas ip-asn-2026"))
    assert answer.text == "Yang diminta kami sampaikan di bawah."
    await office.settled()
    named = [item for item in await office[role].messages() if item.by_bot and "Daftar isi berkas" in item.text]
    message = named[-1]
    assert message.files[0].name == "daftar-isi-berkas-ip-asn-2026.xlsx"
    content = await message.download()
    sheet = load_workbook(BytesIO(content)).active
    head, *rows = sheet.iter_rows(min_row=6, values_only=True)
    return message.text, [dict(zip(head, row, strict=True)) for row in rows], content


async def test_it_comes_at_any_time_as_a_workbook_and_the_same_case_brings_the_same_bytes(any_office):
    office = any_office
    await office.walk_to(6)
    caption, rows, before = await asked_for(office, "tata_usaha")
    assert caption.splitlines()[0] == "Daftar isi berkas ip-asn-2026 · Laporan Capaian IP ASN 2026"
    assert caption.splitlines()[1].endswith("belum diarsipkan")
    assert rows[0]["Nomor naskah"] == "B-1234/KP.05/SJP/2026"
    count = len(office.trail())
    assert (await asked_for(office, "kabag_umum"))[2] == before
    assert len(office.trail()) == count  # reading leaves no entry

    await office.walk_to(12)
    clerk = office["tata_usaha"]
    await office.tap(clerk, "Sudah Diarsipkan")
    await office.fill(clerk, "Menyusul.", "123456789012345678", "OT.02", "17", "Ruang Arsip, Rak 3, Boks 12")
    await office.tap(clerk, "Kirim")
    await office.settled()
    caption, rows, _ = await asked_for(office, "tata_usaha")
    assert "nomor berkas 17 · lokasi simpan Ruang Arsip, Rak 3, Boks 12" in caption
    assert f"{len(rows) - 1} dokumen" in caption
    assert {row["Lokasi: boks"] for row in rows[:-1]} == {"Boks 12"}
    assert "123456789012345678" in {row["Nomor naskah"] for row in rows}


async def test_guests_have_no_button_for_it(office):
    await office.walk_to(4)
    await office["unit_terkait"].send("/berkas")
    assert "Daftar Isi Berkas" not in (await office.says("unit_terkait", "Berkas ip-asn-2026")).labels


async def test_what_was_entered_last_year_is_filled_in_and_may_be_changed_by_taps(any_office):
    office = any_office
    await office.walk_to(12)
    office.transact(filed_before)
    clerk = office["tata_usaha"]
    await office.tap(clerk, "Sudah Diarsipkan")
    await office.fill(clerk, "Menyusul.", "9.ND/2026")
    await office.tap(clerk, "OT.02")
    await office.fill(clerk, "18")
    await office.tap(clerk, "Rak 3, Boks 11")
    summary = await office.card(clerk, "Kirim")
    for said in (
        "Unit pengolah: Bagian Umum",
        "Klasifikasi keamanan: Rahasia",
        "JRA aktif: 2 tahun",
        "JRA inaktif: 3 tahun",
        "Nasib akhir: Musnah",
    ):
        assert said in summary.text
    await office.tap(clerk, "Ubah", summary)
    await office.tap(clerk, "Nasib akhir: Musnah")
    assert (await office.card(clerk, "Dinilai kembali")).labels[:3] == ("Musnah", "Permanen", "Dinilai kembali")
    await office.tap(clerk, "Dinilai kembali")
    await office.tap(clerk, "Ubah")
    await office.tap(clerk, "Klasifikasi keamanan: Rahasia")
    await office.tap(clerk, "Sangat Rahasia")
    await office.tap(clerk, "Kirim")
    await office.settled()
    found = kept(office)
    assert (found.unit, found.active, found.inactive) == ("Bagian Umum", "2 tahun", "3 tahun")
    assert (found.fate, found.security) == ("Dinilai kembali", "Sangat Rahasia")


@pytest.fixture
def asking(monkeypatch):
    """The office's procedure asks for the retention schedule too."""
    ready = (Procedure(sop=ASKING, hash=content_hash(ASKING)),)
    monkeypatch.setattr(wiring, "procedures", lambda _settings: ready)


async def test_what_the_procedure_wants_is_asked_after_the_four_with_last_years_answer_to_tap(asking, any_office):
    office = any_office
    await office.walk_to(12)
    office.transact(filed_before)
    clerk = office["tata_usaha"]
    await office.tap(clerk, "Sudah Diarsipkan")
    await office.fill(clerk, "Menyusul.", "9.ND/2026")
    await office.tap(clerk, "OT.02")
    await office.fill(clerk, "18")
    await office.tap(clerk, "Rak 3, Boks 11")
    assert (await office.says(clerk, "jangka waktu aktif (JRA) berikut")).labels == ("2 tahun", "Lain…", "Batal")
    await office.tap(clerk, "2 tahun")
    await office.fill(clerk, "5 tahun")  # typed at once, in the place of last year's
    await office.tap(clerk, "Permanen", await office.says(clerk, "Mohon memilih nasib akhir arsip."))
    await office.tap(clerk, "Kirim")
    await office.settled()
    found = kept(office)
    assert (found.active, found.inactive, found.fate) == ("2 tahun", "5 tahun", "Permanen")


async def test_what_was_filed_wrong_is_put_right_and_told_as_a_ralat(office):
    await office.walk_to(12)
    (act,) = office.transact(office._move, office.case, office.task)
    office.transact(perform, office.record.id, act)
    await office.settled()
    report = await office.card("tata_usaha", "Perbaiki Isian")
    await office.tap("tata_usaha", "Perbaiki Isian", report)
    await office.tap("tata_usaha", "JRA aktif")
    await office.fill("tata_usaha", "2 tahun")
    await office.tap("tata_usaha", "Kirim")
    await office.settled()
    assert kept(office).active == "2 tahun"
    told = await office.says("sekretaris", "RALAT")
    assert "JRA aktif" in told.text
    await office["tata_usaha"].send("/riwayat")
    assert "JRA aktif" in (await office.says("tata_usaha", "Riwayat ip-asn-2026")).text
    assert {row["JRA aktif"] for row in (await asked_for(office, "tata_usaha"))[1]} == {"2 tahun"}
