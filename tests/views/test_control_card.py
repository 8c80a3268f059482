"""*Kartu Kendali*: what an auditor reads on it, that all of it stays on its page, and that a case gives one file."""

import os
import subprocess
import sys
from datetime import UTC, timedelta
from hashlib import sha256
from io import BytesIO

import pikepdf
import pytest
import segno
import zxingcpp
from PIL import Image

from alur.evidence import checkpoint
from alur.views import limits
from alur.views.control_card import of_trail, picture
from alur.views.control_card.naming import spans
from tests import acts, notices
from tests.factories import (
    ADMIN,
    ANALIS,
    CALENDAR,
    KABAG,
    MEMO,
    OUTSIDER,
    SARI,
    SEKRETARIS,
    TU,
    Walk,
    a_reader,
    an_office,
    walked,
)
from tests.views.control_cards import (
    SIGNER,
    a_note,
    cells_of,
    filed,
    in_the_middle,
    monster,
    opened,
    pages_of,
    pdf_of,
    proof_of,
)

POINT = 3  # pixels
COLUMNS = (19, 96, 112, 66, 66, 66, 28, 46, 104)  # points, as the template has them; the last takes what is left
LEFT, RIGHT, TOP, BOTTOM = 42.5, 28.3, 28.3, 12.0  # points that stay white
INK = 150  # darker than every line and every fill


def rows(walk):
    return cells_of(walk)["rows"]


def row(walk, step, nth=0):
    return [item for item in rows(walk) if item["step"] == str(step)][nth]


# What it says


def test_a_case_that_was_just_opened_shows_the_whole_course_ahead():
    found = rows(opened())
    assert [item["step"] for item in found] == ["1", "1", "2", "3", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12"]
    first, *rest = found
    assert (first["desk"], first["decision"], first["colour"]) == (
        "Sekretaris Direktorat Jenderal (Hartono)",
        ["Belum diputuskan"],
        "current",
    )
    assert first["papers"] == ["Surat Kepala Biro SDM hal rekonsiliasi data IP ASN versi\u00a01"]
    assert {tuple(item["decision"]) for item in rest} == {("Belum sampai",)}
    assert [item["limit"] for item in rest] == ["1", "3", "1", "1", "1", "3", "1", "1", "1", "3", "1", "1", "1"]


def test_the_head_names_procedure_letter_opener_and_archive():
    found = cells_of(filed())
    assert found["procedure"].startswith("68.SOP/OT.03/SDL.4/2023 (Penyusunan Laporan Capaian Indeks Profesionalitas")
    assert found["letter"] == "Nomor B-1234/KP.05/SJP/2026 tanggal 30 Oktober 2026"
    assert found["opened"] == "Sen 2 Nov 2026, 09.00 oleh Tata Usaha (Wulan)"
    assert found["standing"] == "Selesai dan diarsipkan pada Sel 3 Nov 2026, 12.00"
    assert "Kode klasifikasi: OT.02" in found["archive"]
    assert "Lokasi simpan: Lemari A-4, Rak 2" in found["archive"]
    assert "Lokasi simpan diperbaiki terakhir oleh Tata Usaha (Wulan) pada Sel 3 Nov 2026, 13.00" in found["events"]


def test_a_plh_stands_with_his_order_and_a_decision_with_its_words():
    found = row(filed(), 1, 1)
    assert found["desk"] == "Plh. Kepala Bagian Umum (Dewi Lestari, Surat Perintah Nomor 12/SPt/2026)"
    assert (found["decision"], found["words"]) == (
        ["Didisposisikan"],
        "Mutakhirkan dan siapkan data capaian IP ASN",
    )
    assert (found["came"], found["due"], found["decided"]) == (
        ["Sen 2 Nov 2026", "10.00"],
        ["Sel 3 Nov 2026", "16.00"],
        ["Sen 2 Nov 2026", "11.00"],
    )
    assert (found["limit"], found["used"]) == ("1", ["0"])


def test_an_approval_names_what_it_made():
    assert row(filed(), 6)["papers"] == [
        "Konsep nota dinas laporan rapat internal versi\u00a01, menjadi nota dinas laporan rapat internal versi\u00a01",
        "Data awal capaian IP ASN versi\u00a01, menjadi data capaian IP ASN versi\u00a02",
    ]


def test_returns_stand_below_the_table_by_number_with_whom_when_whereto_why_and_what_was_attached():
    walk = in_the_middle()
    first, second = cells_of(walk)["returns"]
    assert first == {
        "number": "1",
        "head": "Rab 4 Nov 2026, 10.00, Plh. Kepala Bagian Umum (Dewi Lestari, Surat Perintah Nomor 12/SPt/2026) "
        "mengembalikan konsep nota dinas laporan rapat internal dari langkah 6 ke langkah 5",
        "reason": "Tabel per unit belum sesuai notula.",
        "more": ["Lampiran: catatan perbaikan.jpg"],
    }
    assert second["head"].endswith("dari langkah 7 ke langkah 6")
    assert row(walk, 6)["decision"] == ["Dikembalikan ke langkah 5 (catatan\u00a01)"]
    assert row(walk, 6)["words"] == ""
    assert row(walk, 5)["decision"] == ["Diajukan", "Tidak berlaku lagi (catatan\u00a01)"]
    assert row(walk, 5, 1)["again"] == "kali ke-2 karena catatan\u00a01"
    assert row(walk, 5, 1)["papers"][0] == "Konsep nota dinas laporan rapat internal versi\u00a02"


def test_a_decision_on_paper_says_who_recorded_it_and_keeps_its_sheet():
    found = row(in_the_middle(), 6, 1)
    assert found["desk"] == "Kepala Bagian Umum (Prof. Baskoro)"
    assert found["decided"] == ["Kam 12 Nov 2026"]
    assert found["decision"] == [
        "Disetujui",
        "Dicatat oleh Tata Usaha (Wulan) pada Kam 12 Nov 2026, 13.00 berdasarkan lembar tertulis tanggal Kam 12 Nov 2026",
        "Tidak berlaku lagi (catatan\u00a02)",
    ]
    assert found["papers"][-1] == "Lembar keputusan langkah 6 kali ke-2 versi\u00a01"


def test_a_return_on_paper_says_so_too():
    walk = walked(6)
    walk.record(signer=OUTSIDER, kind=acts.ReturnWork, reason="Belum sesuai notula.", documents=())
    (back,) = cells_of(walk)["returns"]
    assert back["head"].startswith("Sel 3 Nov 2026, Kepala Bagian Umum (Prof. Baskoro) mengembalikan")
    assert back["more"][0].startswith("Dicatat oleh Tata Usaha (Wulan) pada ")


def test_what_is_over_its_limit_is_said_in_words_and_not_by_colour_alone():
    walk = in_the_middle()
    found = row(walk, 6, 2)
    assert (found["colour"], found["is_late"], found["used"]) == ("overdue", True, ["8", "melewati batas waktu"])
    assert cells_of(walk)["standing"] == "Berjalan pada langkah 6, melewati batas waktu"


def test_granted_days_and_a_stretch_that_stood_still_are_said_where_they_are_counted_and_by_whom():
    walk = in_the_middle()
    found = row(walk, 5, 1)
    assert (found["limit"], found["used"], found["is_late"]) == ("3 + 2", ["6", "termasuk masa penundaan"], False)
    plh = "Plh. Kepala Bagian Umum (Dewi Lestari, Surat Perintah Nomor 12/SPt/2026)"
    assert cells_of(walk)["events"] == [
        f"Tambahan 2 hari kerja untuk langkah 5 dari {plh} pada Kam 5 Nov 2026, 11.00",
        (
            f"Proses ditunda oleh {plh} pada Kam 5 Nov 2026, 12.00 dan dilanjutkan oleh {plh} pada Kam 12 Nov 2026, 10.00:"
            " “Menunggu arahan pimpinan atas data unit yang belum masuk.”"
        ),
    ]


def test_days_that_were_granted_after_the_limit_explain_why_more_were_used_than_the_desk_had():
    walk = walked(2)
    walk.until(walk.task.due + timedelta(days=7)).hinder(ANALIS).grant(KABAG)
    walk.upload(ANALIS, "data_capaian").upload(ANALIS, "konsep_undangan").submit()
    found = row(walk, 2)
    assert (found["limit"], found["is_late"]) == ("3 + 2", False)
    assert found["used"] == ["9", "tambahan diberikan setelah batas waktu berakhir"]


def test_a_case_that_stands_still_is_called_off_or_opened_again_says_so():
    suspended = walked(6).suspend()
    assert cells_of(suspended)["standing"] == "Ditunda sejak Sel 3 Nov 2026, 02.00"
    assert row(suspended, 6)["decision"] == ["Belum diputuskan karena proses ditunda"]

    cancelled = walked(6).cancel()
    assert cells_of(cancelled)["standing"] == "Dibatalkan pada Sel 3 Nov 2026, 02.00"
    assert row(cancelled, 6)["decision"] == ["Dibatalkan bersama prosesnya"]
    assert row(cancelled, 6)["desk"] == "Kepala Bagian Umum"
    assert row(cancelled, 7)["decision"] == ["Tidak dijalankan"]
    assert cells_of(cancelled)["events"][-1].endswith("pada Sel 3 Nov 2026, 02.00: “Periode suratnya keliru.”")

    again = walked(99).reopen(6)
    (back,) = cells_of(again)["returns"]
    assert back["head"].endswith("Administrator (Eko) membuka kembali langkah 6 di luar alur SOP")
    assert row(again, 6)["decision"] == ["Disetujui", "Tidak berlaku lagi (catatan\u00a01)"]
    assert row(again, 6, 1)["again"] == "kali ke-2 karena catatan\u00a01"


def test_a_decision_that_is_held_back_is_not_shown_as_handed_on():
    walk = walked(6).holding(timedelta(minutes=5)).approve(KABAG)
    assert row(walk, 6)["decision"] == ["Disetujui", "Belum diteruskan dan dapat ditarik sampai pukul 02.05.00"]
    assert cells_of(walk)["standing"] == "Keputusan langkah 6 belum diteruskan"


def test_a_meeting_without_a_date_uses_no_day_and_says_why():
    walk = walked(8)
    walk.until(walk.at + timedelta(days=7))
    found = row(walk, 8)
    assert (found["used"], found["due"], found["colour"]) == (["menunggu jadwal rapat"], [], "waiting")


def test_what_was_brought_before_is_named_by_its_numbers():
    walk = walked(2)
    for number in range(4):
        walk.upload(ANALIS, "data_capaian", f"data {number}.xlsx")
    assert row(walk, 2)["papers"] == ["Data capaian IP ASN versi\u00a04 (sebelumnya versi\u00a01 s.d. 3)"]
    assert [spans(numbers) for numbers in ((1,), (1, 2), (4, 1, 2, 7))] == ["1", "1 s.d. 2", "1 s.d. 2, 4, dan 7"]


def test_what_took_a_documents_place_after_the_decision_is_not_told_as_coming_before_it():
    walk = walked(3, 1).schedule(ANALIS, 4).upload(ANALIS, "undangan", "pertama.docx").upload(ANALIS, "undangan")
    walk.submit().upload(ANALIS, "undangan", "kedua.docx").upload(ANALIS, "undangan", "ketiga.docx")
    assert row(walk, 3, 1)["papers"] == [
        "Undangan rapat versi\u00a02 (sebelumnya versi\u00a01, kemudian diganti versi\u00a03 s.d. 4)"
    ]


def test_a_signed_copy_and_what_comes_after_the_archive_are_named_below():
    walk = walked(99).upload(ANALIS, "nota_dinas_laporan", "nd bertanda tangan.pdf", signed=True)
    last = cells_of(walk)["events"][-1]
    assert last.startswith("Dokumen di luar langkah di atas: Nota dinas laporan capaian IP ASN bertanda tangan")
    assert last.endswith("(susulan)")


def test_every_standing_version_is_named_once_at_least():
    for make in (filed, in_the_middle):
        walk = make()
        found = cells_of(walk)
        said = " ".join((*(paper for item in found["rows"] for paper in item["papers"]), *found["events"])).lower()
        for item in walk.case.versions:
            if not item.withdrawn and item.sheet_of is None and item.unit is None:
                title = walk.sop.document(item.document).title.lower()
                assert f"{title} versi\u00a0{item.number}" in said, item


def test_a_procedure_with_desks_that_decide_together_and_ways_has_its_card():
    walk = Walk(sop=MEMO)
    ways = [item.to for item in MEMO.start.ways] if getattr(MEMO, "start", None) else []
    walk.open(way=ways[-1] if ways else None)
    assert pdf_of(walk).startswith(b"%PDF-")
    assert {item["step"] for item in rows(walk)} == {str(step.number) for step in MEMO.steps}


# How it looks


def ink(image, box):
    """Whether anything is written in that box of points."""
    scaled = tuple(round(side * POINT) for side in box)
    return image.crop(scaled).getextrema()[0] < INK


@pytest.mark.parametrize("make", [opened, in_the_middle, filed, lambda: monster(2)])
def test_nothing_leaves_the_page_or_its_column(make):
    pages = pages_of(make(), a_note(), ppi=72 * POINT)
    checked = 0
    for page in pages:
        width, height = page.width / POINT, page.height / POINT
        assert not ink(page, (0, 0, LEFT - 1, height))
        assert not ink(page, (width - RIGHT + 1, 0, width, height))
        assert not ink(page, (0, 0, width, TOP - 2))
        assert not ink(page, (0, height - BOTTOM, width, height))
        borders = [LEFT + sum(COLUMNS[:place]) for place in range(1, len(COLUMNS) + 1)]
        bytes_ = page.tobytes()
        for y in range(page.height):
            line = bytes_[y * page.width : (y + 1) * page.width]
            if all(INK < min(line[round(x * POINT) - 1 : round(x * POINT) + 2]) < 235 for x in borders):
                checked += 1
                for x in borders:
                    for side in (x - 2.2, x + 0.8):
                        strip = line[round(side * POINT) : round((side + 1.4) * POINT)]
                        assert min(strip) > INK, (x, y / POINT)
    assert checked > 200 * POINT


def test_the_straight_path_fits_on_one_page_and_all_of_it_is_an_archivable_pdf():
    made = pikepdf.open(BytesIO(pdf_of(filed(), a_note())))
    assert len(made.pages) == 1
    width, height = (float(made.pages[0].mediabox[place]) for place in (2, 3))
    assert (round(width), round(height)) == (842, 595)
    with made.open_metadata() as about:
        assert (about.pdfa_status, about["dc:title"]) == ("2B", "Kartu Kendali ip-asn-2026")


def test_the_head_of_the_table_stands_on_every_page_of_it():
    pages = pages_of(monster(12), ppi=72)
    assert len(pages) > 2
    heads = [page.crop((42, 28, 814, 44)) for page in pages[1:4]]
    assert heads[0].getextrema()[0] < INK
    assert len({item.tobytes() for item in heads}) == 1


def test_the_largest_case_is_bounded():
    walk = monster()
    assert len(walk.trail) > 190
    assert len(walk.case.versions) > 95
    content = pdf_of(walk, a_note())
    assert len(content) < 2_000_000
    assert len(pikepdf.open(BytesIO(content)).pages) < 80
    assert all(len(item["reason"]) <= 1000 for item in cells_of(walk)["returns"])


# Its evidence


def test_the_qr_is_the_whole_checkpoint_as_it_was_signed():
    note = a_note()
    (page,) = pages_of(filed(), note, ppi=300)
    (read,) = zxingcpp.read_barcodes(page)
    assert read.text == note
    assert checkpoint.read(read.text, SIGNER.verifier)[0].size == 412


def test_before_a_checkpoint_it_says_that_there_is_none():
    found = cells_of(opened())
    assert (found["entries"], found["checkpoint"]) == ("1", None)
    (page,) = pages_of(opened(), ppi=150)
    assert zxingcpp.read_barcodes(page) == []


def test_a_longer_note_is_still_one_code_that_a_phone_reads():
    note = a_note() + SIGNER.signed("x\n").split("\n\n")[1] * 3
    svg = picture(note)
    assert svg.startswith(b"<svg")
    made = BytesIO()
    segno.make_qr(note, error="m").save(made, kind="png", scale=6)
    assert zxingcpp.read_barcodes(Image.open(made))[0].text == note


# One case, one file

PROGRAM = """
import sys
from hashlib import sha256
from tests.views.control_cards import a_note, filed, in_the_middle, pdf_of
print(*(sha256(pdf_of(make(), a_note())).hexdigest() for make in (filed, in_the_middle)))
"""


def test_the_same_case_is_the_same_bytes_in_another_process_zone_and_order():
    here = " ".join(sha256(pdf_of(make(), a_note())).hexdigest() for make in (filed, in_the_middle))
    for seed, zone in (("1", "Asia/Jayapura"), ("77", "America/New_York")):
        other = subprocess.run(
            [sys.executable, "-c", PROGRAM],
            capture_output=True,
            check=True,
            text=True,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone},
        )
        assert other.stdout.strip() == here


def test_a_case_that_is_over_is_dated_by_its_own_last_entry_whenever_it_is_asked_for():
    walk = filed()
    proof = proof_of(walk, a_note())
    first = pdf_of(walk, a_note())
    walk.until(walk.at + timedelta(days=40))
    assert pdf_of(walk, a_note()) == first
    with pikepdf.open(BytesIO(first)) as made:
        assert f"D:{proof.last.astimezone(UTC):%Y%m%d%H%M%S}" in str(made.docinfo["/CreationDate"])


def test_it_is_made_of_the_entries_alone_and_then_names_of_an_open_task_the_post():
    over, running = filed(), in_the_middle()
    signed = over.trail[-1][0]
    assert of_trail(over.sop, over.trail, CALENDAR, note=a_note(), signed=signed) == pdf_of(over, a_note())
    running.office = an_office(people=())
    running.until(running.trail[-1][0])
    assert of_trail(running.sop, running.trail, CALENDAR) == pdf_of(running)
    assert row(running, 6, 2)["desk"] == "Kepala Bagian Umum"
    assert row(running, 6, 1)["desk"] == "Kepala Bagian Umum (Prof. Baskoro)"


def test_what_stands_at_a_desk_is_told_as_of_the_moment_of_asking():
    walk = walked(6)
    assert cells_of(walk)["as_of"] != cells_of(walk.until(walk.at + timedelta(days=3)))["as_of"]


# In the chat


def shown(walk, member, note=None):
    return notices.shown("control_card", {}, reader=a_reader(member), s=walk.s, case_id=7, proof=proof_of(walk, note))


@pytest.mark.parametrize("member", [SEKRETARIS, KABAG, ANALIS, TU, ADMIN])
def test_whoever_reads_the_case_whole_gets_it_as_a_pdf_with_a_short_caption(member):
    (file,) = shown(filed(), member, a_note())
    assert (file.file.name, file.file.mime, file.file.kind) == (
        "kartu-kendali-ip-asn-2026.pdf",
        "application/pdf",
        "document",
    )
    assert file.content.startswith(b"%PDF-")
    assert file.caption == (
        "<b>Kartu Kendali ip-asn-2026</b> · Laporan Capaian IP ASN 2026\n"
        "Keadaan per Selasa, 3 Nov 2026, 13.00 WIB · dengan kode QR titik periksa"
    )
    assert limits.length(file.caption) < limits.CAPTION


def test_a_guest_gets_none_though_one_was_asked_for():
    assert shown(filed(), SARI) is None


def test_its_caption_says_that_no_checkpoint_covers_it_yet():
    (file,) = shown(opened(), TU)
    assert file.caption.endswith("titik periksa belum ada")
