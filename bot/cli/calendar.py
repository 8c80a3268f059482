"""`alur calendar`: the office's working days, as the deadlines count them. What is doubtful about them goes to stderr."""

from datetime import date, datetime, timedelta
from typing import Annotated

import typer

from alur.workflow.calendar import Calendar
from alur.workflow.errors import Fault
from bot.holidays import calendar_for, warnings
from bot.overrides import YEARS
from bot.settings import Settings, read_settings

app = typer.Typer(help="Working days and deadlines.", no_args_is_help=True)


class NotAMoment(Fault):
    def __init__(self, text: str) -> None:
        super().__init__(f'not a moment: {text!r}; write it as "2026-12-23 10:00"')


@app.command()
def year(number: Annotated[int, typer.Argument(metavar="YEAR", min=YEARS[0], max=YEARS[-1])]) -> None:
    """Lists the days off that fall on Monday to Friday, and counts the working days."""
    settings = read_settings()
    calendar = _calendar(settings, number, number)
    day = date(number, 1, 1)
    while day.year == number:
        if day in calendar.days_off and day.isoweekday() <= 5:
            typer.echo(f"{day.isoformat()}  {calendar.days_off[day]}")
        day += timedelta(days=1)
    typer.echo(f"{number}: {calendar.working_days(number)} working days")
    _warn(settings, number, number)


@app.command()
def due(
    start: Annotated[str, typer.Argument(metavar="FROM", help='A local moment such as "2026-12-23 10:00".')],
    days: Annotated[int, typer.Argument(metavar="DAYS", min=1, max=400)],
) -> None:
    """Prints when a limit of so many working days ends, for what is received at that moment."""
    settings = read_settings()
    try:
        moment = datetime.fromisoformat(start)
    except ValueError:
        raise NotAMoment(start) from None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=settings.zone)
    if moment.year not in YEARS:
        raise NotAMoment(start)
    calendar = _calendar(settings, moment.year, moment.year + 2)
    end = calendar.due(moment, days)
    typer.echo(end.isoformat())
    _warn(settings, moment.year, end.year)


def _warn(settings: Settings, first: int, last: int) -> None:
    """On stderr: what is printed may be read by a program."""
    for warning in warnings(range(first, last + 1), settings.holidays_file):
        typer.echo(warning, err=True)


def _calendar(settings: Settings, first: int, last: int) -> Calendar:
    return calendar_for(
        settings.timezone,
        first_year=first,
        last_year=last,
        overrides=settings.holidays_file,
        count_receipt_day=settings.count_receipt_day,
    )
