"""The maker of *Kartu Kendali*: a file that is made when it is sent, of the case as it then is."""

from alur.views import control_card, limits, words
from alur.views.environment import render
from alur.views.notice.maker import Given, make, wanted
from alur.views.screen import Attachment
from alur.workflow import notices
from alur.workflow.engine import Situation
from alur.workflow.reading import reads_whole
from alur.workflow.record.control_card import Proof, as_of


@make.register
def _control_card(_notice: notices.ControlCard, given: Given) -> tuple[Attachment, ...] | None:
    """Nothing for whoever does not read the case whole any more."""
    s, proof = given.situation, wanted(given.proof)
    if not reads_whole(s.sop, given.reader.reads):
        return None
    file, content = control_card.file_of(s, proof)
    return (Attachment(version=None, file=file, caption=caption(s, proof), content=content),)


def caption(s: Situation, proof: Proof) -> str:
    context = {
        "case": s.case,
        "sop": s.sop,
        "at": words.moment(as_of(s, proof), s.office.calendar.zone),
        "is_covered": proof.note is not None,
    }
    return render("control_card_caption.html", context, limit=limits.CAPTION)
