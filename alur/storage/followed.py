"""Who held which role when the open cards followed last: one row, by which `services.people.succession` finds what a new day
or a new appointment has changed.
"""

from collections.abc import Mapping

from sqlalchemy import CheckConstraint, bindparam, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, Json
from alur.storage.statements import Upsert, run

Holders = Mapping[str, tuple[list[int], list[int]]]  # by role: the members who act in it, and those who are absent


class Followed(Base, table=True):
    __tablename__ = "followed"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(primary_key=True)
    holders: str = Field(sa_type=Json)


FOLLOWED = Followed.table()
GET = select(FOLLOWED.c.holders)
PUT = Upsert(
    lambda insert: (
        new := insert(FOLLOWED).values(id=1, holders=bindparam("new_holders", type_=Json))
    ).on_conflict_do_update(index_elements=["id"], set_={"holders": new.excluded.holders})
)


def get(session: Session) -> Holders | None:
    """None where nothing was ever followed."""
    found = run(session, GET).scalar_one_or_none()
    return None if found is None else {role: (acting, absent) for role, (acting, absent) in found.items()}


def put(session: Session, holders: Holders) -> None:
    run(session, PUT, new_holders=holders)
