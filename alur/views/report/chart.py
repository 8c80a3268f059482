"""The picture of a report: a group of bars for each step, the year's own and those of the years before it, with the limit."""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from alur.views import limits
from alur.views.environment import vocabulary
from alur.views.report import told
from alur.workflow.record.report import Report, StepTaken, YearTaken

SHOWN = 2  # earlier years whose bars stand beside a year's own
LONGEST = 52  # characters of a step's title
LEAST, TIMES = 6, 5  # the scale goes to so many days at least, and at most to so many times the longest limit


def data(report: Report, zone: tzinfo) -> dict[str, Any]:
    said, own = vocabulary("report"), report.own
    beside = [item for item in report.earlier[:SHOWN] if item.done]
    return {
        "title": said["title"].format(report.year),
        "procedure": limits.shortened(own.sop.short_title, LONGEST),
        "as_of": said["as_of"].format(told.as_of(report, zone)),
        "rows": rows(report),
        "years": [str(item.year) for item in (own, *beside)],
        "foot": said["cut"] if any(bar["is_cut"] for row in rows(report) for bar in row["bars"]) else "",
    }


def rows(report: Report) -> list[dict[str, Any]]:
    """Of every length its share of the scale, which all rows have in common."""
    own = report.own
    beside = [item for item in report.earlier[:SHOWN] if item.done]
    scale = _scale(own, beside)
    return [
        {
            "number": str(step.number),
            "title": limits.shortened(step.title, LONGEST),
            "said": _said(step),
            "more": _more(step),
            "is_late": _is_late(step),
            "limit": min(1.0, step.limit / scale),
            "bars": list(_bars(step, beside, scale)),
        }
        for step in own.steps
    ]


def _bars(step: StepTaken, beside: list[YearTaken], scale: float) -> Iterator[dict[str, Any]]:
    """The year's own first; of years that did the step not, or did it otherwise, none."""
    found = [(True, step), *((False, item) for year in beside if (item := year.step(step.title)) is not None)]
    for is_own, item in found:
        if item.median is None or item.worst is None:
            continue
        yield {
            "is_own": is_own,
            "is_late": item.in_time < item.done,
            "median": min(1.0, item.median / scale),
            "worst": min(1.0, item.worst / scale),
            "is_cut": item.worst > scale,
        }


def _scale(own: YearTaken, beside: list[YearTaken]) -> float:
    worst = [item.worst for year in (own, *beside) for item in year.steps if item.worst is not None]
    limit = max(item.limit for item in own.steps)
    return min(max(LEAST, limit, *worst), max(LEAST, TIMES * limit)) if worst else max(LEAST, limit)


def _is_late(step: StepTaken) -> bool:
    return step.in_time < step.done or step.overdue > 0


def _said(step: StepTaken) -> str:
    """The number beside the bar: "2 dari 3 hari"."""
    said = vocabulary("report")
    if step.median is None:
        return said["over"] if step.overdue else said["at_work"] if step.running else said["nothing"]
    return said["of_limit"].format(told.number(step.median), step.limit)


def _more(step: StepTaken) -> str:
    """What else is to be known of it: that it runs and is over its limit, its worst round, where that is another, and what was
    granted, where a bar is beyond the SOP's limit.
    """
    said = vocabulary("report")
    if step.median is None:
        return ""
    if step.overdue:
        return said["over"]
    told_of = [said["at_most"].format(step.worst)] if step.worst != step.median else []
    is_beyond = step.worst is not None and step.worst > step.limit
    told_of += [said["added"].format(step.granted)] if step.granted and is_beyond else []
    return "; ".join(told_of)
