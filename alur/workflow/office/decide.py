"""`decide(roster, act, at)` is the whole of the office's rules: pure, without I/O or clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alur.workflow.errors import Refusal
from alur.workflow.office.contact import LoseContact, RegainContact, lose_contact, regain_contact
from alur.workflow.office.events import Event
from alur.workflow.office.joining import Enrol, Invite, enrol, invite
from alur.workflow.office.roster import Roster
from alur.workflow.office.situation import OfficeSituation

OfficeAct = Invite | Enrol | LoseContact | RegainContact

TRANSITIONS: dict[type[OfficeAct], Callable[[OfficeSituation, Any], tuple[Event, ...]]] = {
    Invite: invite,
    Enrol: enrol,
    LoseContact: lose_contact,
    RegainContact: regain_contact,
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Events, or a refusal; neither where the act changes nothing."""

    events: tuple[Event, ...] = ()
    refusal: Refusal | None = None


def decide(roster: Roster, act: OfficeAct, at: datetime, *, wrong_codes: tuple[datetime, ...] = ()) -> Decision:
    """What `act`, received `at`, leads to; `wrong_codes` is when its account brought its last ones."""
    situation = OfficeSituation(roster=roster, at=at, wrong_codes=wrong_codes)
    try:
        return Decision(events=TRANSITIONS[type(act)](situation, act))
    except Refusal as refusal:
        return Decision(refusal=refusal)
