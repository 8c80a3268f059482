"""Workbooks (XLSX) that are made for showing: the same cells give the same bytes, and nothing in them runs.

openpyxl writes the moment of saving and the clock's hour into what it saves, and reads a text that begins with "=" as a formula.
The parts are stored as they are, since what a compressor makes of them differs from one build of it to the next.
"""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from math import ceil
from unicodedata import east_asian_width
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first hour that a ZIP can name
REGULAR = 0o100644 << 16  # a plain file, whoever unpacks it
TEXT, DAY, COUNT, NUMBER = "@", "[$-421]d mmm yyyy", "0", "General"
UNREADABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what no XML can hold
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what spreadsheets would read as one character
LONGEST = 32_000  # characters of a cell
HEAD = PatternFill("solid", fgColor="E7E6E6")
LINE = Side(style="thin", color="808080")
BOXED = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
MARGIN = 0.4  # inches
FONT, SIZE = "Arial", 10  # or what takes its place in the same widths
LINE_HEIGHT, HIGHEST = 13, 409  # points; a spreadsheet makes no row higher
PADDING, FULL = 0.5, 0.97  # digits beside a text; how much of a line is reckoned with
NARROW, WIDE = frozenset(" .,;:'!|()[]/ijltfrI-"), frozenset("mwMW@%&")

Value = str | int | float | date | None


def new() -> Workbook:
    """With one sheet; its columns are as wide as so many digits of our letters."""
    book = Workbook()
    book._named_styles["Normal"].font = font()  # noqa: SLF001 - openpyxl has no other way to it
    return book


def plain(text: str) -> str:
    """The text as a cell can hold it, and is shown as it stands."""
    known = UNREADABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))[:LONGEST]
    return ESCAPED.sub("_x005F_", known)


def put(cell: Cell, value: Value) -> Cell:
    """A day as a day, a number as a number, of any fraction; every text as a text, whatever it begins with and however many digits it has."""
    if isinstance(value, str):
        cell.value = plain(value)
        cell.data_type = "s"
        cell.number_format = TEXT
    else:
        cell.value = value
        cell.number_format = DAY if isinstance(value, date) else COUNT if isinstance(value, int) else NUMBER
    cell.font = font()
    return cell


def font(*, size: float = SIZE, bold: bool = False) -> Font:
    return Font(name=FONT, size=size, bold=bold)


def lines_in(value: Value, width: float) -> int:
    """How many lines it takes in a column of so many digits: a spreadsheet that is printed unseen makes no row higher by itself."""
    if not isinstance(value, str):
        return 1
    return sum(_lines(line, (width - PADDING) * FULL) for line in plain(value).split("\n"))


def _lines(line: str, room: float) -> int:
    lines, left = 1, room
    for word in line.split(" "):
        wide = sum(map(_wide, word))
        if wide > left and left < room:
            lines, left = lines + 1, room
        more = max(0, ceil(wide / room) - 1)  # a word that is longer than a line is divided
        lines += more
        left -= wide - more * room + _wide(" ")
    return lines


def _wide(sign: str) -> float:
    """Against a digit, roughly."""
    if sign in NARROW:
        return 0.5
    if east_asian_width(sign) in "WF":
        return 2
    return 1.25 if sign in WIDE or sign.isupper() else 1.0


def table(
    sheet: Worksheet, row: int, head: Sequence[str], rows: Sequence[Sequence[Value]], widths: Sequence[int]
) -> None:
    """A head that stays in sight and is printed on each page, and what stands below it, from that row on; on A4, as wide as it."""
    for number, (heading, width) in enumerate(zip(head, widths, strict=True), 1):
        cell = put(sheet.cell(row, number), heading)
        cell.font, cell.fill, cell.border = font(bold=True), HEAD, BOXED
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(number)].width = width
    for below, values in enumerate(rows, row + 1):
        for number, value in enumerate(values, 1):
            cell = put(sheet.cell(below, number), value)
            side = "left" if isinstance(value, str) else "center"
            cell.border, cell.alignment = BOXED, Alignment(wrap_text=True, horizontal=side, vertical="top")
    for at, values in enumerate((head, *rows), row):
        lines = max(lines_in(value, width) for value, width in zip(values, widths, strict=True))
        sheet.row_dimensions[at].height = min(LINE_HEIGHT * lines + 2, HIGHEST)
    last = get_column_letter(len(head))
    sheet.freeze_panes = f"A{row + 1}"
    sheet.print_title_rows = f"{row}:{row}"
    sheet.print_area = f"A1:{last}{row + len(rows)}"


def on_a4(sheet: Worksheet, footer: str) -> None:
    """Across, as many pages down as it takes."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = MARGIN
    sheet.page_margins.top = sheet.page_margins.bottom = 2 * MARGIN
    sheet.page_margins.header = sheet.page_margins.footer = MARGIN
    sheet.oddFooter.center.text = footer


def written(book: Workbook, *, title: str, at: datetime) -> bytes:
    """`at` is when it is said to have been made; aware."""
    moment = at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.creator, book.properties.title = "Alur", plain(title)
    book.properties.created = book.properties.modified = moment
    made, result = BytesIO(), BytesIO()
    ExcelWriter(book, ZipFile(made, "w")).save()
    with ZipFile(made) as parts, ZipFile(result, "w", ZIP_STORED) as archive:
        for name in parts.namelist():
            info = ZipInfo(name, date_time=EPOCH)
            info.external_attr, info.create_system = REGULAR, 3
            archive.writestr(info, parts.read(name))
    return result.getvalue()
