"""Makers of /laporan: the lines, the pictures and the papers, each of the same facts."""

from functools import partial

from alur.views import limits, report
from alur.views.buttons import turning
from alur.views.environment import render
from alur.views.notice.maker import Given, Parts, make, wanted
from alur.views.report import told
from alur.views.screen import Attachment
from alur.workflow import notices
from alur.workflow.presses import PressReport
from alur.workflow.record.report import Report, Reports

PICTURES = 10  # of procedures, in one message; the PDF has them all (Bot API, sendMediaGroup)


@make.register
def _report(_notice: notices.Report, given: Given) -> Parts:
    found = wanted(given.reports)
    return _lines(found, given, len(found.told))


def _lines(found: Reports, given: Given, most: int) -> Parts:
    """Of the first so many procedures; the papers below tell of all."""
    shown = [
        {
            "title": item.own.sop.short_title,
            "as_of": told.as_of(item, given.zone),
            "lines": told.lines(item),
            "is_uncounted": any(year.is_uncounted for year in item.years),
        }
        for item in found.told[:most]
    ]
    turns = (PressReport(year=year) if year is not None else None for year in (found.earlier, found.later))
    context = {"reports": shown, "left": len(found.told) - most}
    return Parts(context, turning(*turns), partial(_lines, found, given, most - 1) if most > 1 else None)


@make.register
def _charts(_notice: notices.ReportCharts, given: Given) -> tuple[Attachment, ...] | None:
    found = wanted(given.reports)
    return tuple(_chart(item, given) for item in found.told[:PICTURES]) or None


def _chart(found: Report, given: Given) -> Attachment:
    file, content = report.picture(found, given.zone)
    caption = render("report_caption.html", {"report": found, "kind": "chart"}, limit=limits.CAPTION)
    return Attachment(version=None, file=file, caption=caption, content=content)


@make.register
def _papers(_notice: notices.ReportPapers, given: Given) -> tuple[Attachment, ...] | None:
    found = wanted(given.reports).told
    if not found:
        return None
    made = {"pdf": report.pdf(found, given.zone), "xlsx": report.xlsx(found, given.zone)}
    return tuple(
        Attachment(
            version=None,
            file=file,
            caption=render("report_caption.html", {"report": found[0], "kind": kind}, limit=limits.CAPTION),
            content=content,
        )
        for kind, (file, content) in made.items()
    )
