"""Invitations: a link that enrols one person, once. Its code is kept as a hash; itself only while the link waits to be sent to
whoever invited in chat: no longer than the invitation can be redeemed.
"""

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

from sqlalchemy import BigInteger, and_, bindparam, insert, or_, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.kept import kept
from alur.storage.rows import Rows
from alur.storage.statements import every, run
from alur.workflow.office import Invitation
from alur.workflow.people import Invited


class Invites(Base, table=True):
    __tablename__ = "invites"

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True)
    code: str | None = None  # until the link has been sent
    role: str | None
    name: str
    sapaan: str | None
    unit: str | None
    expires_at: datetime = Field(sa_type=UtcMoment)
    used_at: datetime | None = Field(sa_type=UtcMoment)
    used_by: int | None = Field(sa_type=BigInteger)
    withdrawn_at: datetime | None = Field(sa_type=UtcMoment)
    member: int | None
    replaces: int | None


INVITES = Invites.table()
ADD = insert(INVITES)
FIND = select(INVITES.c.id).where(INVITES.c.code_hash == bindparam("hash"))
USE = update(INVITES).where(INVITES.c.id == bindparam("invite"), INVITES.c.used_at.is_(None))
WITHDRAW = update(INVITES).where(INVITES.c.id == bindparam("invite"))
KEEP = update(INVITES).where(INVITES.c.id == bindparam("invite"))
CODE = select(INVITES.c.code).where(INVITES.c.id == bindparam("invite"))
FORGET = (
    update(INVITES).where(INVITES.c.code.is_not(None), INVITES.c.expires_at < bindparam("before")).values(code=None)
)
ALL = select(
    INVITES.c.id,
    INVITES.c.role,
    INVITES.c.name,
    INVITES.c.sapaan,
    INVITES.c.unit,
    INVITES.c.expires_at,
    INVITES.c.used_by,
    INVITES.c.withdrawn_at.is_not(None).label("is_withdrawn"),
    INVITES.c.member,
    INVITES.c.replaces,
).order_by(INVITES.c.id)
OF_ROLE = select(INVITES.c.id).where(INVITES.c.role == bindparam("named")).order_by(INVITES.c.id)
STANDING = (
    select(
        INVITES.c.id,
        INVITES.c.role,
        INVITES.c.name,
        INVITES.c.sapaan,
        INVITES.c.unit,
        INVITES.c.expires_at.label("until"),
        INVITES.c.used_at.is_not(None).label("is_used"),
    )
    .where(
        INVITES.c.role.is_not(None),
        INVITES.c.withdrawn_at.is_(None),
        or_(
            INVITES.c.used_at.is_(None),
            and_(INVITES.c.unit.is_not(None), INVITES.c.role.in_(bindparam("roles", expanding=True))),
        ),
    )
    .order_by(INVITES.c.id)
)


def add(session: Session, invitation: Invitation, *, code: str) -> None:
    """Under its own number; of the code only the hash is kept, but for `keep_code`."""
    values = invitation.model_dump(exclude={"used_by", "is_withdrawn"})
    run(session, ADD, code_hash=_hashed(code), code=None, used_at=None, used_by=None, withdrawn_at=None, **values)


def use(session: Session, number: int, *, account: int, at: datetime) -> None:
    run(session, USE, invite=number, used_at=at, used_by=account, code=None)


def withdraw(session: Session, number: int, *, at: datetime) -> None:
    run(session, WITHDRAW, invite=number, withdrawn_at=at, code=None)


def keep_code(session: Session, number: int, code: str | None) -> None:
    """Itself, until its link is sent; None when it was."""
    run(session, KEEP, invite=number, code=code)


def code_of(session: Session, number: int) -> str | None:
    """The code whose link is still to be sent."""
    found: str | None = run(session, CODE, invite=number).scalar_one_or_none()
    return found


def forget_codes(session: Session, before: datetime) -> int:
    """How many were kept of invitations that ran out before then."""
    return run(session, FORGET, before=before).rowcount


def of_code(session: Session, code: str) -> int | None:
    """The invitation that the code belongs to, good or no longer good."""
    found: int | None = run(session, FIND, hash=_hashed(code)).scalar_one_or_none()
    return found


def all_(session: Session) -> tuple[Invitation, ...]:
    return every(Invitation, run(session, ALL))


def of_role(session: Session, role: str) -> tuple[int, ...]:
    """Every invitation to the role, used or not."""
    return tuple(run(session, OF_ROLE, named=role).scalars())


def standing(session: Session, roles: Collection[str], now: datetime) -> tuple[tuple[str, ...], tuple[Invited, ...]]:
    """Every unit of which somebody has joined in one of the roles, or may still, in order of the alphabet; and who was invited
    to whatever role and has not joined. An invitation that was withdrawn is none.
    """
    rows = run(session, STANDING, roles=list(roles))
    found, waiting = kept(session).value("invited", rows.raw, lambda: (rows.all(), _waiting(rows)))
    may_join = (row for row in found if row.role in roles and (row.is_used or now <= row.until))
    units = sorted({row.unit for row in may_join if row.unit is not None})
    return tuple(units), waiting


def _waiting(rows: Rows) -> tuple[Invited, ...]:
    named = [row for row in rows.named() if not row.pop("is_used")]
    return tuple(Invited(**row) for row in named)


def _hashed(code: str) -> str:
    return sha256(code.encode()).hexdigest()
