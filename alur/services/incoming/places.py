"""Places: the slots of a person's files in the cases at hand, and which of them a reply means. A case is read where a file of
his may land, and not for the letters whose signed copy may come at any time: those stand in rows.
"""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from alur.services.cases.situations import situation
from alur.services.work import Work
from alur.storage import cases, inlets, sops
from alur.storage.cases import CaseRecord
from alur.storage.inlets import LetterRow
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.case import UNIT_FILE, Case
from alur.workflow.engine import Situation, Slot, slots
from alur.workflow.engine.letters import letter_roles
from alur.workflow.matching import Candidate
from alur.workflow.people import Office
from alur.workflow.presses import PlaceId
from alur.workflow.sop import Sop

MOST = 12  # cases that are read for one file: more would be no question that a person can answer
LETTERS = 24  # letters, of running cases and of finished ones: a case has two


@dataclass(frozen=True, kw_only=True)
class Place:
    """A slot in one of the cases."""

    case_id: int
    code: str
    period: str
    sop: Sop
    slot: Slot
    title: str

    @property
    def id(self) -> PlaceId:
        unit = hashlib.sha256(self.slot.unit.encode()).hexdigest()[:8] if self.slot.unit else None
        return PlaceId(case=self.case_id, document=self.slot.document, signed=self.slot.signed, unit=unit)

    def offered(self) -> notices.PlaceOffered:
        about = {"case_id": self.case_id, "code": self.code, "place": self.id, "title": self.title}
        return notices.PlaceOffered(**about, signed=self.slot.signed)

    def candidate(self) -> Candidate[PlaceId]:
        aliases = () if self.slot.document == UNIT_FILE else self.sop.document(self.slot.document).aliases
        return Candidate(key=self.id, titles=(self.title, *aliases), period=self.period, is_asked=self.slot.is_asked)


def place(case_id: int, s: Situation, slot: Slot) -> Place:
    return Place(case_id=case_id, code=s.case.code, period=s.case.period, sop=s.sop, slot=slot, title=title_of(s, slot))


def title_of(s: Situation, slot: Slot) -> str:
    if slot.unit is None:
        return s.sop.document(slot.document).title
    found = s.case.task(slot.task) if slot.task else None
    prefix = s.definition(found).unit_files if found else None
    return f"{prefix or ''} {slot.unit}".strip()


@dataclass(frozen=True, kw_only=True)
class Places:
    """Where a file may land; where not all are among them, none of them is taken without a word."""

    found: tuple[Place, ...]
    is_cut: bool


def places_of(work: Work, member: Member, *, periods: Collection[str], with_letters: bool) -> Places:
    """The member's slots in the running cases; `with_letters` also the approved letters that he may complete, of running
    cases, of those finished last and of the `periods` that the file's name tells. Of too many those of these periods.
    """
    office = work.office()
    roles = office.roles(member.id, work.at)
    own, is_cut = inlets.first_cases_for(work.session, roles, MOST + 1), False
    if len(own) > MOST:
        own = (inlets.cases_for(work.session, roles, periods) if periods else ()) or own
        own, is_cut = own[:MOST], len(own) > MOST
    found = [item for record in cases.of(work.session, own) for item in _unsigned(work, member, record, office)]
    if not with_letters:
        return Places(found=tuple(found), is_cut=is_cut)
    letters = inlets.running_letters(work.session, roles, most=LETTERS + 1)
    named = inlets.letters_of_periods(work.session, roles, periods) if periods else ()
    is_cut |= len(letters) > LETTERS and not named
    last = inlets.finished_letters(work.session, roles, most=LETTERS)
    letters = tuple(dict.fromkeys((*named, *letters[:LETTERS], *last)))
    return Places(found=(*found, *_signed(work, member, office, letters)), is_cut=is_cut)


def places_in(work: Work, member: Member, case_id: int) -> tuple[Place, ...]:
    """Those in one case; none where there is no such case."""
    record = cases.get(work.session, case_id)
    if record is None:
        return ()
    office = work.office()
    letters = inlets.letters_of(work.session, office.roles(member.id, work.at), case_id)
    return (*_unsigned(work, member, record, office), *_signed(work, member, office, letters))


def cases_of(work: Work, member: Member) -> frozenset[int]:
    """The running cases to which a file of his may come, all of them; none is read."""
    roles = work.office().roles(member.id, work.at)
    with_letters = inlets.cases_with_letters(work.session, roles)
    return frozenset((*inlets.cases_for(work.session, roles), *with_letters))


def _unsigned(work: Work, member: Member, record: CaseRecord, office: Office) -> Iterable[Place]:
    s = situation(work, record.case, office)
    return (place(record.id, s, slot) for slot in slots(s, member.id) if not slot.signed)


def _signed(work: Work, member: Member, office: Office, letters: Iterable[LetterRow]) -> Iterable[Place]:
    """The letters that the member may complete."""
    for row in letters:
        sop = sops.get(work.session, row.sop_hash)
        held = office.appointment(member.id, letter_roles(sop, row.document), work.at)
        if held is not None:
            slot = Slot(document=row.document, use="signed", role=held.role, step=0)
            title = sop.document(row.document).title
            yield Place(case_id=row.case_id, code=row.code, period=row.period, sop=sop, slot=slot, title=title)


def elsewhere(places: Sequence[Place]) -> tuple[str, ...]:
    """How the documents are called that have none of these places, in the SOPs of those that have one."""
    placed = {(item.sop.id, item.slot.document) for item in places}
    sops_of = {item.sop.id: item.sop for item in places}.values()
    documents = [(sop, item) for sop in sops_of for item in sop.documents if (sop.id, item.id) not in placed]
    return tuple(name for _, item in documents for name in (item.title, *item.aliases))


def narrowed(places: Sequence[Place], about: dict[str, object], case: Case | None) -> list[Place]:
    """The places in the replied case that a reply means: those of the card's task, of the older version's document, of the
    letter asked for. A product means its source, while that is open.
    """
    if case is None:
        return []
    if "version" in about:
        return [item for item in places if _means(item, case, int(str(about["version"])))]
    if "document" in about:
        return [item for item in places if item.slot.document == about["document"] and item.slot.signed]
    if "task" in about:
        number = int(str(about["task"]))
        task = case.task(number)
        is_first = task is not None and not task.before
        own = {number, *(item.id for item in case.beside(task))} if task is not None else set()  # desks share theirs
        return [item for item in places if item.slot.task in own or (is_first and item.slot.use == "letter")]
    return list(places)


def _means(found: Place, case: Case, version_id: int) -> bool:
    version = case.version(version_id)
    if version is None:
        return False
    source = case.version(version.source) if version.source else None
    if (found.slot.document, found.slot.unit) == (version.document, version.unit):
        # While the source is open, that is meant rather than a signed copy.
        return not found.slot.signed or not (source and _is_brought_now(found.sop, case, source.document))
    return source is not None and found.slot.document == source.document


def _is_brought_now(sop: Sop, case: Case, document: str) -> bool:
    return any(document in sop.step(task.step).uploads for task in case.open_tasks)
