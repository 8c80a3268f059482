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
    telegram_id: int | None = Field(sa_type=BigInteger, unique=True)
    name: str
    sapaan: str | None
    unit: str | None
    reachable: bool = True
    enrolled_at: datetime = Field(sa_type=UtcMoment)


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    id: int
    account: int | None  # his Telegram id; None after his phone was unlinked
    name: str
    sapaan: str | None
    unit: str | None
    reachable: bool  # False after Telegram said that he cannot be written to, or without a phone
    enrolled_at: datetime

    @property
    def telegram_id(self) -> int:
        """The only identity there is; also the id of the private chat. A LookupError where nobody is to be written to."""
        if self.account is None:
            raise LookupError(f"member {self.id} has no phone")
        return self.account


MEMBERS = Members.table()
READ = select(
    MEMBERS.c.id,
    MEMBERS.c.telegram_id.label("account"),
    MEMBERS.c.name,
    MEMBERS.c.sapaan,
    MEMBERS.c.unit,
    MEMBERS.c.reachable,
    MEMBERS.c.enrolled_at,
)
GET = READ.where(MEMBERS.c.id == bindparam("member"))
BY_TELEGRAM_ID = READ.where(MEMBERS.c.telegram_id == bindparam("telegram"))
ALL = READ.order_by(MEMBERS.c.id)
NEXT = select(func.coalesce(func.max(MEMBERS.c.id), 0) + 1)
ENROL = insert(MEMBERS)
CHANGE = update(MEMBERS).where(MEMBERS.c.id == bindparam("member"))
SET_REACHABLE = CHANGE.where(MEMBERS.c.reachable != bindparam("wanted"))


def get(session: Session, member_id: int) -> Member | None:
    return one(Member, run(session, GET, member=member_id))


def by_telegram_id(session: Session, telegram_id: int) -> Member | None:
    return one(Member, run(session, BY_TELEGRAM_ID, telegram=telegram_id))


def save(session: Session, person: Person, *, at: datetime) -> None:
    """The person under his own number, new or changed."""
    named = {"name": person.name, "sapaan": person.sapaan, "unit": person.unit, "reachable": person.reachable}
    if run(session, CHANGE, member=person.id, telegram_id=person.account, **named).rowcount == 0:
        run(session, ENROL, id=person.id, telegram_id=person.account, enrolled_at=at, **named)


def enrol(
    session: Session, *, telegram_id: int, name: str, sapaan: str | None, unit: str | None, at: datetime
) -> Member:
    """Somebody new beside the office's rules, for a stage that is set up at once."""
    number = run(session, NEXT).scalar_one()
    save(session, Person(id=number, account=telegram_id, name=name, sapaan=sapaan, unit=unit), at=at)
    return Member(
        id=number,
        account=telegram_id,
        name=name,
        sapaan=sapaan,
        unit=unit,
        reachable=True,
        enrolled_at=at,
    )


def unlink(session: Session, member_id: int) -> None:
    """Nothing that comes from his phone is his any more, and nothing is written to it."""
    run(session, CHANGE, member=member_id, telegram_id=None, reachable=False)


def set_reachable(session: Session, member_id: int, reachable: bool) -> bool:
    """Whether this changed anything, so that it is reported once."""
    return run(session, SET_REACHABLE, member=member_id, reachable=reachable, wanted=reachable).rowcount == 1


def all_(session: Session) -> tuple[Member, ...]:
    return every(Member, run(session, ALL))
