"""`decide(roster, act, at)` is the whole of the office's rules: pure, without I/O or clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from alur.workflow.errors import Refusal
from alur.workflow.office import appointing, persons
from alur.workflow.office.appointing import Appoint, ChangeAppointment, EndAppointment, HandOverRole
from alur.workflow.office.contact import LoseContact, RegainContact, lose_contact, regain_contact
from alur.workflow.office.events import Event
from alur.workflow.office.joining import Enrol, Invite, WithdrawInvitation, enrol, invite, withdraw
from alur.workflow.office.persons import ChangePerson, Unlink
from alur.workflow.office.roster import Roster
from alur.workflow.office.situation import OfficeRules, OfficeSituation

# What somebody decides about people, and what follows from what an account does.
StaffAct = (
    Invite | WithdrawInvitation | Appoint | ChangeAppointment | EndAppointment | HandOverRole | ChangePerson | Unlink
)
OfficeAct = StaffAct | Enrol | LoseContact | RegainContact

TRANSITIONS: dict[type[OfficeAct], Callable[[OfficeSituation, Any], tuple[Event, ...]]] = {
    Invite: invite,
    WithdrawInvitation: withdraw,
    Enrol: enrol,
    Appoint: appointing.appoint,
    ChangeAppointment: appointing.change,
    EndAppointment: appointing.end,
    HandOverRole: appointing.hand_over,
    ChangePerson: persons.change,
    Unlink: persons.unlink,
    LoseContact: lose_contact,
    RegainContact: regain_contact,
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Events, or a refusal; neither where the act changes nothing."""

    events: tuple[Event, ...] = ()
    refusal: Refusal | None = None


def decide(
    roster: Roster,
    act: OfficeAct,
    at: datetime,
    *,
    rules: OfficeRules,
    now: datetime | None = None,
    wrong_codes: tuple[datetime, ...] = (),
) -> Decision:
    """What `act`, received `at` and applied `now`, leads to; `wrong_codes` is when its account brought its last ones."""
    s = OfficeSituation(roster=roster, rules=rules, at=at, now=now or at, wrong_codes=wrong_codes)
    try:
        return Decision(events=TRANSITIONS[type(act)](s, act))
    except Refusal as refusal:
        return Decision(refusal=refusal)
