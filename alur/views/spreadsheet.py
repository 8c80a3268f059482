"""Workbooks (XLSX) whose cells are values: no text is run as a formula, long numbers keep all their digits, and the same cells give
the same bytes, whenever and wherever they are written.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters of a cell (ECMA-376)
LINE, HIGHEST = 15, 400  # points
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can name
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(<)")
EDGE = Side(style="thin", color="C3C9D0")
LINES = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
PLACED = Alignment(vertical="top", wrap_text=True)
HEAD, BOLD = PatternFill("solid", fgColor="E8ECF1"), Font(bold=True)

Value = str | int | float | date | None


@dataclass(frozen=True, kw_only=True)
class Column:
    title: str
    width: int  # characters


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table under its head, which stays above when it is scrolled and stands on each printed page."""

    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


def written(sheets: Iterable[Sheet], *, title: str, at: datetime) -> bytes:
    """The workbook, said to have been made at that moment."""
    book = Workbook()
    book.remove(book.worksheets[0])
    moment = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.title, book.properties.creator, book.properties.created = title, "Alur", moment
    for sheet in sheets:
        _fill(book.create_sheet(sheet.title), sheet)
    made = BytesIO()
    book.save(made)
    return _same(made, moment)


def _fill(page: Worksheet, sheet: Sheet) -> None:
    for number, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = column.width
        head = _put(page.cell(row=1, column=number), column.title)
        head.font, head.fill = BOLD, HEAD
    _heighten(page, 1, sheet, [column.title for column in sheet.columns])
    last = 1
    for last, row in enumerate(sheet.rows, 2):
        _heighten(page, last, sheet, row)
        for number, value in enumerate(row, 1):
            _put(page.cell(row=last, column=number), value)
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _heighten(page: Worksheet, number: int, sheet: Sheet, row: Sequence[Value]) -> None:
    """As high as its longest text needs: not every program finds that by itself."""
    pairs = zip(row, sheet.columns, strict=True)
    lines = max((_lines(value, column.width) for value, column in pairs if isinstance(value, str)), default=1)
    if lines > 1:
        page.row_dimensions[number].height = min(HIGHEST, lines * LINE)


def _lines(text: str, width: int) -> int:
    """Words are not divided, so that lines are shorter than the column is wide."""
    return sum(-(-len(part) * 9 // (width * 8)) or 1 for part in text.split("\n"))


def _put(cell: Cell, value: Value) -> Cell:
    """A text stays one, whatever it begins with."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST]
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in "=+-@"
    else:
        cell.value = value
    if isinstance(value, date):
        cell.number_format = "[$-421]d mmm yyyy"  # months in Bahasa Indonesia
    cell.alignment, cell.border = PLACED, LINES
    return cell


def _same(made: BytesIO, moment: datetime) -> bytes:
    """Without the moment of writing, which openpyxl puts into the properties and the ZIP into each of its entries."""
    modified = rb"\g<1>" + moment.isoformat().encode() + rb"Z\g<2>"
    again = BytesIO()
    with ZipFile(made) as source, ZipFile(again, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = MODIFIED.sub(modified, content)
            entry = ZipInfo(name, date_time=EPOCH)
            entry.compress_type, entry.create_system = ZIP_DEFLATED, 3
            target.writestr(entry, content)
    return again.getvalue()
