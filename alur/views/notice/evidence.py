"""Makers of the notices about what proves the trail."""

from alur.views import limits
from alur.views.environment import render
from alur.views.notice.maker import Given, Parts, make, plain, wanted
from alur.views.screen import Parcel
from alur.workflow import notices

for kind in (notices.TrailBroken, notices.KeyChanged, notices.KeyGone):
    make.register(kind)(plain)


@make.register
def _checkpoint(_notice: notices.Checkpoint, given: Given) -> Parts:
    """The note stands there as it was signed, but for its last line feed, which no message keeps."""
    return Parts({"note": wanted(given.note).rstrip("\n")})


@make.register
def _bundle(notice: notices.Bundle, given: Given) -> Parcel | None:
    """Nothing where the case was opened again since, nor for a part that there is not."""
    case, packed = given.situation.case, wanted(given.bundle)
    if case.finished_at is None or case.cancellation is not None or notice.part >= packed.count:
        return None
    context = {
        "code": case.code,
        "number": notice.part + 1,
        "count": packed.count,
        "is_again": notice.is_again,
        "left_out": packed.left_out if notice.part == 0 else (),
    }
    return Parcel(name=packed.name, caption=render("bundle_caption.html", context, limit=limits.CAPTION))
