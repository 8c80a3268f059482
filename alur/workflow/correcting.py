"""What was typed once and can be put right, by name: the form and the field by which it was first asked for, and of which
document or step it is, where there are several. And what a correction leaves in the case: who changed it last.
"""

from typing import NamedTuple

from alur.workflow.case import Case
from alur.workflow.events import (
    ArchiveCorrected,
    AttendanceRecorded,
    Event,
    LetterCorrected,
    NadineRecorded,
    VersionAdded,
)
from alur.workflow.mending import Corrected

LETTER_NUMBER, LETTER_DATE, LETTER = "open_case.letter_number", "open_case.letter_date", "open_case.letter"
NADINE, ATTENDANCE, ARCHIVE = "nadine.number", "attendance.units", "archive"


class Asked(NamedTuple):
    form: str
    field: str


def asked_as(form: str, name: str) -> Asked:
    """By which form and field it was asked for first: of a correction those of its name, else its own."""
    first, dot, field = name.partition(":")[0].partition(".")
    return Asked(first, field) if dot else Asked(form, name)


def nadine(document: str) -> str:
    return f"{NADINE}:{document}"


def attendance(step: int) -> str:
    return f"{ATTENDANCE}:{step}"


def filed(field: str) -> str:
    return f"{ARCHIVE}.{field}"


def changed(event: LetterCorrected | ArchiveCorrected) -> tuple[tuple[str, str, str], ...]:
    """What is another now: its name, what it was, what it is."""
    old, new = (
        (event.was.model_dump(mode="json"), event.letter.model_dump(mode="json"))
        if isinstance(event, LetterCorrected)
        else (event.was.model_dump(mode="json"), event.archive.model_dump(mode="json"))
    )
    named = {"number": LETTER_NUMBER, "dated": LETTER_DATE} if isinstance(event, LetterCorrected) else {}
    return tuple(
        (named.get(field, filed(field)), old[field] or "", value or "")
        for field, value in new.items()
        if value != old[field]
    )


def with_correction(case: Case, event: Event) -> Case:
    """The case, which knows who put what right, where the event did so."""
    match event:
        case LetterCorrected() | ArchiveCorrected():
            return _with(case, *(Corrected(what=what, by=event.by, at=event.at) for what, _, _ in changed(event)))
        case NadineRecorded(document=document, was=str()):
            return _with(case, Corrected(what=nadine(document), by=event.by, at=event.at))
        case AttendanceRecorded(step=step, was=tuple()):
            return _with(case, Corrected(what=attendance(step), by=event.by, at=event.at))
        case VersionAdded(use="correction", version=version):
            return _with(case, Corrected(what=LETTER, by=version.by, at=version.at))
        case _:
            return case


def _with(case: Case, *found: Corrected) -> Case:
    new = {item.what for item in found}
    others = (item for item in case.corrected if item.what not in new)
    return case.model_copy(update={"corrected": (*others, *found)})
