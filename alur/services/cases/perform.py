"""Applies one act to one case: the only way in which a case changes."""

from dataclasses import dataclass
from typing import Any

from alur.services.cases.announce import announce
from alur.services.cases.situations import situation
from alur.services.clock.schedule import keep_in_step
from alur.services.incoming.form_rows import keep_up, overtake
from alur.services.work import Work
from alur.storage import audit, cases, sops
from alur.storage.cases import CaseRecord
from alur.storage.sop_files import Procedure
from alur.workflow.apply import replay
from alur.workflow.case import Case
from alur.workflow.engine import Decision, Situation, begin, decide
from alur.workflow.engine.acts.open_case import OpenCase
from alur.workflow.engine.rule import Act
from alur.workflow.engine.vacancy import unreached
from alur.workflow.errors import PeriodTaken, Unknown
from alur.workflow.events import CaseFinished, Event


@dataclass(frozen=True, kw_only=True)
class Performed(Decision):
    """A decision, the case after it (None where there is none), and the roles that it concerns and nobody holds."""

    case: Case | None = None
    vacant: tuple[str, ...] = ()


def perform(work: Work, case_id: int, act: Act, *, form_id: int | None = None) -> Performed:
    """Locks the case, has the engine decide, and writes state, trail and announcements. A refusal is written too.
    `form_id` is the form that the act comes from: it is ended by its own service.
    """
    record = cases.lock(work.session, case_id)
    if record is None:
        return Performed(refusal=Unknown(subject=f"c{case_id}"))
    s = situation(work, record.case)
    decision = decide(s.sop, s.case, act, s.at, s.office, now=s.now, undo=work.undo)
    if decision.refusal:
        _write(work, record, act, {**decision.refusal.record()})
        return Performed(refusal=decision.refusal, case=record.case)
    after = replay(decision.events, record.case)
    _write(work, record, act, {"events": [event.model_dump(mode="json") for event in decision.events]})
    if any(isinstance(event, CaseFinished) for event in decision.events):
        audit.want_checkpoint(work.session)
    cases.save(work.session, record, after)
    now = situation(work, after, s.office)
    overtake(work, record.id, now, record.case, except_form=form_id)
    keep_up(work, record.id, now, record.case)
    _follow(work, record.id, now, record.case, decision.events)
    return Performed(events=decision.events, case=after, vacant=unreached(now, decision.events))


def open_(work: Work, procedure: Procedure, act: OpenCase) -> tuple[Performed, int | None]:
    """Opens a case; one period is opened once. The case's number in the database stands beside the decision."""
    office = work.office()
    taken = cases.taken(work.session, sops=[procedure.sop.id], periods=[act.period])
    existing = taken[0] if taken else None
    called_off = cases.called_off(work.session, sop=procedure.sop.id, period=act.period)
    decision = begin(procedure.sop, procedure.hash, act, work.at, office, now=work.now, called_off=called_off)
    if decision.refusal is None and existing is not None:
        decision = Decision(refusal=PeriodTaken(code=existing.code))
    if decision.refusal:
        entry = {"act": act.model_dump(mode="json"), **decision.refusal.record(), **_moments(work)}
        case_id = existing.id if existing else None
        audit.append(work.session, case_id=case_id, at=work.at, member=act.by, entry=entry)
        return Performed(refusal=decision.refusal), None
    sops.store(work.session, procedure.sop, procedure.hash, at=work.now)
    case = replay(decision.events)
    record = cases.create(work.session, case)
    _write(work, record, act, {"events": [event.model_dump(mode="json") for event in decision.events]})
    s = situation(work, case, office)
    _follow(work, record.id, s, None, decision.events)
    return Performed(events=decision.events, case=case, vacant=unreached(s, decision.events)), record.id


def record_refusal(work: Work, case_id: int, member: int, *, button: str, refusal: dict[str, Any]) -> None:
    """A press that was refused before it became an act: the refusal stands in the case's trail."""
    entry = {"act": {"act": button, "by": member}, **refusal, **_moments(work)}
    audit.append(work.session, case_id=case_id, at=work.at, member=member, entry=entry)


def _follow(work: Work, case_id: int, s: Situation, before: Case | None, events: tuple[Event, ...]) -> None:
    """What follows from a changed case: its timers, and who must see what."""
    keep_in_step(work, case_id, s)
    announce(work, case_id=case_id, s=s, before=before, events=events)


def _write(work: Work, record: CaseRecord, act: Act, result: dict[str, Any]) -> None:
    entry = {"act": act.model_dump(mode="json"), **result, **_moments(work)}
    audit.append(work.session, case_id=record.id, at=work.at, member=act.by or None, entry=entry)


def _moments(work: Work) -> dict[str, Any]:
    moments = {"applied": work.now.isoformat(), "update": work.update_id}
    return {**moments, "typed": True} if work.is_typed else moments
