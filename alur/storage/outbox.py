"""The outbox: notices, cards and forms as delivery sees them, one queue for each chat.

Delivery asks which chats are due, takes the next row of one, sends, and writes back what it did. A row that waits
holds up its chat, so that messages arrive in order; other chats go on.
"""

from collections.abc import Collection
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
from alur.storage.columns import Moment
from alur.storage.forms import FORMS, FormRow
from alur.storage.members import MEMBERS
from alur.storage.notices import NOTICES, NoticeRow
from alur.storage.statements import run

OutboxRow = NoticeRow | CardRow | FormRow

NOTICE, CARD, FORM = range(3)  # in this order, where rows were queued at the same moment


def _queue(*, chat: BindParameter[int] | None = None) -> CompoundSelect[Any]:
    """Everything that waits to be delivered, in one chat or all. Cards and forms of an unreachable member do not
    wait: they are posted when he comes back.
    """

    def arm(kind: int, table: Table) -> Select[Any]:
        chat_id = NOTICES.c.chat_id if kind == NOTICE else MEMBERS.c.telegram_id
        kind_column: ColumnElement[int] = literal_column(str(kind)).label("kind")
        rows: Select[Any] = select(
            chat_id.label("chat_id"), table.c.id, kind_column, table.c.queued_at, table.c.not_before
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
    now = bindparam("now", type_=Moment)
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
OLDEST = select(func.min(_queue().subquery("queue").c.queued_at))
GET_NOTICE = select(*(NOTICES.c[name] for name in NoticeRow.__dataclass_fields__)).where(
    NOTICES.c.id == bindparam("notice")
)
CHANGE_NOTICE = update(NOTICES).where(NOTICES.c.id == bindparam("notice"), notices.PENDING)
DROP_OF_MEMBER = update(NOTICES).where(NOTICES.c.member_id == bindparam("member"), notices.PENDING)


def chats_due(session: Session, *, now: datetime, limit: int, busy: Collection[int] = ()) -> tuple[int, ...]:
    """The chats whose next row may be sent now, the one that waited longest first; without the busy ones."""
    return tuple(run(session, CHATS_DUE, now=now, most=limit, busy=list(busy)).scalars())


def next_in_chat(session: Session, chat_id: int, *, now: datetime) -> OutboxRow | None:
    """The oldest row of the chat, or None if there is none or it has to wait."""
    head = run(session, NEXT_IN_CHAT, chat=chat_id).one_or_none()
    if head is None or (head.not_before is not None and head.not_before > now):
        return None
    if head.kind == CARD:
        return cards.get(session, head.id)
    if head.kind == FORM:
        return forms.get(session, head.id)
    return NoticeRow(**run(session, GET_NOTICE, notice=head.id).one()._asdict())


def oldest_unsent(session: Session) -> datetime | None:
    """Since when the row that waits longest does so, wherever it is."""
    moment: datetime | None = run(session, OLDEST).scalar_one()
    return moment


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
) -> None:
    """What was done with the card as it had been read: `shown` and `rung` are counters that were read then (or the
    old ones, after a part of the post), `older` the copies that are still to shrink.
    """
    counters: dict[str, Any] = {"shown": shown, "rung": rung, "message_id": message_id, "older": older}
    living.write_back(session, CARDS, row, files_key=files_key, files_sent=files_sent, **counters)


def shown_form(
    session: Session,
    row: FormRow,
    *,
    shown: int,
    rung: int,
    message_id: int | None,
    prompt_id: int | None,
    prompt_for: str | None,
    older: tuple[int, ...],
) -> None:
    """The same for a form and the prompt beside it."""
    counters: dict[str, Any] = {"shown": shown, "rung": rung, "message_id": message_id, "older": older}
    living.write_back(session, FORMS, row, prompt_id=prompt_id, prompt_for=prompt_for, **counters)


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


def park(session: Session, row: OutboxRow, error: str, at: datetime) -> None:
    """Telegram will never take it: a notice is dropped, a card or form is set aside until it is announced again."""
    match row:
        case NoticeRow():
            drop_notice(session, row.id, error, at)
        case CardRow():
            living.park(session, CARDS, row, error, at)
        case FormRow():
            living.park(session, FORMS, row, error, at)
        case _:
            assert_never(row)
