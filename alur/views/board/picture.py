"""The board as a picture or as a page to be printed, and as a file that goes to a chat."""

from datetime import UTC, datetime, time
from hashlib import sha256

from alur.views import limits, typeset, words
from alur.views.board.sheet import sheet
from alur.views.environment import render
from alur.views.screen import Attachment
from alur.workflow.engine import Situation
from alur.workflow.files import FileRef
from alur.workflow.sop import Sop

TEMPLATE = "papan.typ"
SHARP = 2.0  # pixels to a point: more cost more to draw, and show little more at a phone's width
MOST = 16_000_000  # pixels of a picture
INCH = 72  # points


def png(sop: Sop, s: Situation | None = None) -> bytes:
    made = sheet(sop, s)
    sharp = min(SHARP, (MOST / (made.width * made.height)) ** 0.5)
    return typeset.png(TEMPLATE, {"title": sop.title, **made.drawing}, ppi=sharp * INCH)


def pdf(sop: Sop, s: Situation | None = None) -> bytes:
    """Made when the SOP took effect, or at the moment at which the case is shown: the same of both are the same bytes."""
    at = s.now if s is not None else datetime.combine(sop.effective, time(), UTC)
    return typeset.pdf(TEMPLATE, {"title": sop.title, **sheet(sop, s).drawing}, at=at)


def attachment(s: Situation) -> Attachment:
    """A document and not a photo: Telegram makes a photo as high as this so small that nobody can read it."""
    content = png(s.sop, s)
    file = FileRef(
        sha256=sha256(content).hexdigest(), name=f"papan-{s.case.code}.png", size=len(content), mime="image/png"
    )
    return Attachment(version=None, file=file, caption=caption(s), content=content)


def caption(s: Situation) -> str:
    context = {"case": s.case, "sop": s.sop, "at": words.moment(s.now, s.office.calendar.zone)}
    return render("board_caption.html", context, limit=limits.CAPTION)
