"""Data of the IP ASN as workbooks: averages by unit and group of posts, never a person; called by `papers`.

The index is the sum of its four parts, at most 25 + 40 + 30 + 5 points (Peraturan BKN 8/2019).
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from random import Random
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

UNITS = (
    "Sekretariat Direktorat Jenderal",
    "Direktorat Pembinaan Program",
    "Direktorat Pembinaan Pengusahaan",
    "Direktorat Teknik dan Lingkungan",
    "Inspektur Ketenagalistrikan",
)
GROUPS = (
    "Struktural",
    "Fungsional Ahli Madya",
    "Fungsional Ahli Muda",
    "Fungsional Ahli Pertama",
    "Fungsional Keterampilan",
    "Pelaksana Golongan III",
    "Pelaksana Golongan II",
    "PPPK",
)
HEADINGS = (
    "No",
    "Unit",
    "Kelompok jabatan",
    "Jumlah pegawai",
    "Kualifikasi",
    "Kompetensi",
    "Kinerja",
    "Disiplin",
    "Indeks",
)
WIDTHS = (5, 36, 26, 16, 12, 12, 12, 12, 10)
SMALLEST_GROUP = 6  # people: an average over fewer would tell of one
Row = tuple[str, str, int, float, float, float, float]


def index_by_unit(title: str, *, rounds: int) -> bytes:
    """All units, 40 rows and their mean. `rounds` of correction have raised what was missing in the first figures."""
    rows = [row for unit in UNITS for row in _rows(unit, rounds)]
    return _workbook(title, rows)


def index_of_unit(unit: str) -> bytes:
    return _workbook(f"Data {unit}", list(_rows(unit, 1)))


def _rows(unit: str, rounds: int) -> Iterator[Row]:
    for group in GROUPS:
        luck = Random(f"{unit} {group}")  # noqa: S311 - figures that look like figures, the same at each call
        count = luck.randint(SMALLEST_GROUP, 48)
        parts = (luck.uniform(12, 21), luck.uniform(18, 33), luck.uniform(22, 27), luck.uniform(4.6, 5))
        most = (25, 40, 30, 5)
        lifted = (part + (limit - part) * min(rounds, 8) / 20 for part, limit in zip(parts, most, strict=True))
        kept, skill, work, discipline = (round(part, 2) for part in lifted)
        yield unit, group, count, kept, skill, work, discipline


def _workbook(title: str, rows: Sequence[Row]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "IP ASN"
    sheet.append((title.upper(),))
    sheet.append(("Direktorat Jenderal Ketenagalistrikan · rata-rata per kelompok jabatan, tanpa data perorangan",))
    sheet.append(())
    sheet.append(HEADINGS)
    for number, row in enumerate(rows, start=1):
        line = sheet.max_row + 1
        sheet.append((number, *row, f"=SUM(E{line}:H{line})"))
    last = sheet.max_row
    sheet.append(("", "Rata-rata tertimbang", "", f"=SUM(D5:D{last})", *(_mean(column, last) for column in "EFGHI")))
    _dress(sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _mean(column: str, last: int) -> str:
    return f"=SUMPRODUCT({column}5:{column}{last},D5:D{last})/SUM(D5:D{last})"


def _dress(sheet: Any) -> None:
    sheet["A1"].font = Font(bold=True, size=13)
    for cell in sheet[4]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        cell.alignment = Alignment(horizontal="center", wrap_text=True)
    for number, width in enumerate(WIDTHS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    for row in sheet.iter_rows(min_row=5, min_col=5, max_col=9):
        for cell in row:
            cell.number_format = "0.00"
    sheet.freeze_panes = "A5"
