"""Members: the people with a Telegram account. Handlers find them by it, services by id."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import BigInteger, bindparam, func, insert, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import every, one, run
from alur.workflow.office import Person


class Members(Base, table=True):
    __tablename__ = "members"

    id: int | None = Field(default=None, primary_key=True)
    telegram_id: int = Field(sa_type=BigInteger, unique=True)
    name: str
    sapaan: str | None
    unit: str | None
    reachable: bool = True
    enrolled_at: datetime = Field(sa_type=UtcMoment)


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
NEXT = select(func.coalesce(func.max(MEMBERS.c.id), 0) + 1)
ENROL = insert(MEMBERS)
CHANGE = update(MEMBERS).where(MEMBERS.c.id == bindparam("member"))
SET_REACHABLE = CHANGE.where(MEMBERS.c.reachable != bindparam("wanted"))


def get(session: Session, member_id: int) -> Member | None:
    return one(Member, run(session, GET, member=member_id))


def by_telegram_id(session: Session, telegram_id: int) -> Member | None:
    return one(Member, run(session, BY_TELEGRAM_ID, telegram=telegram_id))


def save(session: Session, person: Person, *, at: datetime) -> None:
    """The person under his own number, new or changed; an account never changes here."""
    named = {"name": person.name, "sapaan": person.sapaan, "unit": person.unit, "reachable": person.reachable}
    if run(session, CHANGE, member=person.id, **named).rowcount == 0:
        run(session, ENROL, id=person.id, telegram_id=person.account, enrolled_at=at, **named)


def enrol(
    session: Session, *, telegram_id: int, name: str, sapaan: str | None, unit: str | None, at: datetime
) -> Member:
    """Somebody new beside the office's rules, for a stage that is set up at once."""
    number = run(session, NEXT).scalar_one()
    save(session, Person(id=number, account=telegram_id, name=name, sapaan=sapaan, unit=unit), at=at)
    return Member(
        id=number,
        telegram_id=telegram_id,
        name=name,
        sapaan=sapaan,
        unit=unit,
        reachable=True,
        enrolled_at=at,
    )


def set_reachable(session: Session, member_id: int, reachable: bool) -> bool:
    """Whether this changed anything, so that it is reported once."""
    return run(session, SET_REACHABLE, member=member_id, reachable=reachable, wanted=reachable).rowcount == 1


def all_(session: Session) -> tuple[Member, ...]:
    return every(Member, run(session, ALL))
