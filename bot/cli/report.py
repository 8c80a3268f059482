"""`alur report`: what a year's cases tell of each procedure, as a table, and as the PDF and workbook that `/laporan` sends."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Annotated

import typer

from alur.services import reports
from alur.services.work import Work
from alur.views import report as view
from alur.workflow.calendar import Calendar
from alur.workflow.errors import Fault
from alur.workflow.record.report import BESIDE, CaseTaken, Report, StepTaken
from bot.cli import office
from bot.existing import existing
from bot.holidays import calendar_for
from bot.overrides import YEARS
from bot.settings import Settings, read_settings

HEAD = ("step", "limit", "done", "median", "worst", "in time", "granted", "returned", "waited", "running")
AHEAD = 2  # years after that of a case in which it may still run


class NothingToReport(Fault):
    def __init__(self, year: int) -> None:
        super().__init__(f"there is no case of {year}")


class NotWritten(Fault):
    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"cannot write {path}: {error.strerror or error}")


def report(
    year: Annotated[
        int | None, typer.Argument(metavar="[YEAR]", min=YEARS[0], max=YEARS[-1], help="This year if left out.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Also writes the PDF and the workbook there.")
    ] = None,
) -> None:
    """Per step its limit against the working days that it took, for a year and those before it."""
    settings = read_settings()
    now = asyncio.run(office.moment(settings))
    wanted = now.astimezone(settings.zone).year if year is None else year
    with existing(settings) as database, database.read() as session:
        calendar = _calendar(settings, wanted, now)
        work = Work(session=session, at=now, now=now, calendar=calendar, procedures=())
        found = reports.of_year(work, wanted).told
    if not found:
        raise NothingToReport(wanted)
    for item in found:
        for line in _lines(item, calendar.zone):
            typer.echo(line)
    for path in _written(found, calendar.zone, to) if to is not None else ():
        typer.echo(str(path))


def _calendar(settings: Settings, year: int, now: datetime) -> Calendar:
    """Over all the years of which it tells, however long ago."""
    return calendar_for(
        settings.timezone,
        first_year=min(year - BESIDE - 1, now.year),
        last_year=max(year, now.year) + AHEAD,
        overrides=settings.holidays_file,
        count_receipt_day=settings.count_receipt_day,
    )


def _written(found: tuple[Report, ...], zone: tzinfo, to: Path) -> Iterator[Path]:
    for file, content in (view.pdf(found, zone), view.xlsx(found, zone)):
        path = to / file.name
        try:
            to.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise NotWritten(path, error) from error
        yield path


def _lines(found: Report, zone: tzinfo) -> Iterator[str]:
    own = found.own
    yield f"{own.sop.number}: {own.sop.short_title}, {found.year}, as of {found.as_of.astimezone(zone):%Y-%m-%d %H:%M %Z}"
    rows = [(*HEAD, *(str(year.year) for year in found.earlier))]
    for step in own.steps:
        before = (year.step(step.title) for year in found.earlier)
        rows.append((*_cells(step), *(_days(item.median) if item is not None else "-" for item in before)))
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        yield "  " + "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True))
    if own.is_uncounted:
        yield "  Some working days could not be counted: the calendar does not cover their year."
    for year in found.years:
        yield f"  {year.year}: {year.in_time} of {year.done} rounds in time, {year.returns} returned, {_outside(year.waited_outside)}"
    for case in own.cases:
        yield f"  {_case(case)}"


def _case(case: CaseTaken) -> str:
    steps = f" at {', '.join(map(str, case.steps))}" if case.steps else ""
    days = f", {case.days} working days" if case.days is not None else ""
    kept = case.archive
    filed = f", filed as {kept.file_number} ({kept.classification}), {kept.location}" if kept is not None else ""
    return f"{case.code}: {case.state.value}{steps}{days}{filed}"


def _cells(step: StepTaken) -> tuple[str, ...]:
    running = f"{step.running} ({step.overdue} over)" if step.overdue else str(step.running or "-")
    days = (step.done, _days(step.median), _days(step.worst))
    figures = (*days, step.in_time, step.granted or "-", step.returns or "-", step.waited or "-")
    return (str(step.number), str(step.limit), *map(str, figures), running)


def _days(value: float | None) -> str:
    return f"{value:g}" if value is not None else "-"


def _outside(days: int) -> str:
    return f"{days} working days waited outside"
