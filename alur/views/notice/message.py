"""The message that a notice becomes: its words are made here, from the state at the moment of sending, in the template of
its name. Called by delivery.
"""

from typing import Any

from alur.views import facts, words
from alur.views.environment import fits, vocabulary
from alur.views.environment import render as rendered
from alur.views.notice import (
    appointments,
    archive_list,
    cases,
    control_card,
    corrected,
    deadlines,
    documents,
    evidence,
    files,
    history,
    inputs,
    people,
    report,
    screens,
    staff,
    trouble,
    year,
)
from alur.views.notice.maker import Given, Parts, make
from alur.views.screen import Attachment, Menu, Parcel, Screen
from alur.workflow.notices import Notice

# Each room enters its makers when it is read.
ROOMS = (
    appointments,
    archive_list,
    cases,
    control_card,
    corrected,
    deadlines,
    documents,
    evidence,
    files,
    history,
    inputs,
    people,
    report,
    screens,
    staff,
    trouble,
    year,
)


def render(notice: Notice, given: Given) -> Screen | Menu | Parcel | tuple[Attachment, ...] | None:
    """What is sent to that reader; None where what the notice was to say is no longer so."""
    made = make(notice, given)
    if not isinstance(made, Parts):
        return made
    template, known = f"notices/{notice.template}.html", {**_common(given), **dict(notice)}
    while made.fewer is not None and not fits(template, {**known, **made.context}):
        made = made.fewer()
    return Screen(text=rendered(template, {**known, **made.context}), buttons=made.buttons)


def _common(given: Given) -> dict[str, Any]:
    """What every template may name; a template about a case more."""
    known = {
        "reader": given.reader,
        "sapaan": words.sapaan(given.reader),
        "salutation": words.salutation(given.reader, given.role, given.s),
        "size": words.size,
        "case": None,
        "titled": lambda role: words.role_title(role, given.sops),
        "whole": False,
        "letter_date": words.letter_day,
        "held_as": vocabulary("held_as"),
        "record_of": lambda s, by: words.record(by, s.sop),
        "moment_of": lambda s, at: words.moment(at, s.office.calendar.zone),
    }
    return known | (facts.common(given.s, reader=given.reader, role=given.role) if given.s else {})
