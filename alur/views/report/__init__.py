"""A year's report, in chat and on paper: a picture of the steps for a phone, a PDF to be handed on, a workbook to go on counting.

Its facts are `alur.workflow.record.report`. Called by the makers of notices and by `alur report`. The same facts give the same bytes.
"""

from collections.abc import Sequence
from datetime import tzinfo
from hashlib import sha256

from alur.views import typeset
from alur.views.environment import vocabulary
from alur.views.report import chart, paper
from alur.workflow.files import FileRef
from alur.workflow.record.report import Report

PDF, PNG = "application/pdf", "image/png"
PPI = 216  # three pixels to a point: 390 points are as wide as a phone, whose points have as many

File = tuple[FileRef, bytes]


def picture(report: Report, zone: tzinfo) -> File:
    """The steps as bars."""
    content = typeset.png("grafik-laporan.typ", chart.data(report, zone), ppi=PPI)
    return _named(f"laporan-{report.own.sop.id}-{report.year}.png", content, PNG, kind="photo")


def pdf(reports: Sequence[Report], zone: tzinfo) -> File:
    """All of them, each on pages of its own; `reports` must not be empty."""
    content = typeset.pdf("laporan.typ", paper.data(reports, zone), at=max(item.as_of for item in reports))
    return _named(f"laporan-{reports[0].year}.pdf", content, PDF)


def xlsx(reports: Sequence[Report], zone: tzinfo) -> File:
    """Likewise, a row for each step and year, each year, and each case."""
    from alur.views.report import workbook as figures  # noqa: PLC0415 - a workbook's library is 15 MB
    from alur.views.workbook import MIME  # noqa: PLC0415 - likewise

    title = vocabulary("report")["title"].format(reports[0].year)
    at = max(item.as_of for item in reports)
    content = figures.written(reports, zone, title=title, at=at)
    return _named(f"laporan-{reports[0].year}.xlsx", content, MIME)


def _named(name: str, content: bytes, mime: str, **more: str) -> File:
    named = {"sha256": sha256(content).hexdigest(), "name": name, "size": len(content), "mime": mime}
    return FileRef.model_validate({**named, **more}), content
