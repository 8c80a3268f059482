"""Places: the slots of a person's files in the cases at hand, and which of them a reply means."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from alur.services.cases.situations import situation
from alur.services.work import Work
from alur.storage import cases
from alur.storage.cases import CaseRecord
from alur.storage.members import Member
from alur.workflow.case import UNIT_FILE
from alur.workflow.engine import Situation, Slot, slots
from alur.workflow.matching import Candidate
from alur.workflow.presses import PlaceId


@dataclass(frozen=True, kw_only=True)
class Place:
    """A slot in one of the running cases."""

    case_id: int
    s: Situation
    slot: Slot

    @property
    def title(self) -> str:
        if self.slot.unit is not None:
            return unit_title(self.s, self.slot.unit, self.slot.task)
        return self.s.sop.document(self.slot.document).title

    @property
    def id(self) -> PlaceId:
        unit = hashlib.sha256(self.slot.unit.encode()).hexdigest()[:8] if self.slot.unit else None
        return PlaceId(case=self.case_id, document=self.slot.document, signed=self.slot.signed, unit=unit)

    def candidate(self) -> Candidate[PlaceId]:
        aliases = () if self.slot.document == UNIT_FILE else self.s.sop.document(self.slot.document).aliases
        return Candidate(
            key=self.id, titles=(self.title, *aliases), period=self.s.case.period, is_asked=self.slot.is_asked
        )


def unit_title(s: Situation, unit: str, task: int | None) -> str:
    found = s.case.task(task) if task else None
    prefix = s.definition(found).unit_files if found else None
    return f"{prefix or ''} {unit}".strip()


def places_of(
    work: Work, member: Member, *, case_id: int | None = None, periods: Collection[str] | None = None
) -> tuple[Place, ...]:
    """Every slot of the member in the running cases, then in the finished one of that number; with `periods`, which a
    signed letter that comes late may name, in the finished cases of these and in those finished last.
    """
    running = {record.id: record for record in cases.unfinished(work.session)}
    asked = cases.get(work.session, case_id) if case_id is not None and case_id not in running else None
    late: tuple[CaseRecord, ...] = ()
    if periods is not None:
        late = (*cases.finished_of(work.session, periods), *cases.finished_last(work.session))
    records = {**running, **{record.id: record for record in (*((asked,) if asked else ()), *late)}}
    return _places(work, member, records.values())


def places_in(work: Work, member: Member, case_id: int) -> tuple[Place, ...]:
    """Those in one case; none where there is no such case."""
    record = cases.get(work.session, case_id)
    return _places(work, member, (record,) if record else ())


def _places(work: Work, member: Member, records: Iterable[CaseRecord]) -> tuple[Place, ...]:
    office = work.office()
    found = []
    for record in records:
        s = situation(work, record.case, office)
        found += [Place(case_id=record.id, s=s, slot=slot) for slot in slots(s, member.id)]
    return tuple(found)


def narrowed(places: Sequence[Place], about: dict[str, object]) -> list[Place]:
    """The places that a reply means: those of the card's task, of the older version's document, of the letter asked
    for. A product means its source, while that is open.
    """
    case_places = [place for place in places if place.case_id == about.get("case_id")]
    if "version" in about:
        return [place for place in case_places if _means(place, int(str(about["version"])))]
    if "document" in about:
        return [place for place in case_places if place.slot.document == about["document"] and place.slot.signed]
    if "task" in about:
        task = int(str(about["task"]))
        return [place for place in case_places if place.slot.task == task or (task == 1 and place.slot.use == "letter")]
    return case_places


def _means(place: Place, version_id: int) -> bool:
    version = place.s.case.version(version_id)
    if version is None:
        return False
    if (place.slot.document, place.slot.unit) == (version.document, version.unit):
        return not place.slot.signed or not _has_unsigned_place(place, version_id)
    source = place.s.case.version(version.source) if version.source else None
    return source is not None and place.slot.document == source.document


def _has_unsigned_place(place: Place, version_id: int) -> bool:
    """Whether the version's source is open, and is therefore meant rather than a signed copy."""
    version = place.s.case.version(version_id)
    source = place.s.case.version(version.source) if version and version.source else None
    return any(source and source.document in place.s.step(task).uploads for task in place.s.case.open_tasks)
