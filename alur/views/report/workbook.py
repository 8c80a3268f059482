"""The workbook of a report: a row for each step and year, each year, and each case, for whoever goes on counting. Every figure is a
number, and no cell is a formula.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from openpyxl import Workbook

from alur.views import workbook
from alur.views.environment import vocabulary
from alur.views.headings import heading
from alur.views.report import told
from alur.views.workbook import Value
from alur.workflow.case import ArchiveFields
from alur.workflow.correcting import ARCHIVE
from alur.workflow.record.report import CaseTaken, Report, YearTaken

WIDTHS = {"step_title": 44, "procedure": 30, "code": 18, "letter_number": 28, "state": 26}
NARROW, WIDE = 14, 20  # characters

Columns = tuple[tuple[str, int], ...]

STEPS = (
    "procedure",
    "year",
    "step",
    "step_title",
    "limit",
    "done",
    "median",
    "worst",
    "in_time",
    "in_time_share",
    "returns",
    "waited",
    "outside",
    "granted",
    "on_paper",
    "at_work_now",
    "over_now",
)
YEARS = (
    "procedure",
    "year",
    "cases",
    "cancelled_cases",
    "case_days",
    "limit",
    "done",
    "in_time",
    "in_time_share",
    "returns",
    "waited_outside",
)
CASES = ("procedure", "year", "code", "letter_number", "letter_date", "opened", "ended", "state", "case_days")


def written(reports: Sequence[Report], zone: tzinfo, *, title: str, at: datetime) -> bytes:
    said, book = vocabulary("report_sheets"), workbook.new()
    archive = tuple((heading(ARCHIVE, name), WIDE) for name in ArchiveFields.model_fields)
    _sheet(book, said["steps"], _columns(STEPS), tuple(_steps(reports)))
    _sheet(book, said["years"], _columns(YEARS), tuple(_years(reports)))
    _sheet(book, said["cases"], (*_columns(CASES), *archive), tuple(_cases(reports, zone)))
    book.remove(book.worksheets[0])
    return workbook.written(book, title=title, at=at)


def _sheet(book: Workbook, title: str, columns: Columns, rows: Sequence[Sequence[Value]]) -> None:
    sheet = book.create_sheet(title)
    workbook.table(sheet, 1, [title for title, _ in columns], rows, [width for _, width in columns])
    workbook.on_a4(sheet, "&P / &N")


def _columns(names: Sequence[str]) -> Columns:
    """Their titles, with their widths."""
    said = vocabulary("report_columns")
    return tuple((said[name], WIDTHS.get(name, NARROW)) for name in names)


def _each(reports: Sequence[Report]) -> Iterator[YearTaken]:
    return (year for report in reports for year in report.years)


def _steps(reports: Sequence[Report]) -> Iterator[Sequence[Value]]:
    for year in _each(reports):
        for step in year.steps:
            yield (
                year.sop.short_title,
                year.year,
                step.number,
                step.title,
                step.limit,
                step.done,
                step.median,
                step.worst,
                step.in_time,
                _share(step.in_time, step.done),
                step.returns,
                step.waited,
                year.sop.role(step.awaited).title if step.awaited is not None else None,
                step.granted,
                step.on_paper,
                step.running,
                step.overdue,
            )


def _years(reports: Sequence[Report]) -> Iterator[Sequence[Value]]:
    for year in _each(reports):
        yield (
            year.sop.short_title,
            year.year,
            len(year.cases),
            sum(not case.is_counted for case in year.cases),
            year.days,
            year.limit,
            year.done,
            year.in_time,
            _share(year.in_time, year.done),
            year.returns,
            year.waited_outside,
        )


def _cases(reports: Sequence[Report], zone: tzinfo) -> Iterator[Sequence[Value]]:
    for year in _each(reports):
        for case in year.cases:
            yield (*_case(year, case, zone), *_archive(case))


def _case(year: YearTaken, case: CaseTaken, zone: tzinfo) -> Sequence[Value]:
    return (
        year.sop.short_title,
        year.year,
        case.code,
        case.letter.number,
        case.letter.dated,
        told.day_of(case.opened_at, zone),
        told.day_of(case.ended_at, zone),
        told.state(case),
        case.days,
    )


def _archive(case: CaseTaken) -> tuple[Value, ...]:
    fields = case.archive.model_dump() if case.archive is not None else {}
    return tuple(
        None if value is None else str(value) for value in (fields.get(name) for name in ArchiveFields.model_fields)
    )


def _share(part: int, whole: int) -> float | None:
    """Of a hundred, rounded as in the message."""
    return told.percent(part, whole) if whole else None
