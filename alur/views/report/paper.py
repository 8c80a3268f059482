"""The PDF of a report: the figures that matter, the steps, the years side by side, and the cases with what was filed of them."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Any

from alur.views import limits, words
from alur.views.environment import vocabulary
from alur.views.report import chart, told
from alur.workflow.record.report import CaseTaken, Report, StepTaken, YearTaken

MOST = 200  # cases that the PDF lists; the workbook has them all
WORDS = 300  # characters of a thing that was filed


def data(reports: Sequence[Report], zone: tzinfo) -> dict[str, Any]:
    return {
        "title": vocabulary("report")["title"].format(reports[0].year),
        "reports": [_one(item, zone) for item in reports],
    }


def _one(report: Report, zone: tzinfo) -> dict[str, Any]:
    said, own, bars = vocabulary("report"), report.own, chart.rows(report)
    cases = [case for year in report.years for case in reversed(year.cases)]
    return {
        "organisation": list(own.sop.organisation),
        "procedure": vocabulary("control_card")["procedure"].format(own.sop.number, own.sop.title),
        "as_of": told.as_of(report, zone),
        "lines": told.lines(report),
        "earlier": [str(item.year) for item in report.earlier],
        "steps": [
            _step(report, step) | {"bars": [bar for bar in row["bars"] if bar["is_own"]], "mark": row["limit"]}
            for step, row in zip(own.steps, bars, strict=True)
        ],
        "years": [_year(item) for item in report.years],
        "cases": [_case(item, zone) for item in cases[:MOST]],
        "left_out": said["left_out"].format(len(cases) - MOST) if len(cases) > MOST else "",
        "uncounted": said["uncounted"] if any(item.is_uncounted for item in report.years) else "",
    }


def _step(report: Report, step: StepTaken) -> dict[str, Any]:
    said = vocabulary("report")
    before = [(year.year, year.step(step.title)) for year in report.earlier]
    notes = [
        said["note_running"].format(step.running - step.overdue) if step.running > step.overdue else "",
        said["note_overdue"].format(step.overdue) if step.overdue else "",
        said["note_granted"].format(step.granted) if step.granted else "",
        said["note_paper"].format(step.on_paper) if step.on_paper else "",
    ]
    return {
        "number": str(step.number),
        "title": step.title,
        "limit": str(step.limit),
        "done": told.or_none(step.done),
        "median": _days(step.median),
        "worst": _days(step.worst),
        "is_late": step.in_time < step.done or step.overdue > 0,
        "share": said["part"].format(step.in_time, step.done) if step.done else told.or_none(None),
        "returns": told.or_none(step.returns),
        "waited": told.or_none(step.waited),
        "before": [_days(item.median) if item is not None else told.or_none(None) for _, item in before],
        "notes": "; ".join(note for note in notes if note),
    }


def _year(year: YearTaken) -> dict[str, str]:
    said = vocabulary("report")
    return {
        "year": str(year.year),
        "cases": str(len(year.cases)),
        "days": _days(year.days),
        "limit": str(year.limit),
        "done": told.or_none(year.done),
        "share": said["part_share"].format(year.in_time, year.done, told.share(year.in_time, year.done))
        if year.done
        else told.or_none(None),
        "returns": told.or_none(year.returns),
        "waited": told.or_none(year.waited_outside),
    }


def _case(case: CaseTaken, zone: tzinfo) -> dict[str, Any]:
    said = vocabulary("report")
    ended = told.day_of(case.ended_at, zone)
    filed = (said["filed"].format(title, limits.shortened(value, WORDS)) for title, value in told.archived(case))
    return {
        "code": case.code,
        "letter": said["letter"].format(case.letter.number, words.letter_day(case.letter.dated)),
        "opened": words.letter_day(case.opened_at.astimezone(zone).date()),
        "ended": words.letter_day(ended) if ended is not None else told.or_none(None),
        "state": told.state(case),
        "days": _days(case.days),
        "archive": " · ".join(filed),
    }


def _days(value: float | None) -> str:
    return told.number(value) if value is not None else told.or_none(None)
