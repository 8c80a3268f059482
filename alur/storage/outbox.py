"""The outbox: notices, cards and forms as delivery sees them, one queue for each chat.

Delivery asks which chats are due, takes the next row of one, sends, and writes back what it did. A row that waits
holds up its chat, so that messages arrive in order; other chats go on. A row that fails again and again through a fault
of our own is parked, so that it does not hold up its chat for ever (`alur.services.trouble` decides when).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, assert_never

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Table,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlmodel import Session

from alur.storage import cards, forms, living, notices
from alur.storage.cards import CARDS, CardRow
from alur.storage.columns import UtcMoment
from alur.storage.forms import FORMS, FormRow
from alur.storage.members import MEMBERS
from alur.storage.notices import NOTICES, NoticeRow
from alur.storage.statements import run

OutboxRow = NoticeRow | CardRow | FormRow

NOTICE, CARD, FORM = range(3)  # in this order, where rows were queued at the same moment
TABLES: Mapping[int, Table] = {NOTICE: NOTICES, CARD: CARDS, FORM: FORMS}


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Which row is the next of its chat; known also where the row itself cannot be read."""

    kind: int
    id: int
    failures: int  # through a fault of our own, so far

    @property
    def name(self) -> str:
        """As logs and administrators know it: "card 5"."""
        return f"{TABLES[self.kind].name.removesuffix('s')} {self.id}"


def _queue(*, chat: BindParameter[int] | None = None) -> CompoundSelect[Any]:
    """Everything that waits to be delivered, in one chat or all. Cards and forms of an unreachable member do not
    wait: they are posted when he comes back.
    """

    def arm(kind: int, table: Table) -> Select[Any]:
        chat_id = NOTICES.c.chat_id if kind == NOTICE else MEMBERS.c.telegram_id
        kind_column: ColumnElement[int] = literal_column(str(kind)).label("kind")
        rows: Select[Any] = select(
            chat_id.label("chat_id"),
            table.c.id,
            kind_column,
            table.c.queued_at,
            table.c.not_before,
            table.c.failures,
        )
        if kind == NOTICE:
            rows = rows.where(notices.PENDING)
        else:
            rows = rows.join_from(table, MEMBERS).where(living.is_pending(table), MEMBERS.c.reachable.is_(True))
        return rows if chat is None else rows.where(chat_id == chat)

    return union_all(arm(NOTICE, NOTICES), arm(CARD, CARDS), arm(FORM, FORMS))


def _chats_due() -> Select[Any]:
    queue = _queue().subquery("queue")
    place = func.row_number().over(partition_by=queue.c.chat_id, order_by=(queue.c.queued_at, queue.c.kind, queue.c.id))
    heads = select(queue, place.label("place")).subquery("heads")
    now = bindparam("now", type_=UtcMoment)
    return (
        select(heads.c.chat_id)
        .where(heads.c.place == 1, or_(heads.c.not_before.is_(None), heads.c.not_before <= now))
        .where(heads.c.chat_id.not_in(bindparam("busy", expanding=True)))
        .order_by(heads.c.queued_at, heads.c.chat_id)
        .limit(bindparam("most", type_=Integer))
    )


def _next_in_chat() -> Select[Any]:
    queue = _queue(chat=bindparam("chat", type_=BigInteger)).subquery("queue")
    return select(queue).order_by(queue.c.queued_at, queue.c.kind, queue.c.id).limit(1)


CHATS_DUE = _chats_due()
NEXT_IN_CHAT = _next_in_chat()
_all = _queue().subquery("queue")
OLDEST = select(func.min(_all.c.queued_at)).where(_all.c.chat_id.not_in(bindparam("without", expanding=True)))
HELD = (
    select(_all.c.chat_id, func.max(_all.c.not_before).label("until"))
    .where(_all.c.not_before > bindparam("after", type_=UtcMoment))
    .group_by(_all.c.chat_id)
)
GET_NOTICE = select(*(NOTICES.c[name] for name in NoticeRow.__dataclass_fields__)).where(
    NOTICES.c.id == bindparam("notice")
)
CHANGE_NOTICE = update(NOTICES).where(NOTICES.c.id == bindparam("notice"), notices.PENDING)
DROP_OF_MEMBER = update(NOTICES).where(NOTICES.c.member_id == bindparam("member"), notices.PENDING)


def chats_due(session: Session, *, now: datetime, limit: int, busy: Collection[int] = ()) -> tuple[int, ...]:
    """The chats whose next row may be sent now, the one that waited longest first; without the busy ones."""
    return tuple(run(session, CHATS_DUE, now=now, most=limit, busy=list(busy)).scalars())


def head_of_chat(session: Session, chat_id: int, *, now: datetime) -> Head | None:
    """Which is the oldest row of the chat; None if there is none or it has to wait."""
    head = run(session, NEXT_IN_CHAT, chat=chat_id).one_or_none()
    if head is None or (head.not_before is not None and head.not_before > now):
        return None
    return Head(kind=head.kind, id=head.id, failures=head.failures)


def load(session: Session, head: Head) -> OutboxRow:
    """The row itself."""
    found: OutboxRow | None = None
    if head.kind != NOTICE:
        found = cards.get(session, head.id) if head.kind == CARD else forms.get(session, head.id)
    return found or NoticeRow(**run(session, GET_NOTICE, notice=head.id).one()._asdict())


def head_of(row: OutboxRow) -> Head:
    match row:
        case NoticeRow():
            kind = NOTICE
        case CardRow():
            kind = CARD
        case FormRow():
            kind = FORM
        case _:
            assert_never(row)
    return Head(kind=kind, id=row.id, failures=row.failures)


def oldest_unsent(session: Session, *, without: Collection[int] = ()) -> datetime | None:
    """Since when the row that waits longest does so, wherever it is but in these chats."""
    moment: datetime | None = run(session, OLDEST, without=list(without)).scalar_one()
    return moment


def held_beyond(session: Session, moment: datetime) -> dict[int, datetime]:
    """The chats that have a row which may not be sent before a later moment than this, and until when."""
    return {row.chat_id: row.until for row in run(session, HELD, after=moment)}


def sent_notice(session: Session, notice_id: int, message_id: int | None, at: datetime) -> None:
    run(session, CHANGE_NOTICE, notice=notice_id, message_id=message_id, sent_at=at)


def drop_notice(session: Session, notice_id: int, error: str, at: datetime) -> None:
    """Gives the notice up; what it had to say stands in the trail."""
    run(session, CHANGE_NOTICE, notice=notice_id, error=error, dropped_at=at)


def drop_member_notices(session: Session, member_id: int, error: str, at: datetime) -> int:
    """How many notices to this member were given up."""
    return run(session, DROP_OF_MEMBER, member=member_id, error=error, dropped_at=at).rowcount


def shown_card(
    session: Session,
    row: CardRow,
    *,
    shown: int,
    rung: int,
    message_id: int | None,
    files_key: str | None,
    files_sent: tuple[int, ...],
    older: tuple[int, ...],
) -> bool:
    """What was done with the card as it had been read: `shown` and `rung` are counters that were read then (or the
    old ones, after a part of the post), `older` the copies that are still to shrink. False where the chat is his no longer.
    """
    counters: dict[str, Any] = {"shown": shown, "rung": rung, "message_id": message_id, "older": older}
    return living.write_back(session, CARDS, row, files_key=files_key, files_sent=files_sent, **counters)


def shown_form(
    session: Session,
    row: FormRow,
    *,
    shown: int,
    rung: int,
    message_id: int | None,
    older: tuple[int, ...],
) -> bool:
    """The same for a form, whose older copies are still to go."""
    return living.write_back(session, FORMS, row, shown=shown, rung=rung, message_id=message_id, older=older)


def delay(session: Session, row: OutboxRow, not_before: datetime, error: str) -> None:
    """One more attempt failed; the chat waits until then."""
    match row:
        case NoticeRow():
            values = {"not_before": not_before, "attempts": row.attempts + 1, "error": error}
            run(session, CHANGE_NOTICE, notice=row.id, **values)
        case CardRow():
            living.delay(session, CARDS, row, not_before, error)
        case FormRow():
            living.delay(session, FORMS, row, not_before, error)
        case _:
            assert_never(row)


def count_failures(session: Session, head: Head, failures: int, not_before: datetime, error: str) -> None:
    """How often the row has failed by now through a fault of our own; the chat waits until then."""
    values: dict[str, Any] = {"failures": failures, "not_before": not_before, "error": error}
    if head.kind == NOTICE:
        run(session, CHANGE_NOTICE, notice=head.id, **values)
    else:
        living.count_failures(session, TABLES[head.kind], head.id, **values)


def park(session: Session, row: OutboxRow | Head, error: str, at: datetime, *, failures: int = 0) -> bool:
    """Sets the row aside: a notice for good, a card or form until it is announced again. Whether it was: a card or form
    that was announced since `row` was read has not failed yet. One that cannot be read is known by its head alone.
    """
    head = row if isinstance(row, Head) else head_of(row)
    values = {"failures": failures, "error": error, "parked_at": at}
    if head.kind == NOTICE:
        return run(session, CHANGE_NOTICE, notice=head.id, dropped_at=at, **values).rowcount == 1
    seen = row if isinstance(row, CardRow | FormRow) else None
    return living.park(session, TABLES[head.kind], head.id, seen, **values)
