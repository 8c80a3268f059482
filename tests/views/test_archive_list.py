"""*Daftar isi berkas* as it is opened: read back by openpyxl, of cases as they are and as they could be at worst."""

import os
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from alur.views import archive_list
from alur.views.environment import vocabulary
from alur.workflow.case import ArchiveFields
from tests.factories import ANALIS, SOP, TU, WIB, a_file, walked

HEAD = {
    "Nomor berkas",
    "Kode klasifikasi",
    "Unit pengolah",
    "Uraian berkas",
    "Nomor item",
    "Nomor naskah",
    "Uraian item",
    "Tanggal / kurun waktu",
    "Jumlah",
    "Tingkat perkembangan",
    "Lokasi: ruang",
    "Lokasi: rak",
    "Lokasi: boks",
    "Lokasi: folder",
    "Keterangan",
    "Klasifikasi keamanan",
    "JRA aktif",
    "JRA inaktif",
    "Nasib akhir",
}
FILED = {
    "letter_number": "123456789012345678",
    "classification": "OT.02",
    "file_number": "017",
    "location": "Ruang Arsip, Rak 3, Boks 12, Folder 4",
    "security": "Sangat Rahasia",
    "active": "2 tahun",
    "inactive": "3 tahun",
    "fate": "Dinilai kembali",
}
HOSTILE = '=HYPERLINK("http://x";"<&#[\\\\\x00\ud800 _x0041_ \uffff😀")'
LONG = "Nota dinas " * 30  # more than 300 characters


def archived(**fields):
    walk = walked(12).nadine(ANALIS, "nota_dinas_laporan", FILED["letter_number"]).archive()
    return walk.case.model_copy(update={"archive": walk.case.archive.model_copy(update=FILED | fields)})


def opened(case, sop=SOP):
    return load_workbook(BytesIO(archive_list.content_of(sop, case, WIB))).active


def rows(sheet):
    head = [cell.value for cell in sheet[archive_list.HEAD_ROW]]
    below = sheet.iter_rows(min_row=archive_list.HEAD_ROW + 1, values_only=True)
    return [dict(zip(head, row, strict=True)) for row in below]


def test_each_paper_is_a_row_with_all_that_a_register_asks():
    found = rows(opened(archived()))
    assert set(found[0]) == HEAD
    assert [row["Nomor item"] for row in found] == list(range(1, len(found) + 1))
    letter, *_, report, data, drafts = found
    assert letter == {
        "Nomor berkas": "017",
        "Kode klasifikasi": "OT.02",
        "Unit pengolah": "Sekretariat Direktorat Jenderal Ketenagalistrikan",
        "Uraian berkas": "Nota dinas laporan capaian IP ASN 2026",
        "Nomor item": 1,
        "Nomor naskah": "B-1234/KP.05/SJP/2026",
        "Uraian item": "Surat Kepala Biro SDM hal rekonsiliasi data IP ASN",
        "Tanggal / kurun waktu": letter["Tanggal / kurun waktu"],
        "Jumlah": 1,
        "Tingkat perkembangan": "Asli",
        "Lokasi: ruang": "Ruang Arsip",
        "Lokasi: rak": "Rak 3",
        "Lokasi: boks": "Boks 12",
        "Lokasi: folder": "Folder 4",
        "Keterangan": None,
        "Klasifikasi keamanan": "Sangat Rahasia",
        "JRA aktif": "2 tahun",
        "JRA inaktif": "3 tahun",
        "Nasib akhir": "Dinilai kembali",
    }
    assert letter["Tanggal / kurun waktu"].date() == date(2026, 10, 30)
    assert report["Uraian item"] == "Nota dinas laporan capaian IP ASN"
    assert report["Nomor naskah"] == "123456789012345678"
    assert report["Keterangan"] == "Tanpa dokumen bertanda tangan; alasan: Nomor menyusul dari Nadine."
    assert data["Uraian item"] == "Data Direktorat Teknik"
    assert drafts["Uraian item"] == "Konsep dan versi terdahulu dari dokumen di atas"
    assert (drafts["Keterangan"], drafts["Lokasi: rak"]) == ("Disimpan secara elektronik", None)


def test_the_head_says_what_it_is_of_and_whether_it_is_filed():
    above = [row[0] for row in opened(archived()).iter_rows(max_row=4, max_col=1, values_only=True)]
    assert above[0] == "DAFTAR ISI BERKAS"
    assert "ip-asn-2026" in above[1]
    assert above[3] == "Lokasi simpan: Ruang Arsip, Rak 3, Boks 12, Folder 4"
    before = [row[0] for row in opened(walked(6).case).iter_rows(max_row=4, max_col=1, values_only=True)]
    assert before[3].startswith("Belum diarsipkan")


def test_it_prints_across_on_a4_with_its_head_on_each_page():
    sheet = opened(archived())
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    head = archive_list.HEAD_ROW
    assert (sheet.print_title_rows, sheet.freeze_panes) == (f"${head}:${head}", f"A{head + 1}")
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows(min_row=head) for cell in row)
    assert all(sheet.row_dimensions[row].height > 13 for row in range(head, sheet.max_row + 1))


@pytest.mark.parametrize("step", [1, 2, 6, 12, 13])
def test_of_its_trail_alone_it_is_the_same_bytes(step):
    walk = walked(step)
    assert archive_list.of_trail(SOP, walk.trail, walk.office.calendar) == archive_list.content_of(SOP, walk.case, WIB)


def test_it_is_the_same_bytes_in_any_process_zone_and_umask():
    program = (
        "import os, sys; os.umask(int(sys.argv[1]));"
        "from tests.factories import SOP, WIB, walked; from alur.views import archive_list; from hashlib import sha256;"
        "print(sha256(archive_list.content_of(SOP, walked(13).case, WIB)).hexdigest())"
    )
    settings_of = [("0", "UTC", "18"), ("5", "America/New_York", "63")]
    found = {
        subprocess.run(
            [sys.executable, "-c", program, umask],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone, umask in settings_of
    }
    assert len(found) == 1


def test_a_case_that_moves_has_another_list():
    walk = walked(12).archive()
    before = archive_list.content_of(SOP, walk.case, WIB)
    walk.correct(TU, "archive.active", "5 tahun")
    assert archive_list.content_of(SOP, walk.case, WIB) != before


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=25)
@given(st.lists(st.sampled_from(["", HOSTILE, LONG, "18", "=1+1", "-"]), min_size=13, max_size=13))
def test_whatever_was_entered_is_text_and_can_be_opened(texts):
    names = [name for name in ArchiveFields.model_fields if name not in ("security", "stage", "fate")]
    sheet = opened(archived(**dict(zip(names, texts, strict=False))))
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert cell.value is None or not isinstance(cell.value, str) or cell.data_type in ("s", "inlineStr")


def test_a_hundred_versions_with_the_longest_names_are_still_a_list():
    case = archived(description=LONG, location=LONG)
    more = tuple(
        case.versions[0].model_copy(
            update={
                "id": len(case.versions) + number,
                "document": "unit_file",
                "step": 3,
                "unit": f"{HOSTILE} {number} {LONG}",
                "file": a_file(f"{number}.pdf"),
            }
        )
        for number in range(1, 101)
    )
    content = archive_list.content_of(SOP, case.model_copy(update={"versions": (*case.versions, *more)}), WIB)
    found = rows(load_workbook(BytesIO(content)).active)
    assert len(found) > 100
    assert len(content) < 400_000


def test_each_column_and_remark_has_its_words():
    assert list(vocabulary("archive_columns")) == list(archive_list.COLUMNS)
    remarks = {remark.value for remark in archive_list.Remark}
    assert set(vocabulary("archive_remarks")) == remarks | {"reason", "retention"}
