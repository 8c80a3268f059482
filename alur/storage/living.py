"""A living message: one row whose message is edited for ever, with what is wanted beside what was shown.

Announcing only counts up; delivery reads counters and state in one snapshot and writes back the counters that it
read, so whatever is announced meanwhile stays to be shown. `cards` and `forms` are such rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Index,
    Select,
    Table,
    Text,
    Update,
    and_,
    bindparam,
    case,
    literal,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlmodel import Field, Session

from alur.storage.columns import Base, Numbers, UtcMoment
from alur.storage.members import MEMBERS
from alur.storage.statements import run


class Living(Base):
    wanted: int = 1
    shown: int = 0
    ring: int
    rung: int = 0
    queued_at: datetime = Field(sa_type=UtcMoment)
    message_id: int | None = Field(sa_type=BigInteger)
    older: tuple[int, ...] = Field(sa_type=Numbers)
    not_before: datetime | None = Field(sa_type=UtcMoment)
    attempts: int = 0
    failures: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    parked_at: datetime | None = Field(sa_type=UtcMoment)
    error: str | None = Field(sa_type=Text)
    outage_at: datetime | None = Field(sa_type=UtcMoment)


@dataclass(frozen=True, kw_only=True, slots=True)
class LivingRow:
    id: int
    chat_id: int  # the member's private chat
    member_id: int
    wanted: int  # how often it was announced …
    shown: int  # … and which of these its message shows
    ring: int  # how often it was to ring, which takes a new message …
    rung: int  # … and how often it did
    queued_at: datetime  # since when it waits to be delivered, if it does
    message_id: int | None  # the message that is edited; None before the first
    older: tuple[int, ...]  # copies that are to shrink to one line, or to go
    not_before: datetime | None
    attempts: int
    failures: int  # through a fault of our own, since it last went well
    parked_at: datetime | None
    error: str | None
    outage_at: datetime | None  # the outage after which it asks to press again; None: it does not ask


NEW = {"wanted": 1, "shown": 0, "rung": 0, "message_id": None, "older": (), "attempts": 0}


def is_pending(table: Table) -> ColumnElement[bool]:
    """Whether there is something to deliver; the literal, unlike a value, lets an index serve it."""
    return and_(table.c.parked_at.is_(None), _is_behind(table))


def _is_behind(table: Table) -> ColumnElement[bool]:
    """Whether a message of it does not say yet what it should."""
    columns = table.c
    return or_(columns.wanted > columns.shown, columns.ring > columns.rung, columns.older != literal_column("'[]'"))


def index(table: Table) -> None:
    """What waits to be delivered, and what was set aside, are few among all the rows of finished cases."""
    pending, parked = is_pending(table), table.c.parked_at.is_not(None)
    columns = (table.c.member_id, table.c.queued_at)
    Index(f"ix_{table.name}_pending", *columns, sqlite_where=pending, postgresql_where=pending)
    Index(f"ix_{table.name}_parked", table.c.parked_at, sqlite_where=parked, postgresql_where=parked)


def announced(table: Table, *, ring: Any, at: Any) -> Mapping[str, Any]:
    """What a row is set to when it is announced once more: it joins the queue at its end, unless it waits there
    already and is not to ring (what rings comes after what was queued before it); a parked one gets another chance: one,
    where it had failed through our own fault, until it goes well. What rings has news of its own, and no longer asks to
    press again.
    """
    columns = table.c
    parked = columns.parked_at.is_not(None)
    return {
        "wanted": columns.wanted + 1,
        "ring": columns.ring + ring,
        "queued_at": case((and_(is_pending(table), ring == 0), columns.queued_at), else_=at),
        "attempts": case((parked, 0), else_=columns.attempts),
        "not_before": case((parked, null()), else_=columns.not_before),
        "error": case((parked, null()), else_=columns.error),
        "parked_at": None,
        "outage_at": case((ring == 0, columns.outage_at), else_=null()),
    }


def ask_again(session: Session, table: Table, row_id: int, outage_at: datetime | None) -> None:
    """From now on it asks to press again: until it rings for another reason, or is pressed (None)."""
    run(session, _change(table), row=row_id, outage_at=outage_at)


def post_anew(session: Session, table: Table, row_id: int, at: datetime) -> None:
    """Rings, and goes on asking."""
    run(session, _post_anew(table), row=row_id, now=at)


def adopt(session: Session, table: Table, row_id: int, message_id: int) -> None:
    """Takes in a copy that was sent without our knowing: as the message, if there is none, else to be shrunk. The former
    is edited too, also where nothing waits any more: what it tells may be long over.
    """
    now = run(session, _lock(table), row=row_id).one_or_none()
    if now is None or message_id == now.message_id or message_id in now.older:
        return
    if now.message_id is None:
        run(session, _change(table), row=row_id, message_id=message_id, wanted=now.wanted + 1)
    else:
        run(session, _change(table), row=row_id, older=(*now.older, message_id))


def leave_chat(session: Session, table: Table, member_id: int, is_open: ColumnElement[bool]) -> tuple[int, ...]:
    """Forgets the messages of all rows of the member, whose chat is his no more: what is announced from now on is posted
    anew. The messages, copies too, of those that are open, or were shown so last: what has closed them was not told yet.
    """
    known = run(session, _of_member(table).where(or_(is_open, _is_behind(table))), member=member_id).all()
    run(session, _leave(table), member=member_id)
    return tuple(number for row in known for number in (row.message_id, *row.older) if number is not None)


def write_back(
    session: Session,
    table: Table,
    row: LivingRow,
    *,
    shown: int,
    rung: int,
    message_id: int | None,
    older: tuple[int, ...],
    **rest: Any,
) -> bool:
    """What delivery did with `row` as it had read it. Copies that were adopted meanwhile stay to be shrunk. False, and nothing
    is written, where the member has left that chat meanwhile (`leave_chat`): what stands there is his no longer.
    """
    now = run(session, _lock(table), row=row.id).one()
    if now.chat_id != row.chat_id:
        return False
    adopted = [copy for copy in now.older if copy not in row.older]
    if now.message_id not in {None, row.message_id, message_id}:
        adopted.append(now.message_id)
    older = (*older, *(copy for copy in adopted if copy not in (*older, message_id)))
    values = {"shown": shown, "rung": rung, "message_id": message_id, "older": older, **rest}
    run(session, _change(table), row=row.id, attempts=0, failures=0, not_before=None, error=None, **values)
    return True


def delay(session: Session, table: Table, row: LivingRow, not_before: datetime, error: str) -> None:
    values = {"not_before": not_before, "attempts": row.attempts + 1, "error": error}
    run(session, _change(table), row=row.id, **values)


def park(session: Session, table: Table, row_id: int, seen: LivingRow | None, **values: Any) -> bool:
    """Sets the row aside until it is announced again. False, and nothing is done, if it was announced since it was `seen`:
    that has not failed yet.
    """
    if seen is None:
        return run(session, _change(table), row=row_id, **values).rowcount == 1
    counters = {"seen_wanted": seen.wanted, "seen_ring": seen.ring}
    return run(session, _park(table), row=row_id, **counters, **values).rowcount == 1


def count_failures(session: Session, table: Table, row_id: int, **values: Any) -> None:
    run(session, _change(table), row=row_id, **values)


@cache
def _lock(table: Table) -> Select[Any]:
    chat = select(MEMBERS.c.telegram_id).where(MEMBERS.c.id == table.c.member_id).scalar_subquery().label("chat_id")
    return (
        select(table.c.message_id, table.c.older, table.c.wanted, chat)
        .where(table.c.id == bindparam("row"))
        .with_for_update(of=table)
    )


@cache
def _of_member(table: Table) -> Select[Any]:
    return select(table.c.message_id, table.c.older).where(table.c.member_id == bindparam("member"))


@cache
def _leave(table: Table) -> Update:
    gone = {"message_id": None, "older": (), "shown": table.c.wanted, "rung": table.c.ring}
    return update(table).where(table.c.member_id == bindparam("member")).values(gone)


@cache
def _post_anew(table: Table) -> Update:
    new = announced(table, ring=literal(1), at=bindparam("now", type_=UtcMoment))
    return _change(table).values({**new, "outage_at": table.c.outage_at})


@cache
def _change(table: Table) -> Update:
    return update(table).where(table.c.id == bindparam("row"))


@cache
def _park(table: Table) -> Update:
    return _change(table).where(table.c.wanted == bindparam("seen_wanted"), table.c.ring == bindparam("seen_ring"))
