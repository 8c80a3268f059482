"""The papers of the case, made on the spot: real files with made-up content and no real person's data.

Scripts ask for them by the id of the document in the SOP. Another `version` differs in its words or figures, hence in
its bytes; the same arguments give the same file within one process.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from bot.rehearsal.papers import excel, pdf, word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
PNG = "image/png"

LETTER_NUMBER = "1187/KP.05/SJP/2026"  # of Biro SDM's letter, and what is typed for it
LETTER_DATE, LETTER_DAY = "30 Oktober 2026", "30-10-2026"  # as it is printed, and as it is typed
FIRST_NUMBER = "214.ND/KP.05/DLB/2026"  # what Nadine gave to the report on the meeting
SIGNER = "Kepala Bagian Umum (contoh)"  # as the certificate of both reports has it
LAST_NUMBER = "231.ND/KP.05/DLB/2026"  # and to the last report


@dataclass(frozen=True, kw_only=True)
class Paper:
    name: str
    data: bytes
    mime: str

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def _docx(stem: str, write: Callable[[int], bytes]) -> Callable[[int], Paper]:
    return lambda version: Paper(name=_name(stem, version, "docx"), data=write(version), mime=DOCX)


def _xlsx(stem: str, title: str, *, improved: int) -> Callable[[int], Paper]:
    """`improved` is how far the figures have come since the first data: later data are more complete."""
    return lambda version: Paper(
        name=_name(stem, version, "xlsx"), data=excel.index_by_unit(title, rounds=improved + version), mime=XLSX
    )


def _pdf(stem: str, source: str) -> Callable[[int], Paper]:
    return lambda version: Paper(name=_name(stem, version, "pdf"), data=pdf.printed(source), mime=PDF)


def _signed(stem: str, source: str) -> Callable[[int], Paper]:
    def made(version: int) -> Paper:
        from bot.rehearsal.papers import signing  # noqa: PLC0415 - it takes half a second, and the first days need none

        return Paper(name=_name(stem, version, "pdf"), data=signing.signed(pdf.printed(source), SIGNER), mime=PDF)

    return made


MAKERS: dict[str, Callable[[int], Paper]] = {
    "surat_biro_sdm": _pdf("Surat Kepala Biro SDM", pdf.letter(number=LETTER_NUMBER, dated=LETTER_DATE)),
    "data_capaian": _xlsx("Data capaian IP ASN 2026", "Data Capaian IP ASN Tahun 2026", improved=0),
    "konsep_undangan": _docx("Konsep undangan rapat", word.draft_invitation),
    "undangan": _docx("Undangan rapat", word.invitation),
    "notula_rekonsiliasi": _docx("Notula rapat rekonsiliasi", word.minutes_of_reconciliation),
    "pemutakhiran_data": _xlsx("Pemutakhiran data capaian", "Pemutakhiran Data Capaian IP ASN 2026", improved=2),
    "konsep_nota_dinas_rapat": _docx("Konsep nota dinas laporan rapat", word.report_on_meeting),
    "data_awal": _xlsx("Data awal capaian", "Data Awal Capaian IP ASN Tahun 2026", improved=3),
    "nota_dinas_rapat": _signed(
        "Nota dinas laporan rapat - TTE",
        pdf.signed_report(number=FIRST_NUMBER, about="Laporan Rapat Internal Rekonsiliasi Data Capaian IP ASN"),
    ),
    "undangan_validasi": _pdf("Undangan validasi Biro SDM", pdf.invitation_to_validation()),
    "notula_validasi": _docx("Notula rapat validasi", word.minutes_of_validation),
    "data_validasi": _xlsx("Data capaian hasil validasi", "Data Capaian IP ASN Hasil Validasi", improved=5),
    "konsep_nota_dinas_laporan": _docx("Konsep nota dinas laporan", word.final_report),
    "nota_dinas_laporan": _signed(
        "Nota dinas laporan capaian - TTE",
        pdf.signed_report(number=LAST_NUMBER, about="Laporan Capaian Indeks Profesionalitas ASN Tahun 2026"),
    ),
}


def paper(document: str, *, version: int = 1) -> Paper:
    """A file for the SOP's document; KeyError where the SOP has none of that id."""
    return _paper(document, version)


@cache
def _paper(document: str, version: int) -> Paper:
    # By position alone: for a cache `paper(x)` and `paper(x, version=1)` are two, and a ZIP holds the second it was made in.
    return MAKERS[document](version)


@cache
def letter(number: str, dated: str) -> Paper:
    """A letter of Biro SDM of another day, such as "5 Oktober 2026"."""
    return Paper(name="Surat Kepala Biro SDM.pdf", data=pdf.printed(pdf.letter(number=number, dated=dated)), mime=PDF)


@cache
def unit_data(unit: str) -> Paper:
    """What one unit alone receives with its invitation."""
    return Paper(name=f"Data {unit}.xlsx", data=excel.index_of_unit(unit), mime=XLSX)


@cache
def corrected_page() -> Paper:
    """A photo of a page with corrections written on it."""
    return Paper(name="koreksi.png", data=pdf.photo_of_corrections(), mime=PNG)


def any_paper(title: str, *, of: str) -> Paper:
    """A page that bears the title of a document of any SOP, and is named by it."""
    return Paper(name=f"{title.replace('/', '-')}.pdf", data=pdf.printed(pdf.titled(title, of)), mime=PDF)


def program() -> Paper:
    """What nobody should send to an office."""
    return Paper(name="Pemutakhiran Sipeg.exe", data=b"MZ" + bytes(510), mime="application/x-msdownload")


def _name(stem: str, version: int, suffix: str) -> str:
    return f"{stem}{f' rev{version}' if version > 1 else ''}.{suffix}"
