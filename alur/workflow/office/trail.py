"""Reads the entries of the office's chain, from the first release on. What an entry of an older release says in its act
alone is told here as the events that it would have now: `OLDER` is the one table of those names.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from alur.workflow.office.events import (
    EVENTS,
    ContactLost,
    ContactRegained,
    Event,
    InvitationUsed,
    PersonAppointed,
    PersonEnrolled,
    PersonInvited,
    replay,
)
from alur.workflow.office.roster import Invitation, Person, Roster
from alur.workflow.people import Appointment

Entry = Mapping[str, Any]


def roster_of(entries: Iterable[Entry]) -> Roster:
    """Everybody, as the trail tells it. An older entry names no account, no term of an invitation and no sapaan."""
    roster = Roster()
    for entry in entries:
        roster = replay(events_of(entry, roster), roster)
    return roster


def events_of(entry: Entry, before: Roster) -> tuple[Event, ...]:
    """What happened by this entry, where `before` is the roster until then; nothing where it is a refusal."""
    if "refusal" in entry:
        return ()
    if is_older(entry):
        return OLDER[entry["act"]["act"]](entry["act"], before)
    return EVENTS.validate_python(entry["events"])


def is_older(entry: Entry) -> bool:
    """Whether it says what happened in its act alone."""
    return entry["act"]["act"] in OLDER and not entry["events"] and "account" not in entry["act"]


def _invited(act: Mapping[str, Any], before: Roster) -> tuple[Event, ...]:
    named = {key: act[key] for key in ("role", "name", "unit")}
    return (PersonInvited(invitation=Invitation(id=before.next_invitation, **named)),)


def _enrolled(act: Mapping[str, Any], before: Roster) -> tuple[Event, ...]:
    """Which of several like invitations it was is not told: the oldest unused one."""
    known = before.person(act["by"])
    person = Person(
        id=act["by"],
        account=None,
        name=act["name"],
        sapaan=known.sapaan if known else None,
        unit=act["unit"] or (known.unit if known else None),
        reachable=known.reachable if known else True,
    )
    appointment = Appointment(
        member=person.id, role=act["role"], name=person.name, sapaan=person.sapaan, unit=person.unit
    )
    meant = next(
        (
            item
            for item in before.invitations
            if (item.role, item.name, item.unit) == (act["role"], act["name"], act["unit"]) and item.used_by is None
        ),
        None,
    )
    used = (InvitationUsed(invitation=meant.id, account=0),) if meant else ()
    return (*used, PersonEnrolled(person=person), PersonAppointed(appointment=appointment))


OLDER: dict[str, Callable[[Mapping[str, Any], Roster], tuple[Event, ...]]] = {
    "invite": _invited,
    "enrol": _enrolled,
    "unreachable": lambda act, _: (ContactLost(person=act["by"]),),
    "reachable": lambda act, _: (ContactRegained(person=act["by"]),),
}
