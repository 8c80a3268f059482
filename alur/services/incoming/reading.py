"""What people ask to read of a case: its documents (`/berkas`) and its history (`/riwayat`).

Every press is checked here again: what a person may read is decided by `alur.workflow.reading`, never by what his button
says. Reading leaves no entry in the trail, a refused reading does.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import assert_never

from alur.services.cases.perform import record_refusal
from alur.services.cases.situations import situation
from alur.services.people.office import refuse
from alur.services.tell import on, tell
from alur.services.work import Answer, Work, refused
from alur.storage import cases
from alur.storage.cases import CaseRecord
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.case import Version
from alur.workflow.engine import Situation
from alur.workflow.errors import NotReadable, Unknown
from alur.workflow.notices import Notice
from alur.workflow.office.attempts import Attempt
from alur.workflow.people import Office
from alur.workflow.presses import (
    PressAllFiles,
    PressCases,
    PressDocumentsPage,
    PressFiles,
    PressHistory,
    PressHistoryPage,
    PressVersion,
    ReadingPress,
    ReadingScreen,
)
from alur.workflow.reading import by_document, readable, reads_whole

ALBUM = 10  # files in one message (Bot API, sendMediaGroup)
OfCase = PressFiles | PressHistory | PressDocumentsPage | PressHistoryPage | PressVersion | PressAllFiles
SHOWN = Answer(name="shown_below")
TURNED = Answer(name="form_changed")  # without a word: the message itself has changed


@dataclass(frozen=True, kw_only=True)
class Readable:
    """A case with what of it one member may read."""

    case_id: int
    s: Situation
    versions: tuple[Version, ...]
    is_whole: bool

    def shows(self, screen: ReadingScreen) -> bool:
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
    tell(work, member, notices.Refused.by(refusal))


def press_card(work: Work, member: Member, press: PressFiles | PressHistory) -> Answer:
    """Those under a card show a new message."""
    screen: ReadingScreen = "documents" if isinstance(press, PressFiles) else "history"
    return _shown_to(work, member, press, screen) or SHOWN


def press(work: Work, member: Member, press: ReadingPress, *, message_id: int | None) -> Answer:
    """A screen's own buttons change it, or send what they name."""
    if isinstance(press, PressVersion | PressAllFiles):
        return _send_files(work, member, press)
    place = on(work, member, message_id)
    turned = SHOWN if place is None else TURNED
    match press:
        case PressCases(screen=screen):
            _choose(work, member, screen, place)
            return turned
        case PressDocumentsPage():
            return _shown_to(work, member, press, "documents", place) or turned
        case PressHistoryPage():
            return _shown_to(work, member, press, "history", place) or turned
        case _:
            assert_never(press)


def _shown_to(
    work: Work, member: Member, press: OfCase, screen: ReadingScreen, place: int | None = None
) -> Answer | None:
    """The screen of the case, unless there is nothing on it for him: then the refusal."""
    found = _readable(work, member, press.case)
    if found is None:
        return _unknown(work, member, press)
    if not found.shows(screen):
        return _not_readable(work, member, press)
    _show(work, member, screen, press.case, page=press, place=place)
    return None


def _send_files(work: Work, member: Member, press: PressVersion | PressAllFiles) -> Answer:
    found = _readable(work, member, press.case)
    if found is None:
        return _unknown(work, member, press)
    if isinstance(press, PressVersion):
        wanted = tuple(item for item in found.versions if item.id == press.version)
    else:
        wanted = tuple(group[-1] for group in by_document(found.s.sop, found.versions))
    if not wanted:
        return _not_readable(work, member, press)
    for numbers in _albums(wanted):
        tell(work, member, notices.Files(case_id=press.case, versions=numbers))
    return SHOWN


def _begin(work: Work, member: Member, screen: ReadingScreen) -> None:
    """The one running case, or, where none runs, the one finished last; else the question which."""
    running = [item for item in _shown(work, member, cases.unfinished(work.session)) if item.shows(screen)]
    nearest = running or list(islice(_finished(work, member, screen), 1))
    if len(nearest) > 1:
        _choose(work, member, screen, None)
    else:
        _show(work, member, screen, nearest[0].case_id if nearest else None)


def _choose(work: Work, member: Member, screen: ReadingScreen, place: int | None) -> None:
    tell(work, member, notices.Cases(screen=screen, on=place))


def _show(
    work: Work,
    member: Member,
    screen: ReadingScreen,
    case_id: int | None,
    *,
    page: OfCase | None = None,
    place: int | None = None,
) -> None:
    others = any(item.case_id != case_id for item in _readable_of(work, member, screen))
    tell(work, member, _screen(screen, case_id, page, others=others, on=place))


def _screen(screen: ReadingScreen, case_id: int | None, page: OfCase | None, *, others: bool, on: int | None) -> Notice:
    """The page that a button asked for; else the first of the documents, the newest of the acts."""
    if screen == "history":
        upto = page.upto if isinstance(page, PressHistoryPage) else None
        return notices.History(case_id=case_id, others=others, upto=upto, on=on)
    older, start = (page.older, page.start) if isinstance(page, PressDocumentsPage) else (False, 0)
    return notices.Documents(case_id=case_id, others=others, older=older, start=start, on=on)


def _albums(versions: tuple[Version, ...]) -> list[tuple[int, ...]]:
    """The numbers by message: an album holds at most ten files, photos and documents never mixed. Each message is a row
    of its own, so that after a cut only that one is sent again.
    """
    found = []
    for _, run in groupby(versions, key=lambda item: item.file.kind):
        numbers = tuple(item.id for item in run)
        found += [numbers[start : start + ALBUM] for start in range(0, len(numbers), ALBUM)]
    return found


def _readable_of(work: Work, member: Member, screen: ReadingScreen) -> Iterator[Readable]:
    """What the screen can show to the member: running cases, then those finished last. Taken one by one: a case is read
    when it is its turn.
    """
    yield from (item for item in _shown(work, member, cases.unfinished(work.session)) if item.shows(screen))
    yield from _finished(work, member, screen)


def _finished(work: Work, member: Member, screen: ReadingScreen) -> Iterator[Readable]:
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


def _unknown(work: Work, member: Member, press: OfCase) -> Answer:
    """Of a case that there is none of: it stands in the office's trail."""
    refusal = Unknown(subject=f"c{press.case}")
    refuse(work, Attempt(what=press.name, by=member.id), refusal)
    return refused(refusal)


def _not_readable(work: Work, member: Member, press: OfCase) -> Answer:
    refusal = NotReadable()
    record_refusal(work, press.case, member.id, button=press.name, refusal=refusal.record())
    return refused(refusal)
