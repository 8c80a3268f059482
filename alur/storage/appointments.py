"""Appointments: who holds which role, from when to when. They are read whole, into the engine's `Office`."""

from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, func, insert, select, update
from sqlmodel import Field, Session

from alur.storage.columns import Base, Json, choice
from alur.storage.kept import kept
from alur.storage.members import MEMBERS
from alur.storage.rows import Rows
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
    order_date: date | None = Field(sa_type=Date)
    order_file: str | None = Field(sa_type=Json)
    in_place_of: int | None


APPOINTMENTS = Appointments.table()
NEXT = select(func.coalesce(func.max(APPOINTMENTS.c.id), 0) + 1)
ADD = insert(APPOINTMENTS)
CHANGE = update(APPOINTMENTS).where(APPOINTMENTS.c.id == bindparam("appointment"))
ALL = (
    select(
        APPOINTMENTS.c.id,
        APPOINTMENTS.c.member_id.label("member"),
        APPOINTMENTS.c.role,
        MEMBERS.c.name,
        MEMBERS.c.sapaan,
        MEMBERS.c.unit,
        APPOINTMENTS.c.kind,
        APPOINTMENTS.c.order_number.label("order"),
        APPOINTMENTS.c.starts,
        APPOINTMENTS.c.ends,
        APPOINTMENTS.c.order_date,
        APPOINTMENTS.c.order_file,
        APPOINTMENTS.c.in_place_of,
        MEMBERS.c.telegram_id.is_not(None).label("is_linked"),
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
    """One beside the office's rules, for a stage that is set up at once; its id. Both days are included; None is open."""
    number = int(run(session, NEXT).scalar_one())
    about = {"kind": kind, "order": order, "starts": starts, "ends": ends}
    save(session, Appointment(id=number, member=member_id, role=role, name="", **about))
    return number


def save(session: Session, appointment: Appointment) -> None:
    """Under its own number, new or changed. Whose it is, and of which role, never changes."""
    values = appointment.model_dump(include={"kind", "starts", "ends", "order_date", "in_place_of"})
    file = appointment.order_file
    values |= {"order_number": appointment.order, "order_file": file and file.model_dump(mode="json")}
    if run(session, CHANGE, appointment=appointment.id, **values).rowcount == 0:
        run(session, ADD, id=appointment.id, member_id=appointment.member, role=appointment.role, **values)


def all_(session: Session) -> tuple[Appointment, ...]:
    """Every appointment, past and future ones too, in order of entry, with its member's name as it is now."""
    return with_unlinked(session)[0]


def with_unlinked(session: Session) -> tuple[tuple[Appointment, ...], frozenset[int]]:
    """The same, and the members among them who have no phone. The same value for the same rows."""
    rows = run(session, ALL)
    return kept(session).value("appointments", rows.raw, lambda: _made(rows))


def _made(rows: Rows) -> tuple[tuple[Appointment, ...], frozenset[int]]:
    found = every(_appointment, rows)
    return tuple(item for item, _ in found), frozenset(item.member for item, is_linked in found if not is_linked)


def _appointment(*, is_linked: bool, **rest: Any) -> tuple[Appointment, bool]:
    return Appointment(**rest), bool(is_linked)
