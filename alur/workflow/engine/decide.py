"""`decide(sop, case, act, at, office)` is the whole of the rules: pure, without I/O or clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alur.workflow.case import Case
from alur.workflow.engine.acts import of_act
from alur.workflow.engine.acts.open_case import OpenCase, open_case
from alur.workflow.engine.holding import held_back
from alur.workflow.engine.rule import Act
from alur.workflow.engine.situation import Situation
from alur.workflow.errors import Refusal
from alur.workflow.events import Event
from alur.workflow.people import Office
from alur.workflow.sop import Sop


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Events, or a refusal; never both."""

    events: tuple[Event, ...] = ()
    refusal: Refusal | None = None


AT_ONCE = timedelta(0)


def decide(
    sop: Sop,
    case: Case,
    act: Act,
    at: datetime,
    office: Office,
    *,
    now: datetime | None = None,
    undo: timedelta = AT_ONCE,
) -> Decision:
    """What `act`, received `at`, leads to. `now` is when it is applied (default: at once); so long as `undo` says, what closes a
    task is recorded alone, and can be withdrawn.
    """
    situation = Situation(sop=sop, case=case, at=at, now=now or at, office=office)
    rule = of_act(act)
    try:
        rule.check_running(situation)
        events = rule.decide(situation, act)
        return Decision(events=held_back(situation, act, events, undo) if rule.is_held_back and undo else events)
    except Refusal as refusal:
        return Decision(refusal=refusal)


def begin(
    sop: Sop,
    sop_hash: str,
    act: OpenCase,
    at: datetime,
    office: Office,
    *,
    now: datetime | None = None,
    called_off: int = 0,
) -> Decision:
    """The same for the act that opens a case; `called_off` is how many of its period were cancelled."""
    try:
        return Decision(events=open_case(sop, sop_hash, act, at, now or at, office, called_off))
    except Refusal as refusal:
        return Decision(refusal=refusal)
