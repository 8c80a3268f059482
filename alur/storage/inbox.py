"""The inbox: every update as Telegram sent it, stored before Telegram is told so, done in the transaction of its
effects. The receiver stores; the worker asks what is pending, and claims; `bot` parks what fails for itself.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, Index, Text, and_, bindparam, exists, func, or_, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import Upsert, every, run, run_each


class Inbox(Base, table=True):
    __tablename__ = "inbox"

    update_id: int = Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})
    received_at: datetime = Field(sa_type=UtcMoment)
    sender: int | None = Field(sa_type=BigInteger)
    kind: str
    body: str | None = Field(sa_type=Text)
    done_at: datetime | None = Field(sa_type=UtcMoment)
    failures: int
    parked_at: datetime | None = Field(sa_type=UtcMoment)
    error: str | None = Field(sa_type=Text)


@dataclass(frozen=True, kw_only=True, slots=True)
class InboxRow:
    update_id: int
    received_at: datetime  # a press counts from here: it has no date of its own
    sender: int | None
    kind: str  # "message", "callback_query", …; "unknown" where the body does not say
    body: str | None  # JSON as received; None after its clearing
    failures: int


INBOX = Inbox.table()
PENDING = and_(INBOX.c.done_at.is_(None), INBOX.c.parked_at.is_(None))
Index("ix_inbox_pending", INBOX.c.sender, INBOX.c.update_id, sqlite_where=PENDING, postgresql_where=PENDING)
# In the order of `NEXT`: without it SQLite goes through every update that ever came.
Index("ix_inbox_next", INBOX.c.update_id, sqlite_where=PENDING, postgresql_where=PENDING)
_parked = INBOX.c.parked_at.is_not(None)
Index("ix_inbox_parked", INBOX.c.parked_at, sqlite_where=_parked, postgresql_where=_parked)
_has_body = INBOX.c.body.is_not(None)
Index("ix_inbox_bodies", INBOX.c.received_at, sqlite_where=_has_body, postgresql_where=_has_body)

STORE = Upsert(
    lambda insert: insert(INBOX).on_conflict_do_nothing(index_elements=["update_id"]).returning(INBOX.c.update_id)
)
_earlier = INBOX.alias("earlier")
# By update_id, not by arrival: parallel webhooks overtake each other. Telegram restarts the numbers only after a week
# of silence, and then nothing is pending.
NEXT = (
    select(INBOX.c.update_id, INBOX.c.received_at, INBOX.c.sender, INBOX.c.kind, INBOX.c.body, INBOX.c.failures)
    .where(
        PENDING,
        or_(INBOX.c.sender.is_(None), INBOX.c.sender.not_in(bindparam("senders_busy", expanding=True))),
        INBOX.c.update_id.not_in(bindparam("updates_busy", expanding=True)),
        ~exists().where(
            _earlier.c.sender == INBOX.c.sender,
            _earlier.c.update_id < INBOX.c.update_id,
            _earlier.c.done_at.is_(None),
            _earlier.c.parked_at.is_(None),
        ),
    )
    .order_by(INBOX.c.update_id)
    .limit(bindparam("most"))
)
OF_SENDER = (
    select(INBOX.c.update_id, INBOX.c.received_at, INBOX.c.sender, INBOX.c.kind, INBOX.c.body, INBOX.c.failures)
    .where(PENDING, INBOX.c.sender == bindparam("sender"))
    .order_by(INBOX.c.update_id)
    .limit(bindparam("most"))
)
PLACE = select(INBOX.c.received_at, INBOX.c.update_id).where(INBOX.c.update_id == bindparam("number"))
LAST_FROM = (
    select(INBOX.c.sender, func.max(INBOX.c.received_at).label("seen"))
    .where(INBOX.c.sender.in_(bindparam("senders", expanding=True)))
    .group_by(INBOX.c.sender)
)
UNDONE = select(func.count()).select_from(select(INBOX.c.update_id).where(PENDING).limit(bindparam("most")).subquery())
OLDEST = select(func.min(INBOX.c.received_at)).where(PENDING)
CHANGE = update(INBOX).where(INBOX.c.update_id == bindparam("number"), PENDING)
FAILED = CHANGE.values(failures=INBOX.c.failures + 1, error=bindparam("reason")).returning(INBOX.c.failures)
CLEAR = (
    update(INBOX)
    .where(
        _has_body,
        INBOX.c.received_at < bindparam("before"),  # what was done before was received before: so the index serves
        or_(INBOX.c.done_at < bindparam("before"), INBOX.c.parked_at < bindparam("before")),
    )
    .values(body=None)
)


def store(session: Session, updates: Sequence[tuple[int, str, int | None]], *, at: datetime) -> tuple[int, ...]:
    """Keeps each (update_id, body as JSON, sender), and says which of them were new. What is known stays as it is."""
    rows = [
        {"update_id": number, "received_at": at, "sender": sender, "kind": _kind(body), "body": body, "failures": 0}
        for number, body, sender in updates
    ]
    return tuple(sorted(run_each(session, STORE, rows).scalars())) if rows else ()


def pending(
    session: Session, limit: int, *, senders_busy: Collection[int] = (), updates_busy: Collection[int] = ()
) -> tuple[InboxRow, ...]:
    """The oldest undone update of each sender who is not busy, and all that have no sender; the oldest first.

    `updates_busy` keeps out those without a sender that are being worked on already.
    """
    busy = {"senders_busy": list(senders_busy), "updates_busy": list(updates_busy)}
    return every(InboxRow, run(session, NEXT, most=limit, **busy))


def of_sender(session: Session, sender: int, limit: int) -> tuple[InboxRow, ...]:
    """The undone updates of one sender in their order, those in hand too."""
    return every(InboxRow, run(session, OF_SENDER, sender=sender, most=limit))


def is_later(session: Session, update_id: int, than: int) -> bool:
    """Whether one update came after another; the numbers alone begin anew after a quiet week."""
    first, second = (run(session, PLACE, number=number).one_or_none() for number in (than, update_id))
    return first is not None and second is not None and tuple(second) > tuple(first)


def claim(session: Session, update_id: int, *, at: datetime) -> bool:
    """Whether this transaction is the one that works the update: it is done, if the transaction commits."""
    return run(session, CHANGE, number=update_id, done_at=at).rowcount == 1


def failed(session: Session, update_id: int, error: str) -> int:
    """How often the update has failed by now, this time included; 0 if it is not pending at all."""
    return int(run(session, FAILED, number=update_id, reason=error).scalar_one_or_none() or 0)


def park(session: Session, update_id: int, error: str, at: datetime) -> None:
    """Sets the update aside for good, so that the sender's next ones are worked."""
    run(session, CHANGE, number=update_id, parked_at=at, error=error)


def undone(session: Session, most: int) -> int:
    """How many updates are undone, counted up to `most`."""
    return int(run(session, UNDONE, most=most).scalar_one())


def oldest_pending(session: Session) -> datetime | None:
    """When the update that waits longest was received."""
    moment: datetime | None = run(session, OLDEST).scalar_one()
    return moment


def clear_bodies(session: Session, before: datetime) -> int:
    """How many bodies of updates that were done or parked before that moment were cleared now."""
    return run(session, CLEAR, before=before).rowcount


def _kind(body: str) -> str:
    """The name under which the update carries its content. A body that cannot be read is stored all the same."""
    try:
        update = json.loads(body)
    except ValueError:
        return "unknown"
    found = next((key for key in update if key != "update_id"), "unknown") if isinstance(update, dict) else "unknown"
    return found if found.isidentifier() else "unknown"  # half an emoji, or a NUL, would be refused by the database


def last_from(session: Session, senders: Collection[int]) -> dict[int, datetime]:
    """When each of the senders was heard of last, as far as updates are kept."""
    return {row.sender: row.seen for row in run(session, LAST_FROM, senders=list(senders))}
