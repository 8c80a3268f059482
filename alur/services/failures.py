"""Delivery's failures in the trail: those of a case in its chain, the others in the office's, in the transaction of what
follows from them. A flood of them fills no chain: see `alur.workflow.failures`. Called by whoever tells people of them.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from alur.services.work import Work
from alur.storage import audit, cases
from alur.storage.audit import AuditEntry
from alur.storage.members import Member
from alur.storage.notices import NoticeRow
from alur.workflow.failures import AMONG, Failure, NotReached, is_room
from alur.workflow.notices import NoticeUnreadable


def record(work: Work, failure: Failure, *, case_id: int | None = None) -> None:
    """A case that is not there (a row may name anything) leaves it to the office."""
    chain = case_id if case_id is not None and cases.names_of(work.session, [case_id]) else None
    act = failure.model_dump(mode="json", exclude_none=True)
    zone, today = work.calendar.zone, work.today
    recent: tuple[AuditEntry, ...] = ()
    with suppress(ValueError):  # an entry that was altered until unreadable keeps nobody from going on
        recent = audit.latest(work.session, chain, AMONG)
    days = ((item.at.astimezone(zone).date(), item.entry) for item in recent)
    is_written, is_last = is_room(days, act["act"], today)
    if not is_written:
        return
    entry: dict[str, Any] = {"act": act, "events": [], "applied": work.now.isoformat(), "update": None}
    if is_last:
        entry["more"] = True
    audit.append(work.session, case_id=chain, at=work.now, member=None, entry=entry)


def not_reached(work: Work, member: Member, given_up: Iterable[NoticeRow]) -> None:
    """The notices to him that were given up, of each case apart."""
    found: dict[int | None, list[str]] = {}
    for row in given_up:
        found.setdefault(_case_of(row), []).append(row.template)
    for case_id, names in found.items():
        record(work, NotReached(member=member.id, notices=tuple(dict.fromkeys(names))), case_id=case_id)


def _case_of(row: NoticeRow) -> int | None:
    try:
        return row.notice.of_case
    except NoticeUnreadable:
        return None
