"""What was set aside because it failed again and again: for `alur check`, health and metrics, which count it.

A card or form stands there until it is announced again and goes well; a notice, or an update that somebody sent, can not
be made good, and is told of for a while.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Text, bindparam, select, type_coerce
from sqlmodel import Session

from alur.storage.cards import CARDS
from alur.storage.cases import CASES
from alur.storage.forms import FORMS
from alur.storage.inbox import INBOX
from alur.storage.notices import NOTICES
from alur.storage.statements import run

TOLD_FOR = timedelta(days=30)

KINDS = ("notice", "card", "form", "update")


@dataclass(frozen=True, kw_only=True, slots=True)
class Parked:
    kind: str  # one of KINDS
    case: str | None  # the code of the case that it is about, if it is about one
    at: datetime


CODES = select(CASES.c.id, CASES.c.code).where(CASES.c.id.in_(bindparam("cases", expanding=True)))
LIVING = {
    name: select(table.c.case_id, table.c.parked_at).where(table.c.parked_at.is_not(None))
    for name, table in (("card", CARDS), ("form", FORMS))
}
# As text: what is set aside may be so because it cannot be read.
OF_NOTICES = select(type_coerce(NOTICES.c.about, Text).label("about"), NOTICES.c.parked_at).where(
    NOTICES.c.parked_at > bindparam("recent")
)
OF_UPDATES = select(INBOX.c.parked_at).where(INBOX.c.parked_at > bindparam("recent"))


def parked(session: Session, *, now: datetime) -> tuple[Parked, ...]:
    """All of it, the oldest first."""
    found: list[tuple[str, int | None, datetime]] = []
    for kind, statement in LIVING.items():
        found += [(kind, row.case_id, row.parked_at) for row in run(session, statement)]
    recent = now - TOLD_FOR
    notices = run(session, OF_NOTICES, recent=recent)
    found += [("notice", _case_of(row.about), row.parked_at) for row in notices]
    updates = run(session, OF_UPDATES, recent=recent)
    found += [("update", None, row.parked_at) for row in updates]
    codes = _codes(session, {case for _, case, _ in found if case is not None})
    named = (Parked(kind=kind, case=codes.get(case) if case is not None else None, at=at) for kind, case, at in found)
    return tuple(sorted(named, key=lambda item: item.at))


def _case_of(about: str) -> int | None:
    try:
        number = json.loads(about).get("case_id")
    except (ValueError, AttributeError):
        return None
    return number if isinstance(number, int) else None


def _codes(session: Session, numbers: Collection[int]) -> dict[int, str]:
    if not numbers:
        return {}
    return {row.id: row.code for row in run(session, CODES, cases=list(numbers))}
