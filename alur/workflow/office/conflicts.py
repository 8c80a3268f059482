"""Where those who hold the roles leave a decision to nobody, or to one person on both sides: told when an appointment is entered
and when its day comes. It forbids nothing.

Called by what is shown before *Kirim*, by the command line, and by `alur.services.people.conflicts`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal

from alur.workflow.model import Value
from alur.workflow.people import Appointment, Office
from alur.workflow.sop import Sop, Step, TaskKind

DECIDES = (TaskKind.DISPOSE, TaskKind.REVIEW)  # the kinds at which nobody decides over his own draft


class ConflictKind(StrEnum):
    STUCK = "stuck"  # whoever may decide has drafted what is decided
    SAME = "same"  # what is returned comes back to whoever returned it


class Conflict(Value):
    """One person alone holds two roles of an SOP that need two."""

    kind: Literal[ConflictKind.STUCK, ConflictKind.SAME]
    sop: str
    role: str  # in which he is to decide
    other: str  # in which he drafts, or gets back what he returns
    steps: tuple[int, ...]  # of the decisions
    member: int
    appointments: tuple[int, ...]  # by which he holds the roles: another time it is another conflict


def conflicts(sop: Sop, office: Office, at: datetime) -> tuple[Conflict, ...]:
    """Those of that moment, in the order of the steps."""
    found: dict[tuple[ConflictKind, str, str], list[int]] = {}
    for step in sop.steps:
        alone = {task.role: _drafts_alone(sop, office, step, index, at) for index, task in enumerate(step.tasks)}
        stuck = {role: drafting for role, drafting in alone.items() if drafting}
        deciding = {task.role for task in step.tasks if task.kind in DECIDES}
        if step.together != "any" or set(stuck) == deciding:
            for role, drafting in stuck.items():
                for other in drafting:
                    found.setdefault((ConflictKind.STUCK, role, other), []).append(step.number)
        for role, other in _returns(sop, step):
            if _alone(office, role, other, at) and other not in stuck.get(role, ()):
                found.setdefault((ConflictKind.SAME, role, other), []).append(step.number)
    return tuple(_conflict(sop, office, at, *pair, steps) for pair, steps in found.items())


def arising(sops: Iterable[Sop], office: Office, wanted: Appointment, today: date) -> tuple[Conflict, ...]:
    """Those that the appointment brings about on a day from today on, beside the others as they are entered."""
    others = tuple(item for item in office.appointments if item.id != wanted.id or wanted.id is None)
    without, beside = replace(office, appointments=others), replace(office, appointments=(*others, wanted))
    found: dict[tuple[str, ...], Conflict] = {}
    for day in _days(others, wanted, today):
        at = datetime.combine(day, time(12), tzinfo=office.calendar.zone)
        for sop in sops:
            known = {_key(item) for item in conflicts(sop, without, at)}
            new = (item for item in conflicts(sop, beside, at) if _key(item) not in known)
            found.update({_key(item): item for item in new if _key(item) not in found})
    return tuple(found.values())


def _days(others: Iterable[Appointment], wanted: Appointment, today: date) -> list[date]:
    """Its first day, and those on which somebody else comes or goes while it is in force."""
    first = max(today, wanted.starts or today)
    changes = {first}
    for item in others:
        changes |= {item.starts} if item.starts else set()
        changes |= {item.ends + timedelta(days=1)} if item.ends else set()
    return sorted(day for day in changes if day >= first and wanted.is_in_force(day))


def _key(conflict: Conflict) -> tuple[str, ...]:
    return (conflict.kind, conflict.sop, conflict.role, conflict.other, str(conflict.member))


def _conflict(
    sop: Sop, office: Office, at: datetime, kind: ConflictKind, role: str, other: str, steps: list[int]
) -> Conflict:
    held = (*office.holders(role, at), *office.holders(other, at))
    numbers = tuple(sorted({item.id or 0 for item in held}))
    return Conflict(
        kind=kind, sop=sop.id, role=role, other=other, steps=tuple(steps), member=held[0].member, appointments=numbers
    )


def _alone(office: Office, role: str, other: str, at: datetime) -> bool:
    """Whether one person, and nobody else, acts in both."""
    one, two = ({item.member for item in office.holders(name, at)} for name in (role, other))
    return len(one) == 1 and one == two


def _drafts_alone(sop: Sop, office: Office, step: Step, index: int, at: datetime) -> tuple[str, ...]:
    """The roles that draft what the task decides, where whoever holds it alone is who drafts it."""
    task = step.tasks[index]
    if task.kind not in DECIDES:
        return ()
    return tuple(role for role in _drafters(sop, step, index) if _alone(office, role, task.role, at))


def _drafters(sop: Sop, step: Step, index: int) -> tuple[str, ...]:
    """The roles that prepare what the task decides, each once: of a product those that prepare what it is made from."""
    wanted = set(step.sources or step.needs)
    while sources := {source for item in sop.steps for source, made in item.sources.items() if made in wanted} - wanted:
        wanted |= sources
    before = [(item, task) for item in sop.steps[: step.number - 1] for task in item.tasks]
    before += [(step, task) for task in step.tasks[:index]]
    return tuple(
        dict.fromkeys(
            task.role
            for item, task in before
            if task.kind is TaskKind.PREPARE and not wanted.isdisjoint((*item.uploads, *item.kept))
        )
    )


def _returns(sop: Sop, step: Step) -> Iterator[tuple[str, str]]:
    """Who returns, and to whom."""
    for task in step.tasks:
        if task.returns_to is not None:
            again = sop.step(task.returns_to)
            yield from ((task.role, back.role) for back in (again.tasks if again.together else again.tasks[:1]))
