"""Vacancies: the open tasks of which somebody was told that nobody holds their post. `alur.services.people.vacancies` keeps the
rows in step with who holds what, so that each is told once and says it when somebody has come.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, UtcMoment
from alur.storage.statements import Upsert, every, run, run_each


class Vacancies(Base, table=True):
    __tablename__ = "vacancies"

    case_id: int = Field(primary_key=True, foreign_key="cases.id")
    task: int = Field(primary_key=True)
    role: str
    told_at: datetime = Field(sa_type=UtcMoment)


@dataclass(frozen=True, kw_only=True, slots=True)
class Vacancy:
    case_id: int
    task: int
    role: str


VACANCIES = Vacancies.table()
ALL = select(VACANCIES.c.case_id, VACANCIES.c.task, VACANCIES.c.role).order_by(VACANCIES.c.case_id, VACANCIES.c.task)
TELL = Upsert(
    lambda insert: (
        insert(VACANCIES).on_conflict_do_nothing(index_elements=["case_id", "task"]).returning(VACANCIES.c.task)
    )
)
END = delete(VACANCIES).where(VACANCIES.c.case_id == bindparam("case"), VACANCIES.c.task == bindparam("number"))


def all_(session: Session) -> tuple[Vacancy, ...]:
    """Whatever was told and has not been settled."""
    return every(Vacancy, run(session, ALL))


def tell(session: Session, vacancy: Vacancy, *, at: datetime) -> bool:
    """Whether it is to be told now: not where it was, and has not been settled since."""
    values = {"case_id": vacancy.case_id, "task": vacancy.task, "role": vacancy.role}
    return run(session, TELL, told_at=at, **values).scalar_one_or_none() is not None


def end(session: Session, settled: Iterable[Vacancy]) -> None:
    gone = [{"case": item.case_id, "number": item.task} for item in settled]
    if gone:
        run_each(session, END, gone)
