"""Who may read what: whole cases, or only what was sent to him (DESIGN §4, "Who may do and read what").

Services ask before they send a file or a history, views before they show a button for it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum

from alur.workflow.case import UNIT_FILE, Case, Task, Version, sheet_id
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.standing import roles_of
from alur.workflow.people import readers
from alur.workflow.presses import ReadingScreen
from alur.workflow.sop import Sop


def reads_whole(sop: Sop, roles: Collection[str]) -> bool:
    return not set(readers(sop)).isdisjoint(roles)


class Concern(StrEnum):
    """What a case is to a role."""

    AWAITED = "awaited"  # its meeting will wait for the role, to which nothing has been sent yet
    SENT = "sent"  # it stands or stood to one of its tasks, or brought a file
    WHOLE = "whole"  # it reads everything


# What a case must be to somebody so that the screen has something of it for him.
SHOWN_ON: Mapping[ReadingScreen, tuple[Concern, ...]] = {
    "documents": (Concern.SENT, Concern.WHOLE),
    "history": (Concern.WHOLE,),
}


def concerned(sop: Sop, case: Case) -> dict[str, Concern]:
    """The roles that find something of theirs in the case, and what it is to them."""
    awaited = {task.waits_for for step in sop.steps for task in step.tasks if task.waits_for}
    stood = {role for task in case.tasks for _, role in roles_of(sop, case, task)}
    brought = {version.by.role for version in case.versions}
    return {
        **dict.fromkeys(sorted(awaited), Concern.AWAITED),
        **dict.fromkeys(sorted(stood | brought), Concern.SENT),
        **dict.fromkeys(readers(sop), Concern.WHOLE),
    }


def readable(s: Situation, *, member: int, unit: str | None, roles: Collection[str]) -> tuple[Version, ...]:
    """The versions in the order in which they came. What was taken back is nobody's any more; what a guest brought
    himself is his to read.
    """
    standing = tuple(item for item in s.case.versions if not item.withdrawn)
    if reads_whole(s.sop, roles):
        return standing
    own = {item.id for item in standing if item.by.member == member and item.by.role in roles}
    sent = {item.id: item for task in s.case.tasks for item in _sent(s, task, standing, roles, unit)}
    letters = set().union(*(_sends(s, task, roles) for task in s.case.tasks))
    copies = (item for item in standing if item.signed and item.document in letters)
    signed = {item.id for item in copies if _is_copy_of(s.case, item, sent.values())}
    return tuple(item for item in standing if item.id in own | sent.keys() | signed)


def by_document(sop: Sop, versions: Iterable[Version]) -> tuple[tuple[Version, ...], ...]:
    """One tuple a document, oldest version first: in the SOP's order, a signed copy behind its letter, and the files of
    units at the end.
    """
    found: dict[tuple[str, str | None, bool], list[Version]] = {}
    for item in versions:
        found.setdefault((item.document, item.unit, item.signed), []).append(item)
    place = {item.id: number for number, item in enumerate(sop.documents)}
    order = sorted(found, key=lambda key: (place.get(key[0], len(place)), key[1] or "", key[2]))
    return tuple(tuple(found[key]) for key in order)


def _is_copy_of(case: Case, signed: Version, sent: Iterable[Version]) -> bool:
    """Whether it is the signed copy of a letter that was sent, whenever it came: of those bytes, and not of what was approved
    since.
    """
    letters = (item for item in reversed(case.versions[: signed.id]) if not item.signed and not item.withdrawn)
    letter = next((item for item in letters if item.document == signed.document), None)
    return letter is not None and any(
        (item.document, item.file.sha256) == (letter.document, letter.file.sha256) for item in sent
    )


def _sent(
    s: Situation, task: Task, standing: Iterable[Version], roles: Collection[str], unit: str | None
) -> Iterator[Version]:
    """What stood when the task landed, and what took its place until it closed: his card showed each of them."""
    sends = _documents(s, task, roles, unit)
    if not sends:
        return
    until = task.closing.recorded_at if task.closing else s.now
    newest: dict[tuple[str, str | None], Version] = {}
    for item in standing:
        key = (item.document, item.unit)
        if key not in sends or item.signed or item.at > until:
            continue
        if item.at <= task.landed_at:
            newest[key] = item
        else:
            yield item
    yield from newest.values()


def _documents(s: Situation, task: Task, roles: Collection[str], unit: str | None) -> set[tuple[str, str | None]]:
    """The documents of which the task's card is made, each with the unit that it is for: to those whom it invited or waited
    for what it sends, to its desk what it works on, and the sheets of decisions on paper that led to it.
    """
    step = s.step(task)
    found = _sends(s, task, roles)
    if not set(s.desk(task)).isdisjoint(roles):
        before = (s.case.tasks[number - 1] for number in task.before)
        found.update(
            step.needs, step.uploads, step.kept, step.sources, (sheet_id(t.step, t.index, t.round) for t in before)
        )
    of_unit = {(UNIT_FILE, unit)} if unit and _is_invited(s, task, roles) else set()
    return {(document, None) for document in found} | of_unit


def _sends(s: Situation, task: Task, roles: Collection[str]) -> set[str]:
    """What the SOP has the task send to one of these roles."""
    return set(s.definition(task).sends) if _is_invited(s, task, roles) else set()


def _is_invited(s: Situation, task: Task, roles: Collection[str]) -> bool:
    definition = s.definition(task)
    return not {*definition.participants, definition.waits_for}.isdisjoint(roles)
