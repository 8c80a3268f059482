"""Checkpoints: what was signed of the trail's tree, each with what the one before it said. Rows are only ever added."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, bindparam, insert, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import every, one, run


class Checkpoints(Base, table=True):
    __tablename__ = "checkpoints"

    size: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    root: str
    at: datetime = Field(sa_type=UtcMoment)
    key: str = Field(sa_type=Text)
    note: str = Field(sa_type=Text)


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckpointRow:
    size: int  # entries of the trail, from the first on
    root: str  # in hex
    at: datetime  # when it was signed
    key: str  # the verifier's line of whoever signed it (`alur.evidence.note`)
    note: str  # as it was signed


CHECKPOINTS = Checkpoints.table()
ADD = insert(CHECKPOINTS)
READ = select(CHECKPOINTS.c.size, CHECKPOINTS.c.root, CHECKPOINTS.c.at, CHECKPOINTS.c.key, CHECKPOINTS.c.note)
LAST = READ.order_by(CHECKPOINTS.c.size.desc()).limit(1)
OF_SIZE = READ.where(CHECKPOINTS.c.size == bindparam("entries"))
BEFORE = READ.where(CHECKPOINTS.c.size < bindparam("entries")).order_by(CHECKPOINTS.c.size.desc()).limit(1)
FIRST_OVER = READ.where(CHECKPOINTS.c.size >= bindparam("entries")).order_by(CHECKPOINTS.c.size).limit(1)
ALL = READ.order_by(CHECKPOINTS.c.size)


def add(session: Session, row: CheckpointRow) -> None:
    """IntegrityError where there is one of that size."""
    run(session, ADD, size=row.size, root=row.root, at=row.at, key=row.key, note=row.note)


def last(session: Session) -> CheckpointRow | None:
    return one(CheckpointRow, run(session, LAST))


def of_size(session: Session, size: int) -> CheckpointRow | None:
    return one(CheckpointRow, run(session, OF_SIZE, entries=size))


def before(session: Session, size: int) -> CheckpointRow | None:
    """The one before that of this size; None where that is the first."""
    return one(CheckpointRow, run(session, BEFORE, entries=size))


def first_over(session: Session, size: int) -> CheckpointRow | None:
    """The first that covers so many entries; None before there is one."""
    return one(CheckpointRow, run(session, FIRST_OVER, entries=size))


def all_(session: Session) -> tuple[CheckpointRow, ...]:
    """In the order of the tree's growth."""
    return every(CheckpointRow, run(session, ALL))
