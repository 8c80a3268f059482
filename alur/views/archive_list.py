"""*Daftar isi berkas* as a workbook: a row a paper, with all that an archive's register asks of it, so that rows can be taken over
into one. Made of the case alone, for the chat and for the bundle.
"""

from datetime import datetime, tzinfo
from hashlib import sha256

from alur.views import words, workbook
from alur.views.environment import vocabulary
from alur.views.workbook import Value
from alur.workflow.calendar import Calendar
from alur.workflow.case import Case
from alur.workflow.engine.filing import day_in_words
from alur.workflow.files import FileRef
from alur.workflow.people import Office
from alur.workflow.record.archive_list import ArchiveList, Item, Remark, archive_list
from alur.workflow.sop import Sop
from alur.workflow.trail import Trail, case_of

NAME = "daftar-isi-berkas.xlsx"
# The columns in order, by their headings in the vocabulary, with their widths in characters.
COLUMNS = {
    "file_number": 8,
    "classification": 10,
    "unit": 18,
    "description": 17,
    "item": 8,
    "letter_number": 19,
    "title": 23,
    "date": 12,
    "count": 8,
    "stage": 15,
    "room": 9,
    "shelf": 8,
    "box": 8,
    "folder": 8,
    "remark": 18,
    "security": 11,
    "active": 8,
    "inactive": 8,
    "fate": 9,
}
ABOUT = 3  # the row from which on it is told about the file, above the table
HEAD_ROW = 6


def file_of(sop: Sop, case: Case, zone: tzinfo) -> tuple[FileRef, bytes]:
    """The file as it is named and sent in a chat, and its content."""
    content = content_of(sop, case, zone)
    name = NAME.replace(".xlsx", f"-{case.code}.xlsx")
    return FileRef(sha256=sha256(content).hexdigest(), name=name, size=len(content), mime=workbook.MIME), content


def of_trail(sop: Sop, trail: Trail, calendar: Calendar) -> bytes:
    """The content of these entries alone."""
    return content_of(sop, case_of(trail, Office(calendar=calendar, appointments=())), calendar.zone)


def content_of(sop: Sop, case: Case, zone: tzinfo) -> bytes:
    found, said = archive_list(sop, case, zone), vocabulary("archive_list")
    book = workbook.new()
    sheet = book.active
    sheet.title = said["sheet"]
    for row, text in enumerate(_above(sop, case, found), 1):
        workbook.put(sheet.cell(row, 1), text).font = workbook.font(
            size=14 if row == 1 else workbook.SIZE, bold=row < ABOUT
        )
    head = [vocabulary("archive_columns")[name] for name in COLUMNS]
    rows = [tuple(_row(sop, found, item).values()) for item in found.items]
    workbook.table(sheet, HEAD_ROW, head, rows, tuple(COLUMNS.values()))
    workbook.on_a4(sheet, said["footer"])
    return workbook.written(book, title=f"{said['sheet']} {case.code}", at=_touched(case))


def _above(sop: Sop, case: Case, found: ArchiveList) -> tuple[str, ...]:
    said, fields = vocabulary("archive_list"), found.fields
    return (
        said["title"],
        said["about"].format(fields.description, sop.short_title, case.period, case.code),
        said["span"].format(fields.span, fields.quantity),
        said["filed" if found.is_filed else "ahead"].format(fields.location),
    )


def _row(sop: Sop, found: ArchiveList, item: Item) -> dict[str, Value]:
    fields, shelf, said = found.fields, found.shelf, vocabulary("archive_list")
    paper = item.version.model_copy(update={"signed": False}) if item.version is not None else None  # that is a remark
    named = words.document_title(sop, paper) if paper is not None else said["behind"]
    is_one = item.since == item.until
    values: dict[str, Value] = {
        "file_number": fields.file_number,
        "classification": fields.classification,
        "unit": found.unit,
        "description": fields.description,
        "item": item.number,
        "letter_number": item.letter_number,
        "title": named,
        "date": item.since if is_one else f"{day_in_words(item.since)} s.d. {day_in_words(item.until)}",
        "count": item.count,
        "stage": item.stage,
        "room": shelf.room,
        "shelf": shelf.shelf,
        "box": shelf.box,
        "folder": shelf.folder,
        "remark": _remark(item, fields.retention),
        "security": fields.security,
        "active": fields.active,
        "inactive": fields.inactive,
        "fate": fields.fate,
    }
    if item.version is None:  # of these nothing lies in a box
        values |= dict.fromkeys(("room", "shelf", "box", "folder"), "")
    return {name: values[name] for name in COLUMNS}


def _remark(item: Item, retention: str) -> str:
    said = vocabulary("archive_remarks")
    parts = [said[remark.value] for remark in item.remarks]
    if item.reason:
        parts.append(said["reason"].format(item.reason))
    if retention and Remark.BEHIND not in item.remarks:
        parts.append(said["retention"].format(retention))
    text = "; ".join(parts)
    return text[:1].upper() + text[1:]


def _touched(case: Case) -> datetime:
    """When last something of it changed that stands here."""
    known = [
        case.opened_at,
        case.finished_at,
        *(item.at for item in case.versions),
        *(item.at for item in case.corrected),
    ]
    landed = (item.landed_at for item in case.tasks)
    return max(item for item in (*known, *landed) if item is not None)
