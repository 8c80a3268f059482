"""*Kartu Kendali*: a case on paper, in the manner of the SOP's own table, for whoever prints it. Made anew whenever it is asked for;
the same case gives the same bytes.

Its facts are `alur.workflow.record.control_card`, its form `templates/print/kartu-kendali.typ`. Called by the makers of notices
and by the bundle.
"""

from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

import segno

from alur.views import typeset, words
from alur.views.control_card.cells import row
from alur.views.control_card.naming import moment
from alur.views.control_card.notes import notes
from alur.views.environment import counted, joined, vocabulary
from alur.views.headings import heading
from alur.workflow.calendar import Calendar
from alur.workflow.case import ArchiveFields
from alur.workflow.correcting import ARCHIVE
from alur.workflow.engine import Situation
from alur.workflow.files import FileRef
from alur.workflow.people import Office
from alur.workflow.record.control_card import ControlCard, Proof, control_card
from alur.workflow.record.passages import Standing
from alur.workflow.sop import Sop
from alur.workflow.trail import Trail, case_of
from alur.workflow.written_hours import zone_label

TEMPLATE = "kartu-kendali.typ"
MIME = "application/pdf"
HALF = 22  # characters of a root, which has 44


def file_of(s: Situation, proof: Proof) -> tuple[FileRef, bytes]:
    """The file as it is named and sent, and its content."""
    card = control_card(s, proof)
    content = typeset.pdf(TEMPLATE, data(s, card), at=card.as_of)
    name = f"kartu-kendali-{s.case.code}.pdf"
    return FileRef(sha256=sha256(content).hexdigest(), name=name, size=len(content), mime=MIME), content


def of_trail(
    sop: Sop, trail: Trail, calendar: Calendar, *, note: str | None = None, signed: datetime | None = None
) -> bytes:
    """The same of these entries alone, as of the last of them: of an open task it names the post, as who holds that stands
    elsewhere.
    """
    office = Office(calendar=calendar, appointments=())
    case, last = case_of(trail, office), trail[-1][0]
    s = Situation(sop=sop, case=case, at=last, now=last, office=office)
    return file_of(s, Proof(entries=len(trail), last=last, note=note, signed=signed))[1]


def data(s: Situation, card: ControlCard) -> dict[str, Any]:
    """What the template reads: every cell as it is to be read, in the office's zone."""
    said, zone = vocabulary("control_card"), s.office.calendar.zone
    return {
        "title": said["title"].format(s.case.code),
        "code": s.case.code,
        "organisation": list(s.sop.organisation),
        "procedure": said["procedure"].format(s.sop.number, s.sop.title),
        "period": s.case.period,
        "letter": _letter(s, card),
        "opened": said["opened"].format(moment(s, s.case.opened_at), words.record(s.case.opened_by, s.sop)),
        "standing": _standing(s, card),
        "archive": _archived(s.case.archive) if s.case.archive is not None else [],
        "as_of": words.moment(card.as_of, zone),
        "zone": zone_label(card.as_of.astimezone(zone)),
        "rows": [row(s, line) for line in card.lines],
        **notes(s, card),
        "entries": counted(card.proof.entries),
        "checkpoint": _checkpoint(s, card.proof),
    }


def _checkpoint(s: Situation, proof: Proof) -> dict[str, Any] | None:
    """Its three lines to be read, and the whole of it for a phone; the root in parts that no hyphen divides."""
    if proof.note is None or proof.signed is None:
        return None
    origin, size, root, *_ = proof.note.split("\n")
    return {
        "origin": origin,
        "size": counted(int(size)),
        "root": [root[start : start + HALF] for start in range(0, len(root), HALF)],
        "signed": moment(s, proof.signed),
        "qr": list(picture(proof.note)),
    }


def picture(note: str) -> bytes:
    """The whole note as a QR code, by which a phone holds the trail against it."""
    made = BytesIO()
    segno.make_qr(note, error="m").save(made, kind="svg", xmldecl=False, border=4)
    return made.getvalue()


def _letter(s: Situation, card: ControlCard) -> str:
    said, letter = vocabulary("control_card"), s.case.letter
    text = said["letter"].format(letter.number, words.letter_day(letter.dated))
    newest = card.letters[-1] if card.letters else None
    is_other = newest is not None and newest.number > 1
    return said["letter_version"].format(text, newest.number) if newest is not None and is_other else text


def _standing(s: Situation, card: ControlCard) -> str:
    """Where the case stands, in one line."""
    said, case = vocabulary("control_card"), s.case
    if case.cancellation is not None:
        return said["cancelled"].format(moment(s, case.cancellation.at))
    if not case.tasks_at_hand:
        return said["finished"].format(moment(s, case.finished_at or s.now))
    if case.suspension is not None:
        return said["suspended"].format(moment(s, case.suspension.at))
    steps = sorted({task.step for task in case.open_tasks or case.held_tasks})
    phrase = "running" if case.open_tasks else "held"
    text = said[phrase].format(joined(map(str, steps)))
    is_overdue = any(line.passage is not None and line.passage.standing is Standing.OVERDUE for line in card.lines)
    return said["overdue"].format(text) if is_overdue else text


def _archived(fields: ArchiveFields) -> list[str]:
    kept = ((heading(ARCHIVE, name), value) for name, value in fields.model_dump().items())
    return [vocabulary("control_card")["archived"].format(title, value) for title, value in kept if value]
