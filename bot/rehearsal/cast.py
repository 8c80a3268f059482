"""Who has a phone in a rehearsal, and who may still join.

For the SOP that comes with Alur these are `profiles`; for a folder of the user's own SOPs they are made of what its files say:
a person for each role. An administrator is always there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from bot.rehearsal.profiles import ADMIN, MAY_JOIN, REHEARSING, UNIT_A, UNIT_B, Profile

if TYPE_CHECKING:
    from alur.workflow.sop import Role, Sop, TaskDef

KNOWN = {profile.role: profile for profile in REHEARSING}  # whose names are kept where a role of that id is held
OTHERS = ("Ibu Maya", "Bapak Andi", "Ibu Fitri", "Bapak Eko", "Ibu Nina", "Bapak Rudi", "Ibu Lina", "Bapak Agus")
SECOND = "Ibu Tari"  # of another unit


@dataclass(frozen=True, kw_only=True)
class Cast:
    people: tuple[Profile, ...]  # who opens the case comes first
    may_join: tuple[Profile, ...]


OURS = Cast(people=REHEARSING, may_join=MAY_JOIN)


def of(sops: Sequence["Sop"]) -> Cast:
    """A role that several of them have is held by one person; of those who are invited to a meeting a second may join."""
    roles = {role.id: role for sop in sops for role in _in_order(sop)}
    guests = {guest for sop in sops for step in sop.steps for task in step.tasks for guest in task.participants}
    names = chain(OTHERS, (f"Pegawai {number}" for number in range(1, len(roles) + 1)))
    people = [_first(role, names, unit=UNIT_A if role.id in guests else None) for role in roles.values()]
    seconds = [
        _named(SECOND, replace(person, desk=f"{person.desk}, {UNIT_B}", unit=UNIT_B))
        for person in people
        if person.role in guests
    ]
    return Cast(people=(*people, ADMIN), may_join=tuple(seconds))


def _in_order(sop: "Sop") -> list["Role"]:
    """As the case comes to them, behind who opens it: a desk for that alone rather than one that also decides first."""
    may_start = [role for role in sop.roles if "start" in role.may]
    openers = [role for role in may_start if role.id != sop.steps[0].tasks[0].role] or may_start
    coming = [sop.role(role_id) for step in sop.steps for task in step.tasks for role_id in _of_task(task)]
    return list({role.id: role for role in (*openers[:1], *coming, *sop.roles)}.values())


def _of_task(task: "TaskDef") -> Iterator[str]:
    yield from (task.role, *task.helpers, *task.participants)
    if task.waits_for:
        yield task.waits_for


def _first(role: "Role", names: Iterator[str], *, unit: str | None) -> Profile:
    if known := KNOWN.get(role.id):
        return replace(known, desk=role.title, unit=known.unit or unit)
    return _named(next(names), Profile(role=role.id, name="", desk=role.title, unit=unit))


def _named(words: str, profile: Profile) -> Profile:
    sapaan, _, name = words.partition(" ")
    if sapaan in ("Ibu", "Bapak"):
        return replace(profile, sapaan=sapaan, name=name)
    return replace(profile, sapaan=None, name=words)
