"""Printed papers, set with Typst: letters as PDF, and a photo of a page that somebody wrote on; called by `papers`.

Only Typst's own fonts are used, so that a machine without any looks the same.
"""

import json
from functools import cache
from typing import Literal

import typst

from bot.rehearsal.papers.letterhead import DIRECTORATE, MINISTRY

PAGE = """
#set document(date: none)
#set page(paper: "a4", margin: (x: 2.4cm, y: 2cm))
#set text(size: 11pt, lang: "id")
#set par(justify: true)
"""
LETTERHEAD = """
#align(center)[#text(12pt, weight: "bold")[{ministry}] \\ #text(weight: "bold")[{office}]]
#line(length: 100%, stroke: 1.2pt)
"""
PAIRS = "#grid(columns: (2.8cm, 1fr), row-gutter: 6pt, {cells})\n"
SIGNED = """
#v(0.8cm)
#align(right)[#box(stroke: 0.6pt, inset: 8pt)[
  {post}, \\ #text(9pt)[Ditandatangani secara elektronik \\ (contoh untuk peragaan, bukan sertifikat)]]]
"""
PHOTO_PPI = 60  # points an inch: a phone's photo in small


@cache
def _compiler() -> typst.Compiler:
    """One compiler for all pages: reading its fonts takes longer than setting a page."""
    return typst.Compiler(ignore_system_fonts=True)


def printed(source: str) -> bytes:
    return _compiled(source, "pdf")


def titled(title: str, of: str) -> str:
    """A page with nothing but what it is."""
    words = f"{title} · {of} · contoh untuk peragaan"
    return PAGE + "".join(f"#text({json.dumps(part, ensure_ascii=False)})\n\n" for part in words.split(" · "))


def letter(*, number: str, dated: str) -> str:
    """Biro SDM's letter, with which the case begins."""
    return (
        _head("SEKRETARIAT JENDERAL · BIRO SUMBER DAYA MANUSIA")
        + _pairs(
            ("Nomor", number),
            ("Sifat", "Segera"),
            ("Lampiran", "-"),
            ("Hal", "Rekonsiliasi Data IP ASN"),
            ("Tanggal", dated),
            ("Yth.", "Sekretaris Direktorat Jenderal Ketenagalistrikan"),
        )
        + "\nDalam rangka pengukuran Indeks Profesionalitas ASN Tahun 2026, kami mohon bantuan Saudara untuk melakukan "
        "rekonsiliasi data capaian IP ASN di lingkungan Direktorat Jenderal Ketenagalistrikan dan menyampaikan "
        "hasilnya untuk divalidasi bersama.\n\nAtas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.\n"
        + SIGNED.format(post="Kepala Biro Sumber Daya Manusia")
    )


def invitation_to_validation() -> str:
    return (
        _head("SEKRETARIAT JENDERAL · BIRO SUMBER DAYA MANUSIA")
        + _pairs(
            ("Nomor", "1302.Und/KP.05/SJP/2026"),
            ("Sifat", "Biasa"),
            ("Lampiran", "-"),
            ("Hal", "Undangan Rapat Validasi Data Capaian IP ASN"),
            ("Yth.", "Kepala Bagian Umum, Direktorat Jenderal Ketenagalistrikan"),
        )
        + "\nKami mengundang Saudara pada rapat validasi data capaian IP ASN:\n\n"
        + _pairs(
            ("Hari/tanggal", "Kamis, 19 November 2026"),
            ("Pukul", "09.00 WIB"),
            ("Tempat", "Ruang Rapat Biro SDM"),
            ("Acara", "Validasi data capaian IP ASN"),
        )
        + SIGNED.format(post="Kepala Biro Sumber Daya Manusia")
    )


def signed_report(*, number: str, about: str) -> str:
    """The Nota Dinas as it comes back from Nadine: numbered, and signed there."""
    return (
        _head(DIRECTORATE)
        + '#align(center)[#text(weight: "bold")[NOTA DINAS]]\n'
        + _pairs(
            ("Nomor", number),
            ("Yth.", "Sekretaris Direktorat Jenderal Ketenagalistrikan"),
            ("Dari", "Kepala Bagian Umum"),
            ("Hal", about),
            ("Lampiran", "Satu berkas"),
        )
        + "\nDengan hormat kami sampaikan laporan sebagaimana perihal di atas beserta datanya. Demikian kami laporkan.\n"
        + SIGNED.format(post="Kepala Bagian Umum")
    )


def photo_of_corrections() -> bytes:
    """A page with a red ring around a figure and a note beside it."""
    source = (
        _head(DIRECTORATE)
        + "#v(0.4cm)\nTabel 1. Rata-rata capaian\n"
        + _pairs(("Kualifikasi", "18,12"), ("Kompetensi", "29,06"), ("Kinerja", "25,71"), ("Disiplin", "4,92"))
        + "#place(top + left, dx: 2.2cm, dy: 3.45cm, ellipse(width: 2cm, height: 1cm, stroke: 2pt + red))\n"
        + "#place(top + left, dx: 5cm, dy: 3.55cm, rotate(-6deg, text(20pt, fill: red, style: "
        + '"italic")[kinerja: mohon dicek, 25,93?]))\n'
    )
    return _compiled(source, "png")


def _compiled(source: str, format_: Literal["pdf", "png"]) -> bytes:
    made = _compiler().compile(input=(PAGE + source).encode(), format=format_, ppi=PHOTO_PPI)
    if not isinstance(made, bytes):
        raise TypeError("the paper has more than one page")
    return made


def _head(office: str) -> str:
    return LETTERHEAD.format(ministry=MINISTRY, office=office)


def _pairs(*pairs: tuple[str, str]) -> str:
    return PAIRS.format(cells=", ".join(f"[{name}], [: {value}]" for name, value in pairs))
