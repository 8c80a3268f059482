"""What people ask to read of a case: its documents (`/berkas`) and its history (`/riwayat`).

Every press is checked here again: what a person may read is decided by `alur.workflow.reading`, never by what his button
says. Reading leaves no entry in the trail, a refused reading does.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from alur.services.office import refuse
from alur.services.perform import record_refusal
from alur.services.situations import situation
from alur.services.tell import on, tell
from alur.services.work import Answer, Work, refused
from alur.storage import cases
from alur.storage.cases import CaseRecord
from alur.storage.members import Member
from alur.workflow.case import Version
from alur.workflow.engine import Situation
from alur.workflow.errors import NotReadable, Unknown
from alur.workflow.office.attempts import Attempt
from alur.workflow.people import Office
from alur.workflow.reading import by_document, readable, reads_whole

ALBUM = 10  # files in one message (Bot API, sendMediaGroup)
SCREENS = {"files": "documents", "documents": "documents", "history": "history", "acts": "history"}
TURNING = {"documents": "documents", "history": "acts"}  # the act of a screen's own buttons
BUTTONS = (*SCREENS, "version", "all_files")
PLACE = re.compile(r"(?P<which>[no])(?P<start>\d{1,4})")
SHOWN = Answer(name="shown_below")
TURNED = Answer(name="form_changed")  # without a word: the message itself has changed


@dataclass(frozen=True, kw_only=True)
class Readable:
    """A case with what of it one member may read."""

    case_id: int
    s: Situation
    versions: tuple[Version, ...]
    is_whole: bool

    def shows(self, screen: str) -> bool:
        return self.is_whole if screen == "history" else bool(self.versions)


def documents(work: Work, member: Member) -> None:
    """/berkas"""
    _begin(work, member, "documents")


def history(work: Work, member: Member) -> None:
    """/riwayat: for those who read cases whole; the others are told so."""
    roles = work.office().roles(member.id, work.at)
    if any(reads_whole(item.sop, roles) for item in work.procedures):
        _begin(work, member, "history")
        return
    refusal = NotReadable()
    refuse(work, Attempt(what="history", by=member.id), refusal)
    tell(work, member, "refused", refusal.as_notice())


def press(
    work: Work, member: Member, *, button: str, case_id: int | None, argument: str | None, message_id: int | None
) -> Answer:
    """One of `BUTTONS`. Those under a card show a new message; a screen's own change it, or send what they name."""
    is_turned = button in TURNING.values()
    place = on(work, member, message_id) if is_turned else {}
    if case_id is None:
        if not is_turned:
            return _refused(work, member, None, button, Unknown(subject=button))
        _choose(work, member, SCREENS[button], place)
        return TURNED if place else SHOWN
    found = _readable(work, member, case_id)
    if found is None:
        return _refused(work, member, None, button, Unknown(subject=f"c{case_id}"))
    if button in SCREENS:
        if not found.shows(SCREENS[button]):
            return _refused(work, member, case_id, button, NotReadable())
        _show(work, member, SCREENS[button], case_id, **_part(SCREENS[button], argument), **place)
        return TURNED if place else SHOWN
    if button == "all_files":
        wanted = tuple(group[-1] for group in by_document(found.s.sop, found.versions))
    else:
        wanted = tuple(item for item in found.versions if str(item.id) == argument)
    if not wanted:
        return _refused(work, member, case_id, button, NotReadable())
    for numbers in _albums(wanted):
        tell(work, member, "files", {"case_id": case_id, "versions": numbers})
    return SHOWN


def _begin(work: Work, member: Member, screen: str) -> None:
    """The one running case, or, where none runs, the one finished last; else the question which."""
    running = [item for item in _shown(work, member, cases.unfinished(work.session)) if item.shows(screen)]
    nearest = running or list(islice(_finished(work, member, screen), 1))
    if len(nearest) > 1:
        _choose(work, member, screen, {})
    else:
        _show(work, member, screen, nearest[0].case_id if nearest else None)


def _choose(work: Work, member: Member, screen: str, place: Mapping[str, int]) -> None:
    tell(work, member, "cases", {"screen": TURNING[screen], **place})


def _show(work: Work, member: Member, screen: str, case_id: int | None, **place: Any) -> None:
    others = any(item.case_id != case_id for item in _readable_of(work, member, screen))
    about = {"case_id": case_id} if case_id is not None else {}
    tell(work, member, screen, {**about, "others": others, **place})


def _part(screen: str, argument: str | None) -> dict[str, Any]:
    """Which part of the screen a button asked for; what cannot be read means its beginning."""
    if screen == "history":
        is_number = argument is not None and re.fullmatch(r"\d{1,6}", argument, re.ASCII)
        return {"upto": int(argument or 0)} if is_number else {}
    found = PLACE.fullmatch(argument or "")
    return {"older": found["which"] == "o", "start": int(found["start"])} if found else {}


def _albums(versions: tuple[Version, ...]) -> list[list[int]]:
    """The numbers by message: an album holds at most ten files, photos and documents never mixed. Each message is a row
    of its own, so that after a cut only that one is sent again.
    """
    found = []
    for _, run in groupby(versions, key=lambda item: item.file.kind):
        numbers = [item.id for item in run]
        found += [numbers[start : start + ALBUM] for start in range(0, len(numbers), ALBUM)]
    return found


def _readable_of(work: Work, member: Member, screen: str) -> Iterator[Readable]:
    """What the screen can show to the member: running cases, then those finished last. Taken one by one: a case is read
    when it is its turn.
    """
    yield from (item for item in _shown(work, member, cases.unfinished(work.session)) if item.shows(screen))
    yield from _finished(work, member, screen)


def _finished(work: Work, member: Member, screen: str) -> Iterator[Readable]:
    """The newest first, of as many as a choice of cases shows."""
    yield from (item for item in _shown(work, member, cases.finished_last(work.session)) if item.shows(screen))


def _shown(work: Work, member: Member, records: Iterable[CaseRecord]) -> Iterator[Readable]:
    office = work.office()
    for record in records:
        found = _of_case(work, member, record, office)
        if found.versions:
            yield found


def _readable(work: Work, member: Member, case_id: int) -> Readable | None:
    record = cases.get(work.session, case_id)
    return _of_case(work, member, record, work.office()) if record else None


def _of_case(work: Work, member: Member, record: CaseRecord, office: Office) -> Readable:
    s, roles = situation(work, record.case, office), office.roles(member.id, work.at)
    versions = readable(s, member=member.id, unit=member.unit, roles=roles)
    return Readable(case_id=record.id, s=s, versions=versions, is_whole=reads_whole(s.sop, roles))


def _refused(work: Work, member: Member, case_id: int | None, button: str, refusal: NotReadable | Unknown) -> Answer:
    if case_id is None:
        refuse(work, Attempt(what=button, by=member.id), refusal)
    else:
        record_refusal(work, case_id, member.id, button=button, refusal=refusal.record())
    return refused(refusal)
