"""What a form's fields are called: over their answers, on the buttons that change them, in what is refused. A correction calls
them as the form did that asked first.
"""

from collections.abc import Iterable
from typing import NamedTuple

from alur.views.environment import lowered, vocabulary
from alur.workflow.correcting import asked_as, changed
from alur.workflow.events import ArchiveCorrected


class Amended(NamedTuple):
    """What was put right: what it is called, was and is."""

    heading: str
    was: str
    now: str


def heading(kind: str, name: str) -> str:
    """What a form of that kind calls its field."""
    fields, asked = vocabulary("fields"), asked_as(kind, name)
    return fields.get(f"{asked.form}.{asked.field}") or fields[asked.field]


def of_correctable(name: str, label: str = "") -> str:
    """What may be put right: the letter's are named as such, and of several letters or meetings each (`label`)."""
    asked = asked_as("", name)
    named = vocabulary("correctable").get(f"{asked.form}.{asked.field}")
    return named.format(lowered(label)) if named else heading("", name)


def amended(event: ArchiveCorrected) -> tuple[Amended, ...]:
    return named(changed(event))


def named(corrected: Iterable[tuple[str, str, str]]) -> tuple[Amended, ...]:
    """What `correcting.changed` found, as a text names it."""
    return tuple(Amended(heading("", what), was, now) for what, was, now in corrected)
