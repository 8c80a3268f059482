"""Moments and documents, as the cells and the notes of a *Kartu Kendali* call them."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby

from alur.views import words
from alur.views.environment import joined, lowered, vocabulary
from alur.workflow.case import Version
from alur.workflow.engine import Situation
from alur.workflow.record.control_card import Paper


def moment(s: Situation, at: datetime) -> str:
    """As in "Sel 13 Okt 2026, 09.00": the zone is said once."""
    return words.line_moment(at, s.office.calendar.zone, year=0)


def day(s: Situation, at: datetime) -> str:
    """The same without the hour: of what stands on paper the day alone is known."""
    return words.line_day(at, s.office.calendar.zone)


def stamp(s: Situation, at: datetime) -> list[str]:
    """The same in two lines, for a narrow column."""
    return [day(s, at), f"{at.astimezone(s.office.calendar.zone):%H.%M}"]


def paper_of(s: Situation, paper: Paper) -> str:
    """As in "Konsep undangan rapat versi 3 (sebelumnya versi 1 s.d. 2, kemudian diganti versi 4), menjadi undangan rapat versi 1"."""
    said = vocabulary("control_card")
    text = titled(s, paper.version)
    beside = [
        said[when].format(spans(item.number for item in versions))
        for when, versions in (("earlier", paper.earlier), ("later", paper.later))
        if versions
    ]
    if beside:
        text = said["beside"].format(text, ", ".join(beside))
    return said["made"].format(text, lowered(titled(s, paper.made))) if paper.made is not None else text


def titled(s: Situation, version: Version) -> str:
    said = vocabulary("control_card")
    text = said["paper"].format(words.document_title(s.sop, version), version.number)
    return said["late_paper"].format(text) if version.late else text


def spans(numbers: Iterable[int]) -> str:
    """As in "1 s.d. 4 dan 7"."""
    runs = groupby(enumerate(sorted(set(numbers))), key=lambda item: item[1] - item[0])
    found = [[number for _, number in run] for _, run in runs]
    span = vocabulary("control_card")["span"]
    return joined(str(item[0]) if len(item) == 1 else span.format(item[0], item[-1]) for item in found)
