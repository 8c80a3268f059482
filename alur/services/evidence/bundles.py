"""Whose bundle is due after a checkpoint, and who gets it. Called by `jobs.checkpoints`; what a bundle consists of is
`alur.services.evidence.bundle`'s.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from alur.services.tell import tell, tell_once
from alur.services.work import Work
from alur.storage import audit, checkpoints, members, signing_keys
from alur.storage.audit import AuditEntry
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.apply import replay
from alur.workflow.case import Case, Outcome
from alur.workflow.events import CaseFinished
from alur.workflow.people import ADMIN
from alur.workflow.trail import events_of


@dataclass(frozen=True, kw_only=True)
class Due:
    """An archived case of which something was done since the checkpoint before: a bundle tells it as of this `size`."""

    case_id: int
    size: int
    role: str | None  # whose desk archived it
    is_again: bool  # whether an earlier checkpoint had its bundle


def touched(work: Work) -> tuple[int, ...]:
    """The archived cases of which anything was written between the last two checkpoints."""
    last = checkpoints.last(work.session)
    if last is None:
        return ()
    return audit.archived_among(work.session, after=_covered_before(work, last.size), upto=last.size)


def due(work: Work, case_id: int) -> Due | None:
    """By the last checkpoint: a case is due that was archived by then, and in which an act was accepted since the one before. A
    refusal makes no bundle, and neither does a failure of delivery; nor does an archive from before the office had a key.
    """
    last = checkpoints.last(work.session)
    begun = min(signing_keys.begun(work.session).values(), default=None)
    if last is None or begun is None:
        return None
    size, after, office = last.size, _covered_before(work, last.size), work.office()
    entries = [item for item in audit.entries(work.session, case_id) if item.id <= size and item.entry.get("events")]
    if not entries or entries[-1].id <= after or _applied(entries[-1]) < begun:
        return None
    case = replay(event for item in entries for event in events_of(item.entry, item.at, office))
    if case.finished_at is None or case.cancellation is not None:
        return None
    earlier = (event for item in entries if item.id <= after for event in events_of(item.entry, item.at, office))
    is_again = any(isinstance(event, CaseFinished) for event in earlier)
    return Due(case_id=case_id, size=size, role=_archivist(case), is_again=is_again)


def queue(work: Work, item: Due, parts: int) -> bool:
    """A notice for each part and each holder of the archive's desk; where Telegram reaches none of them, the administrators.
    Once for each case and checkpoint; what comes anew makes no sound. Whether it was queued now.
    """
    people = (_reached(work, item.role) if item.role else ()) or _reached(work, ADMIN)
    told = [
        (member, notices.Bundle(case_id=item.case_id, size=item.size, part=part, is_again=item.is_again))
        for part in range(parts)
        for member in people
    ]
    if not told:
        return False
    (member, first), *others = told
    once = f"{notices.Bundle.template}:{item.case_id}.{item.size}"
    if not tell_once(work, once, member, first, silent=item.is_again):
        return False
    for member, notice in others:
        tell(work, member, notice, silent=item.is_again)
    return True


def _covered_before(work: Work, size: int) -> int:
    before = checkpoints.before(work.session, size)
    return before.size if before is not None else 0


def _applied(item: AuditEntry) -> datetime:
    return datetime.fromisoformat(item.entry["applied"])


def _archivist(case: Case) -> str | None:
    archived = (item for item in reversed(case.tasks) if item.closing and item.closing.outcome is Outcome.ARCHIVED)
    return next((item.role for item in archived), None)


def _reached(work: Work, role: str) -> tuple[Member, ...]:
    numbers: Iterable[int] = dict.fromkeys(item.member for item in work.office().holders(role, work.now))
    found = (members.get(work.session, number) for number in numbers)
    return tuple(item for item in found if item is not None and item.reachable)
