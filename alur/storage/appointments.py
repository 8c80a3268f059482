"""Appointments: who holds which role, from when to when. They are read whole, into the engine's `Office`."""

from datetime import date

from sqlalchemy import Date, insert, select
from sqlmodel import Field, Session

from alur.storage.columns import Base, choice
from alur.storage.members import MEMBERS
from alur.storage.statements import every, run
from alur.workflow.people import Appointment, AppointmentKind


class Appointments(Base, table=True):
    __tablename__ = "appointments"

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    role: str
    kind: AppointmentKind = Field(sa_type=choice(AppointmentKind))
    order_number: str | None
    starts: date | None = Field(sa_type=Date)
    ends: date | None = Field(sa_type=Date)


APPOINTMENTS = Appointments.table()
ADD = insert(APPOINTMENTS).returning(APPOINTMENTS.c.id)
ALL = (
    select(
        APPOINTMENTS.c.member_id.label("member"),
        APPOINTMENTS.c.role,
        MEMBERS.c.name,
        MEMBERS.c.sapaan,
        MEMBERS.c.unit,
        APPOINTMENTS.c.kind,
        APPOINTMENTS.c.order_number.label("order"),
        APPOINTMENTS.c.starts,
        APPOINTMENTS.c.ends,
    )
    .join_from(APPOINTMENTS, MEMBERS)
    .order_by(APPOINTMENTS.c.id)
)


def add(
    session: Session,
    *,
    member_id: int,
    role: str,
    kind: AppointmentKind = AppointmentKind.DEFINITIVE,
    order: str | None = None,
    starts: date | None = None,
    ends: date | None = None,
) -> int:
    """The new appointment's id. Both days are included; None is open."""
    values = {"member_id": member_id, "role": role, "kind": kind, "starts": starts, "ends": ends}
    return int(run(session, ADD, order_number=order, **values).scalar_one())


def all_(session: Session) -> tuple[Appointment, ...]:
    """Every appointment, past and future ones too, in order of entry, with its member's name as it is now."""
    return every(Appointment, run(session, ALL))
