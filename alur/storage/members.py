"""Members: the people with a Telegram account. Handlers find them by it, services by id."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, insert, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, Moment
from alur.storage.statements import every, one, run


class Members(Base, table=True):
    __tablename__ = "members"

    id: int | None = Field(default=None, primary_key=True)
    telegram_id: int = Field(sa_type=BigInteger, unique=True)
    name: str
    sapaan: str | None
    unit: str | None
    reachable: bool = True
    enrolled_at: datetime = Field(sa_type=Moment)


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    id: int
    telegram_id: int  # the only identity there is; also the id of the private chat
    name: str
    sapaan: str | None
    unit: str | None
    reachable: bool  # False after Telegram said that he cannot be written to
    enrolled_at: datetime


MEMBERS = Members.table()
GET = select(MEMBERS).where(MEMBERS.c.id == bindparam("member"))
BY_TELEGRAM_ID = select(MEMBERS).where(MEMBERS.c.telegram_id == bindparam("telegram"))
ALL = select(MEMBERS).order_by(MEMBERS.c.id)
UNREACHABLE = select(MEMBERS).where(MEMBERS.c.reachable.is_(False)).order_by(MEMBERS.c.id)
ENROL = insert(MEMBERS).returning(MEMBERS)
CHANGE = update(MEMBERS).where(MEMBERS.c.id == bindparam("member"))
SET_REACHABLE = CHANGE.where(MEMBERS.c.reachable != bindparam("wanted"))


def get(session: Session, member_id: int) -> Member | None:
    return one(Member, run(session, GET, member=member_id))


def by_telegram_id(session: Session, telegram_id: int) -> Member | None:
    return one(Member, run(session, BY_TELEGRAM_ID, telegram=telegram_id))


def enrol(
    session: Session, *, telegram_id: int, name: str, sapaan: str | None, unit: str | None, at: datetime
) -> Member:
    """The member with this account, new or known. A known one takes the new name, and what else is not None."""
    known = by_telegram_id(session, telegram_id)
    if known is None:
        values = {"telegram_id": telegram_id, "name": name, "sapaan": sapaan, "unit": unit, "enrolled_at": at}
        return Member(**run(session, ENROL, reachable=True, **values).one()._asdict())
    run(session, CHANGE, member=known.id, name=name, sapaan=sapaan or known.sapaan, unit=unit or known.unit)
    renewed = get(session, known.id)
    return renewed or known


def set_reachable(session: Session, member_id: int, reachable: bool) -> bool:
    """Whether this changed anything, so that it is reported once."""
    return run(session, SET_REACHABLE, member=member_id, reachable=reachable, wanted=reachable).rowcount == 1


def all_(session: Session) -> tuple[Member, ...]:
    return every(Member, run(session, ALL))


def unreachable(session: Session) -> tuple[Member, ...]:
    return every(Member, run(session, UNREACHABLE))
