"""The keys that have signed checkpoints, each named in the office's chain when it began. Rows are only ever added."""

from datetime import datetime

from sqlalchemy import Text, bindparam, insert, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import run


class SigningKeys(Base, table=True):
    __tablename__ = "signing_keys"

    key: str = Field(primary_key=True, sa_type=Text)
    begun_at: datetime = Field(sa_type=UtcMoment)


KEYS = SigningKeys.table()
ADD = insert(KEYS)
FIND = select(KEYS.c.key).where(KEYS.c.key == bindparam("wanted"))
BEGUN = select(KEYS.c.key, KEYS.c.begun_at).order_by(KEYS.c.begun_at)
ALL = select(KEYS.c.key).order_by(KEYS.c.begun_at)


def add(session: Session, key: str, *, at: datetime) -> None:
    """`key` is the verifier's line of it (`alur.evidence.note`)."""
    run(session, ADD, key=key, begun_at=at)


def is_known(session: Session, key: str) -> bool:
    return run(session, FIND, wanted=key).first() is not None


def all_(session: Session) -> tuple[str, ...]:
    """In the order in which they began."""
    return tuple(run(session, ALL).scalars())


def begun(session: Session) -> dict[str, datetime]:
    """Each, and when it began."""
    return {row.key: row.begun_at for row in run(session, BEGUN)}
