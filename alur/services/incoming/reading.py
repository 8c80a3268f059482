"""What people ask to read of a case: its documents (`/berkas`) and its history (`/riwayat`); and the pages of screens.

Which cases there are for a person is found in rows (`case_roles`); a case is read when it is its turn to be shown. Every press
is checked here again: what a person may read is decided by `alur.workflow.reading`, never by what his button says. Reading
leaves no entry in the trail, a refused reading does.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never

from alur.services.cases.perform import record_refusal
from alur.services.cases.situations import situation
from alur.services.people.office import refuse
from alur.services.people.waiting import deliver_tasks
from alur.services.tell import on, tell, tell_once
from alur.services.work import Answer, Work, refused
from alur.storage import case_roles, cases
from alur.storage import notices as notice_rows
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.case import Version
from alur.workflow.engine import Situation
from alur.workflow.errors import NotReadable, Unknown
from alur.workflow.notices import Notice
from alur.workflow.notices.notice import AboutCase
from alur.workflow.office.attempts import Attempt
from alur.workflow.presses import (
    Press,
    PressAllFiles,
    PressArchiveList,
    PressBoard,
    PressCases,
    PressControlCard,
    PressDocumentsPage,
    PressFiles,
    PressHistory,
    PressHistoryPage,
    PressStatusCase,
    PressStatusPage,
    PressTasksPage,
    PressVersion,
    ReadingPress,
    ReadingScreen,
)
from alur.workflow.reading import SHOWN_ON, Concern, by_document, concerned, readable, reads_whole

ALBUM = 10  # files in one message (Bot API, sendMediaGroup)
OfCase = (
    PressStatusCase
    | PressBoard
    | PressFiles
    | PressHistory
    | PressDocumentsPage
    | PressHistoryPage
    | PressVersion
    | PressAllFiles
    | PressArchiveList
    | PressControlCard
)
MADE: Mapping[type[Press], type[AboutCase]] = {
    PressBoard: notices.Board,
    PressArchiveList: notices.ArchiveList,
    PressControlCard: notices.ControlCard,
}
SHOWN = Answer(name="shown_below")
STANDS = Answer(name="stands_below")
TURNED = Answer(name="form_changed")  # without a word: the message itself has changed


@dataclass(frozen=True, kw_only=True)
class Readable:
    """A case with what of it one member may read."""

    s: Situation
    versions: tuple[Version, ...]
    concerns: frozenset[Concern]  # what it is to his roles

    def is_for(self, screen: ReadingScreen) -> bool:
        """Whether the screen may show it to him. What concerns him may hold no file yet, which the screen then says."""
        return not self.concerns.isdisjoint(SHOWN_ON[screen])


@dataclass(frozen=True, kw_only=True)
class Below:
    """The place of a screen below a copy of a card: named once, and the notice by which it stands there already."""

    once: str | None
    anew: int | None


Place = int | Below | None  # the message that it takes the place of, or which it stands below


def documents(work: Work, member: Member) -> None:
    """/berkas"""
    _begin(work, member, "documents")


def history(work: Work, member: Member) -> None:
    """/riwayat: for those who read cases whole; the others are told so."""
    roles = work.office().reads(member.id, work.at)
    if any(reads_whole(item.sop, roles) for item in work.procedures):
        _begin(work, member, "history")
        return
    refusal = NotReadable()
    refuse(work, Attempt(what="history", by=member.id), refusal)
    tell(work, member, notices.Refused.by(refusal))


def press_card(work: Work, member: Member, press: PressFiles | PressHistory, *, message_id: int | None) -> Answer:
    """Those under a card show a message below it: one for each copy, which a second press shows anew where it stands. One that
    was given up before it was sent does not stand there.
    """
    screen: ReadingScreen = "documents" if isinstance(press, PressFiles) else "history"
    once = f"{screen}:{press.case}:{message_id}:{member.id}" if message_id is not None else None
    stands = notice_rows.of_occasions(work.session, [once]) if once else ()
    below = Below(once=once, anew=stands[0].id if stands else None)
    return _shown_to(work, member, press, screen, below) or (STANDS if stands else SHOWN)


def press(work: Work, member: Member, press: ReadingPress, *, message_id: int | None) -> Answer:
    """A screen's own buttons change it, or send what they name."""
    if isinstance(press, PressVersion | PressAllFiles):
        return _send_files(work, member, press)
    if isinstance(press, PressBoard | PressArchiveList | PressControlCard):
        return _send_made(work, member, press)
    place = on(work, member, message_id)
    turned = SHOWN if place is None else TURNED
    match press:
        case PressStatusPage(start=start):
            tell(work, member, notices.Status(start=start, on=place))
            return turned
        case PressStatusCase(case=case_id):
            return _status_of(work, member, press, case_id, place) or turned
        case PressTasksPage():
            deliver_tasks(work, member, press)
            return SHOWN
        case PressCases(screen=screen, start=start):
            _choose(work, member, screen, start=start, place=place)
            return turned
        case PressDocumentsPage():
            return _shown_to(work, member, press, "documents", place) or turned
        case PressHistoryPage():
            return _shown_to(work, member, press, "history", place) or turned
        case _:
            assert_never(press)


def _status_of(work: Work, member: Member, press: PressStatusCase, case_id: int, place: int | None) -> Answer | None:
    """The one case, unless it does not concern him: then the refusal."""
    found = _readable(work, member, case_id)
    if found is None:
        return _unknown(work, member, press)
    if not found.concerns:
        return _not_readable(work, member, press)
    tell(work, member, notices.Status(case_id=case_id, on=place))
    return None


def _shown_to(work: Work, member: Member, press: OfCase, screen: ReadingScreen, place: Place = None) -> Answer | None:
    """The screen of the case, unless there is nothing on it for him: then the refusal."""
    found = _readable(work, member, press.case)
    if found is None:
        return _unknown(work, member, press)
    if not found.is_for(screen):
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


def _send_made(work: Work, member: Member, press: PressBoard | PressArchiveList | PressControlCard) -> Answer:
    """What is made of the case as it stands, for those who read it whole."""
    found = _readable(work, member, press.case)
    if found is None:
        return _unknown(work, member, press)
    if Concern.WHOLE not in found.concerns:
        return _not_readable(work, member, press)
    tell(work, member, MADE[type(press)](case_id=press.case))
    return SHOWN


def _begin(work: Work, member: Member, screen: ReadingScreen) -> None:
    """The one running case, or, where none runs, the one finished last; else the question which."""
    session, roles, concerns = work.session, work.office().reads(member.id, work.at), SHOWN_ON[screen]
    nearest = case_roles.running(session, roles, most=2, concerns=concerns)
    nearest = nearest or case_roles.finished(session, roles, most=1, concerns=concerns)
    if len(nearest) > 1:
        _choose(work, member, screen)
    else:
        _show(work, member, screen, nearest[0] if nearest else None)


def _choose(work: Work, member: Member, screen: ReadingScreen, *, start: int = 0, place: int | None = None) -> None:
    tell(work, member, notices.Cases(screen=screen, start=start, on=place))


def _show(
    work: Work,
    member: Member,
    screen: ReadingScreen,
    case_id: int | None,
    *,
    page: OfCase | None = None,
    place: Place = None,
) -> None:
    roles = work.office().reads(member.id, work.at)
    some, _ = case_roles.page(work.session, roles, start=0, most=2, concerns=SHOWN_ON[screen])
    others = any(number != case_id for number in some)
    found = _screen(screen, case_id, page, others=others)
    match place:
        case Below(once=str(once), anew=None):
            if not tell_once(work, once, member, found):  # the first was given up
                tell(work, member, found)
        case Below(anew=anew):
            tell(work, member, found.model_copy(update={"anew": anew}))
        case _:
            tell(work, member, found.model_copy(update={"on": place}))


def _screen(screen: ReadingScreen, case_id: int | None, page: OfCase | None, *, others: bool) -> Notice:
    """The page that a button asked for; else the first of the documents, the newest of the acts."""
    if screen == "history":
        upto = page.upto if isinstance(page, PressHistoryPage) else None
        return notices.History(case_id=case_id, others=others, upto=upto)
    if isinstance(page, PressFiles):
        return notices.Documents(case_id=case_id, others=others, task=page.task)
    older, start = (page.older, page.start) if isinstance(page, PressDocumentsPage) else (False, 0)
    return notices.Documents(case_id=case_id, others=others, older=older, start=start)


def _albums(versions: tuple[Version, ...]) -> list[tuple[int, ...]]:
    """The numbers by message: an album holds at most ten files, photos and documents never mixed. Each message is a row
    of its own, so that after a cut only that one is sent again.
    """
    found = []
    for _, run in groupby(versions, key=lambda item: item.file.kind):
        numbers = tuple(item.id for item in run)
        found += [numbers[start : start + ALBUM] for start in range(0, len(numbers), ALBUM)]
    return found


def _readable(work: Work, member: Member, case_id: int) -> Readable | None:
    record = cases.get(work.session, case_id)
    if record is None:
        return None
    s = situation(work, record.case)
    roles, concerns = s.office.reads(member.id, work.at), concerned(s.sop, s.case)
    return Readable(
        s=s,
        versions=readable(s, member=member.id, unit=member.unit, roles=roles),
        concerns=frozenset(concerns[role] for role in roles if role in concerns),
    )


def _unknown(work: Work, member: Member, press: OfCase) -> Answer:
    """Of a case that there is none of: it stands in the office's trail."""
    refusal = Unknown(subject=f"c{press.case}")
    refuse(work, Attempt(what=press.name, by=member.id), refusal)
    return refused(refusal)


def _not_readable(work: Work, member: Member, press: OfCase) -> Answer:
    refusal = NotReadable()
    record_refusal(work, press.case, member.id, button=press.name, refusal=refusal.record())
    return refused(refusal)
