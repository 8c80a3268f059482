"""Reception: when the receiver last received, by the machine's own clock, and whether an outage is still to be made good.

`alur.services.clock.outage` notes and asks; there is one row, and none before the first reception ever.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, bindparam, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import Upsert, one, run


class ReceptionRow(Base, table=True):
    __tablename__ = "reception"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(primary_key=True)
    heard_at: datetime = Field(sa_type=UtcMoment)
    outage_at: datetime | None = Field(sa_type=UtcMoment)


@dataclass(frozen=True, kw_only=True, slots=True)
class Reception:
    heard_at: datetime  # by the machine's clock, whatever clock the office goes by
    outage_at: datetime | None  # by the office's clock: when an outage ended after which nothing was posted anew yet


RECEPTION = ReceptionRow.table()
GET = select(RECEPTION.c.heard_at, RECEPTION.c.outage_at)
HEARD = Upsert(
    lambda insert: (
        new := insert(RECEPTION).values(id=1, heard_at=bindparam("heard_at"), outage_at=None)
    ).on_conflict_do_update(index_elements=["id"], set_={"heard_at": new.excluded.heard_at})
)
OUTAGE = update(RECEPTION)


def get(session: Session) -> Reception | None:
    return one(Reception, run(session, GET))


def heard(session: Session, heard_at: datetime) -> None:
    run(session, HEARD, heard_at=heard_at)


def outage(session: Session, outage_at: datetime | None) -> None:
    """An outage has ended; None: it is made good."""
    run(session, OUTAGE, outage_at=outage_at)
