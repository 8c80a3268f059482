"""What a report says in words and numbers, the same in the message, in the picture and on paper."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo

from babel.numbers import format_decimal

from alur.views import words
from alur.views.environment import joined, render, vocabulary
from alur.views.headings import heading
from alur.workflow.correcting import ARCHIVE
from alur.workflow.record.report import CaseTaken, Report, State, StepTaken, YearTaken

NAMED = 10  # cases that a line names


def number(value: float) -> str:
    """Working days: "3", or "2,5"."""
    return str(format_decimal(value, format="0.#", locale=words.LOCALE))


def or_none(value: int | None) -> str:
    """A number in a table, or the sign that there is none."""
    return str(value) if value else vocabulary("report")["none"]


def percent(part: int, whole: int) -> int:
    """Rounded as a reader who counts it again does, a half up; but only all of them is 100, and only none is 0."""
    near = (200 * part + whole) // (2 * whole)
    return near if part in (0, whole) else min(max(near, 1), 99)


def share(part: int, whole: int) -> str:
    return f"{percent(part, whole)}%" if whole else ""


def lines(report: Report) -> list[str]:
    """The figures that matter, a sentence each."""
    own = report.own
    late = [item for item in own.steps if item.in_time < item.done]
    context = {
        "own": own,
        "earlier": report.earlier,
        "finished": len(own.of_state(State.FINISHED)),
        "running": len(own.of_state(State.RUNNING, State.SUSPENDED)),
        "cancelled": [item.code for item in own.of_state(State.CANCELLED)],
        "named": NAMED,
        "number": number,
        "share": share,
        "latest": max(late, key=_beyond, default=None),
        "late": len(late),
        "overdue": [item.number for item in own.steps if item.overdue],
        "outside": awaited(own),
    }
    text = render("report_lines.txt", context)
    return [line for line in text.splitlines() if line]


def _beyond(step: StepTaken) -> tuple[int, int]:
    """By how many days its worst round was beyond the limit; of several the first."""
    return (step.worst or 0) - step.limit, -step.number


def awaited(year: YearTaken) -> str:
    """The outside parties for whose dates its steps wait."""
    roles = dict.fromkeys(item.awaited for item in year.steps if item.awaited is not None)
    return joined(year.sop.role(role).title for role in roles)


def as_of(report: Report, zone: tzinfo) -> str:
    return words.moment(report.as_of, zone)


def state(case: CaseTaken) -> str:
    """Where it stands, in a word or two."""
    said = vocabulary("report")[case.state]
    return said.format(joined(map(str, case.steps))) if case.state in (State.RUNNING, State.SUSPENDED) else said


def archived(case: CaseTaken) -> Iterable[tuple[str, str]]:
    """What was filed of it, each with its heading."""
    fields = case.archive.model_dump() if case.archive is not None else {}
    return ((heading(ARCHIVE, name), str(value)) for name, value in fields.items() if value)


def day_of(moment: datetime | None, zone: tzinfo) -> date | None:
    return moment.astimezone(zone).date() if moment is not None else None
