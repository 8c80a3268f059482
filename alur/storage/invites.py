"""Invitations: a link that enrols one person, once. The code itself is nowhere but in the link."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import BigInteger, bindparam, insert, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, Moment
from alur.storage.statements import run

VALID_FOR = timedelta(days=7)
CODE_BYTES = 16  # 22 characters of [A-Za-z0-9_-], which a deep link can carry


class Invites(Base, table=True):
    __tablename__ = "invites"

    id: int | None = Field(default=None, primary_key=True)
    code_hash: str = Field(unique=True)
    role: str
    name: str
    sapaan: str | None
    unit: str | None
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(sa_type=Moment)
    used_by: int | None = Field(sa_type=BigInteger)


@dataclass(frozen=True, kw_only=True, slots=True)
class Invitation:
    role: str
    name: str
    sapaan: str | None
    unit: str | None


class Unredeemable(StrEnum):
    """Why a code enrols nobody."""

    UNKNOWN = "unknown"
    USED = "used"
    USED_BY_YOURSELF = "used_by_yourself"
    EXPIRED = "expired"


INVITES = Invites.table()
CREATE = insert(INVITES)
FIND = select(INVITES).where(INVITES.c.code_hash == bindparam("hash")).with_for_update()
USE = update(INVITES).where(INVITES.c.id == bindparam("invite"), INVITES.c.used_at.is_(None))
UNITS = (
    select(INVITES.c.unit)
    .where(INVITES.c.unit.is_not(None), INVITES.c.role.in_(bindparam("roles", expanding=True)))
    .distinct()
)


def create(session: Session, *, role: str, name: str, sapaan: str | None, unit: str | None, at: datetime) -> str:
    """A fresh code, valid for seven days from `at`; only its hash is kept."""
    code = secrets.token_urlsafe(CODE_BYTES)
    values = {"role": role, "name": name, "sapaan": sapaan, "unit": unit}
    run(session, CREATE, code_hash=_hashed(code), expires_at=at + VALID_FOR, used_at=None, used_by=None, **values)
    return code


def redeem(session: Session, code: str, *, at: datetime, telegram_id: int) -> Invitation | Unredeemable:
    """The invitation, which is used from now on by this account; or why it cannot be."""
    found = run(session, FIND, hash=_hashed(code)).one_or_none()
    if found is None:
        return Unredeemable.UNKNOWN
    if found.used_at is not None:
        return Unredeemable.USED_BY_YOURSELF if found.used_by == telegram_id else Unredeemable.USED
    if at > found.expires_at:
        return Unredeemable.EXPIRED
    run(session, USE, invite=found.id, used_at=at, used_by=telegram_id)
    return Invitation(role=found.role, name=found.name, sapaan=found.sapaan, unit=found.unit)


def is_known(session: Session, code: str) -> bool:
    """Whether this is an invitation at all, good or no longer good."""
    return run(session, FIND, hash=_hashed(code)).one_or_none() is not None


def units(session: Session, roles: Collection[str]) -> tuple[str, ...]:
    """Every unit of which somebody was ever invited to one of the roles, in order of the alphabet."""
    return tuple(sorted(run(session, UNITS, roles=list(roles)).scalars()))


def _hashed(code: str) -> str:
    return sha256(code.encode()).hexdigest()
