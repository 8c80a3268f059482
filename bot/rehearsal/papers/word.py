"""Drafts and minutes as Word documents, with the parts that an office expects of each; called by `papers`.

What a later version corrects is what the desk that returned the earlier one asked for.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from bot.rehearsal.papers.letterhead import DIRECTORATE, MINISTRY, SECRETARIAT

HEAD_OF_GENERAL_AFFAIRS = "Kepala Bagian Umum"
SECRETARY = "Sekretaris Direktorat Jenderal Ketenagalistrikan"
MEANS = (  # part, and its mean in each of the three versions of a report
    ("Kualifikasi", "17,84", "18,12", "18,12"),
    ("Kompetensi", "28,40", "29,06", "29,06"),
    ("Kinerja", "25,71", "25,71", "25,93"),
    ("Disiplin", "4,92", "4,92", "4,92"),
    ("Indeks", "76,87", "77,81", "78,03"),
)


def draft_invitation(version: int) -> bytes:
    return _invitation("KONSEP", number="(diisi di Nadine)", dated="November 2026", version=version)


def invitation(version: int) -> bytes:
    return _invitation("UNDANGAN", number="198.Und/KP.05/DLB/2026", dated="5 November 2026", version=version)


def minutes_of_reconciliation(version: int) -> bytes:
    return _minutes(
        "Rapat Internal Rekonsiliasi Data Capaian IP ASN",
        time="Selasa, 10 November 2026, pukul 09.30 s.d. 11.45 WIB",
        place="Ruang Rapat Bagian Umum, Lantai 4",
        participants=("Tim kepegawaian", "Direktorat Pembinaan Program", "Direktorat Teknik dan Lingkungan"),
        discussion=(
            "Data kualifikasi pendidikan pada Sipeg telah sesuai untuk seluruh unit.",
            "Data pengembangan kompetensi sebagian pegawai belum memuat sertifikat tahun berjalan.",
        ),
        decisions=(
            "Unit mengunggah sertifikat kompetensi pada Sipeg paling lambat 13 November 2026.",
            f"Tim kepegawaian menyusun data awal berdasarkan unggahan tersebut (notula ke-{version}).",
        ),
    )


def minutes_of_validation(version: int) -> bytes:
    return _minutes(
        "Rapat Validasi Data Capaian IP ASN dengan Biro SDM",
        time="Kamis, 19 November 2026, pukul 09.00 s.d. 11.00 WIB",
        place="Ruang Rapat Biro SDM",
        participants=("Biro SDM", "Bagian Umum", "Tim kepegawaian"),
        discussion=("Seluruh kelompok jabatan dibandingkan dengan pangkalan data kementerian; selisih nihil.",),
        decisions=(
            "Data capaian IP ASN Tahun 2026 dinyatakan valid.",
            f"Laporan disusun berdasarkan data hasil validasi (notula ke-{version}).",
        ),
    )


def report_on_meeting(version: int) -> bytes:
    corrections = (
        "Tabel berikut memuat rata-rata capaian seluruh unit sesuai notula.",
        "Tabel berikut memuat rata-rata capaian seluruh unit, telah disesuaikan dengan notula butir 2.",
        "Tabel berikut memuat rata-rata capaian seluruh unit; angka kinerja telah dikoreksi pada halaman 1.",
    )
    return _official_note(
        "Laporan Rapat Internal Rekonsiliasi Data Capaian IP ASN",
        opening="Menindaklanjuti disposisi Sekretaris Direktorat Jenderal atas surat Kepala Biro SDM, dengan hormat "
        "kami laporkan hasil rapat internal tanggal 10 November 2026.",
        content=corrections[min(version, 3) - 1],
        closing="Apabila Ibu berkenan, data tersebut akan kami sampaikan kepada Biro SDM untuk divalidasi.",
        version=version,
    )


def final_report(version: int) -> bytes:
    content = (
        "Data capaian telah divalidasi bersama Biro SDM pada 19 November 2026, dengan hasil sebagai berikut."
        if version == 1
        else "Data capaian telah divalidasi bersama Biro SDM pada 19 November 2026. Dibandingkan tahun 2025, indeks "
        "naik 2,4 poin, terutama pada kompetensi."
    )
    return _official_note(
        "Laporan Capaian Indeks Profesionalitas ASN Tahun 2026",
        opening="Bersama ini kami sampaikan Laporan Capaian Indeks Profesionalitas ASN Direktorat Jenderal "
        "Ketenagalistrikan Tahun 2026.",
        content=content,
        closing="Demikian kami laporkan. Mohon arahan Ibu lebih lanjut untuk peningkatan capaian IP ASN.",
        version=version,
    )


def _invitation(mark: str, *, number: str, dated: str, version: int) -> bytes:
    page = _Page()
    page.letterhead(mark if mark == "KONSEP" else None)
    page.pairs(
        ("Nomor", number),
        ("Sifat", "Biasa"),
        ("Lampiran", "Satu berkas"),
        ("Hal", "Undangan Rapat Internal Rekonsiliasi Data Capaian IP ASN"),
        ("Tanggal", dated),
        ("Yth.", "Para Kepala Unit Terkait di lingkungan Direktorat Jenderal Ketenagalistrikan"),
    )
    page.text("Dalam rangka rekonsiliasi dan klarifikasi data capaian IP ASN, kami mengundang Saudara pada:")
    page.pairs(
        ("Hari/tanggal", "Selasa, 10 November 2026"),
        ("Pukul", "09.30 WIB sampai dengan selesai"),
        ("Tempat", "Ruang Rapat Bagian Umum, Lantai 4"),
        ("Acara", "Rekonsiliasi dan klarifikasi data capaian IP ASN" + ("" if version == 1 else " tiap unit")),
        *([("Perbaikan", f"ke-{version - 1}")] if version > 2 else []),  # no two versions are the same file
    )
    page.text("Atas perhatian dan kehadiran Saudara, kami ucapkan terima kasih.")
    page.signature(HEAD_OF_GENERAL_AFFAIRS)
    return page.saved()


def _minutes(
    title: str,
    *,
    time: str,
    place: str,
    participants: Sequence[str],
    discussion: Sequence[str],
    decisions: Sequence[str],
) -> bytes:
    page = _Page()
    page.letterhead("NOTULA")
    page.pairs(
        ("Rapat", title),
        ("Hari/tanggal, pukul", time),
        ("Tempat", place),
        ("Pimpinan rapat", HEAD_OF_GENERAL_AFFAIRS),
        ("Notulis", "Analis SDM Aparatur"),
    )
    for heading, lines in (("Peserta", participants), ("Pembahasan", discussion), ("Keputusan", decisions)):
        page.text(heading, bold=True)
        page.numbered(lines)
    page.text("Daftar hadir", bold=True)
    page.table(("Unit", "Jumlah hadir", "Paraf"), [(unit, "2", "") for unit in participants])
    page.signature(HEAD_OF_GENERAL_AFFAIRS)
    return page.saved()


def _official_note(subject: str, *, opening: str, content: str, closing: str, version: int) -> bytes:
    page = _Page()
    page.letterhead("KONSEP NOTA DINAS")
    page.pairs(
        ("Nomor", "(diisi di Nadine)"),
        ("Yth.", SECRETARY),
        ("Dari", HEAD_OF_GENERAL_AFFAIRS),
        ("Hal", subject),
        ("Lampiran", "Satu berkas"),
        ("Tanggal", "November 2026"),
    )
    page.text(opening)
    page.text(content)
    page.table(("Unsur", "Rata-rata"), [(part, means[min(version, 3) - 1]) for part, *means in MEANS])
    page.text(closing)
    page.signature(HEAD_OF_GENERAL_AFFAIRS)
    return page.saved()


class _Page:
    """A document that grows from top to bottom."""

    def __init__(self) -> None:
        self._document = Document()
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = "Arial", Pt(11)

    def letterhead(self, title: str | None) -> None:
        for line in (MINISTRY, DIRECTORATE, SECRETARIAT):
            self._centred(self.text(line, bold=True))
        if title:
            self._centred(self.text(title, bold=True))

    def text(self, words: str, *, bold: bool = False) -> Paragraph:
        paragraph = self._document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(4)
        paragraph.add_run(words).bold = bold
        return paragraph

    def numbered(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._document.add_paragraph(line, style="List Number")

    def pairs(self, *pairs: tuple[str, str]) -> None:
        table = self._document.add_table(rows=0, cols=2)
        for name, value in pairs:
            cells = table.add_row().cells
            cells[0].text, cells[1].text = name, f": {value}"
            cells[0].width, cells[1].width = Cm(3.5), Cm(12.5)

    def table(self, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        table = self._document.add_table(rows=0, cols=len(headings), style="Table Grid")
        for row in (headings, *rows):
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words

    def signature(self, post: str) -> None:
        for line in (f"{post},", "", "", "(nama dan tanda tangan)"):
            self.text(line).alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def saved(self) -> bytes:
        out = BytesIO()
        self._document.save(out)
        return out.getvalue()

    @staticmethod
    def _centred(paragraph: Paragraph) -> None:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(0)
