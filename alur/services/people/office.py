"""Applies one act to the office: the only way in which its roster changes. What is refused outside of every case is written
here too.
"""

from datetime import datetime
from typing import Any

from alur.services.work import Answer, Work, refused
from alur.storage import audit, roster, wrong_codes
from alur.workflow.errors import InviteRefused, NotMember, Refusal
from alur.workflow.office import Decision, decide
from alur.workflow.office.attempts import Attempt
from alur.workflow.office.decide import OfficeAct
from alur.workflow.office.guarding import WRONG_CODES
from alur.workflow.office.joining import Enrol
from alur.workflow.office.situation import OfficeRules
from alur.workflow.people import ADMIN
from alur.workflow.sop import Right


def perform(work: Work, act: OfficeAct, *, code: str | None = None) -> Decision:
    """Locks the office, has it decide, and writes people and trail; an act that changes nothing leaves no entry. `code`
    redeems the invitation that the act makes.
    """
    decision = decide(
        roster.lock(work.session), act, work.at, rules=rules(work), now=work.now, wrong_codes=_wrong_codes(work, act)
    )
    if isinstance(act, Enrol) and isinstance(decision.refusal, InviteRefused):
        wrong_codes.add(work.session, act.account, at=work.at)
    for event in decision.events:
        roster.save(work.session, event, at=work.now, code=code)
    if decision.refusal or decision.events:
        events = {"events": [event.model_dump(mode="json") for event in decision.events]}
        result = decision.refusal.record() if decision.refusal else events
        _write(work, act.model_dump(mode="json"), result, member=_by(work, act))
    return decision


def rules(work: Work) -> OfficeRules:
    """What the procedures at hand say of people."""
    sops = [item.sop for item in work.procedures]
    roles = dict.fromkeys(role.id for sop in sops for role in sop.roles)
    appoint = {role.id for sop in sops for role in sop.roles if Right.APPOINT in role.may}
    return OfficeRules(
        zone=work.calendar.zone,
        roles=(*roles, ADMIN),
        appoint=frozenset(appoint),
        units=frozenset(work.invited_roles()),
    )


def _by(work: Work, act: OfficeAct) -> int | None:
    """Who did it: a member who decides about people, or whoever has the account; None on the command line."""
    account = getattr(act, "account", None)
    member = work.member(account) if account is not None else None
    return member.id if member else getattr(act, "by", None)


def _wrong_codes(work: Work, act: OfficeAct) -> tuple[datetime, ...]:
    return wrong_codes.last(work.session, act.account, WRONG_CODES) if isinstance(act, Enrol) else ()


def refuse(work: Work, attempt: Attempt, refusal: Refusal) -> None:
    """What somebody tried stands in the office's trail, with the reason why it was refused."""
    _write(work, attempt.model_dump(mode="json", exclude_none=True), refusal.record(), member=attempt.by)


def refuse_stranger(work: Work, *, telegram_id: int, button: str) -> Answer:
    """What is said to a press of an account that is nobody's, or no longer."""
    refuse(work, Attempt(what=button, account=telegram_id), NotMember())
    return refused(NotMember())


def _write(work: Work, act: dict[str, Any], result: dict[str, Any], *, member: int | None) -> None:
    moments = {"applied": work.now.isoformat(), "update": work.update_id}
    audit.append(work.session, case_id=None, at=work.at, member=member, entry={"act": act, **result, **moments})
