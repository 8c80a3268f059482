"""Who held which role when the open cards followed last, and who got cards then without a sound: one row, by which
`services.people.succession` finds what a new day or a new appointment has changed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
    unheard: str = Field(sa_type=Json)


@dataclass(frozen=True, kw_only=True)
class Following:
    """`holders` is None where nothing was ever followed; `unheard` are members, each with the role."""

    holders: Holders | None
    unheard: tuple[tuple[int, str], ...] = ()


FOLLOWED = Followed.table()
GET = select(FOLLOWED.c.holders, FOLLOWED.c.unheard)
PUT = Upsert(
    lambda insert: (
        new := insert(FOLLOWED).values(
            id=1, holders=bindparam("new_holders", type_=Json), unheard=bindparam("new_unheard", type_=Json)
        )
    ).on_conflict_do_update(
        index_elements=["id"], set_={"holders": new.excluded.holders, "unheard": new.excluded.unheard}
    )
)


def get(session: Session) -> Following:
    found = run(session, GET).one_or_none()
    if found is None:
        return Following(holders=None)
    holders = {role: (acting, absent) for role, (acting, absent) in found.holders.items()}
    return Following(holders=holders, unheard=tuple((member, role) for member, role in found.unheard))


def put(session: Session, holders: Holders, unheard: Iterable[tuple[int, str]]) -> None:
    run(session, PUT, new_holders=holders, new_unheard=[list(item) for item in unheard])
