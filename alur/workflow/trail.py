"""Reads the entries of a case's chain, from the first release on. What an older one says in its act alone is told here as
the events that it would have now: `OLDER` is the one table of those names. The office's chain: `alur.workflow.office.trail`.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from alur.workflow.apply import replay
from alur.workflow.case import Case
from alur.workflow.events import EVENTS, CardHandedOver, Event
from alur.workflow.people import Office

Entry = Mapping[str, Any]
Trail = Sequence[tuple[datetime, Entry]]  # when, and the entry


def events_of(entry: Entry, at: datetime, office: Office) -> tuple[Event, ...]:
    """What happened by the entry; nothing where it is a refusal. `office` names who acted where an older one does not."""
    if "refusal" in entry:
        return ()
    older = OLDER.get(entry["act"]["act"])
    return older(entry["act"], at, office) if older else EVENTS.validate_python(entry["events"])


def case_of(trail: Trail, office: Office) -> Case:
    """The case as these entries left it."""
    case = None
    for at, entry in trail:
        case = replay(events_of(entry, at, office), case)
    if case is None:
        raise ValueError("the trail opens no case")
    return case


def _handed_over(act: Mapping[str, Any], at: datetime, office: Office) -> tuple[Event, ...]:
    found = next((item for item in office.appointments if item.member == act["by"]), None)
    return (CardHandedOver(task=act["task"], to=act["to"], by=found.actor(), at=at),) if found else ()


OLDER: dict[str, Callable[[Mapping[str, Any], datetime, Office], tuple[Event, ...]]] = {"delivered": _handed_over}
