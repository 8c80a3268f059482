"""Codes that enrolled nobody: which account brought one, and when. Written and read where the office decides about a code
(`alur.services.people.office`); cleared by the tick.
"""

from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, bindparam, delete, insert, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import run


class WrongCodes(Base, table=True):
    __tablename__ = "wrong_codes"

    id: int | None = Field(default=None, primary_key=True)
    account: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=UtcMoment)


WRONG = WrongCodes.table()
Index("ix_wrong_codes_account", WRONG.c.account, WRONG.c.at)
Index("ix_wrong_codes_at", WRONG.c.at)
ADD = insert(WRONG)
LAST = (
    select(WRONG.c.at)
    .where(WRONG.c.account == bindparam("account"))
    .order_by(WRONG.c.at.desc())
    .limit(bindparam("most", type_=Integer))
)
CLEAR = delete(WRONG).where(WRONG.c.at < bindparam("before"))


def add(session: Session, account: int, *, at: datetime) -> None:
    run(session, ADD, account=account, at=at)


def last(session: Session, account: int, most: int) -> tuple[datetime, ...]:
    """When the account's last wrong codes were received."""
    return tuple(run(session, LAST, account=account, most=most).scalars())


def clear(session: Session, before: datetime) -> int:
    """How many were forgotten."""
    return run(session, CLEAR, before=before).rowcount
