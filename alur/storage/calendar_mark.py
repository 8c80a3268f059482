"""By which calendar, and by which rules, the running cases were counted last: so that a start reads none of them."""

from sqlalchemy import CheckConstraint, bindparam, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, Json
from alur.storage.statements import Upsert, run


class CalendarMark(Base, table=True):
    __tablename__ = "calendar_mark"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(primary_key=True)
    mark: dict[str, str] = Field(sa_type=Json)  # `alur.workflow.counted`


MARK = CalendarMark.table()
GET = select(MARK.c.mark)
PUT = Upsert(
    lambda insert: (new := insert(MARK).values(id=1, mark=bindparam("new_mark", type_=Json))).on_conflict_do_update(
        index_elements=["id"], set_={"mark": new.excluded.mark}
    )
)


def get(session: Session) -> dict[str, str] | None:
    """None where they were never counted."""
    found: dict[str, str] | None = run(session, GET).scalar_one_or_none()
    return found


def put(session: Session, mark: dict[str, str]) -> None:
    run(session, PUT, new_mark=mark)
