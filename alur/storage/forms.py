"""Forms: the living message of what a person is entering, with the answers so far; one open form per person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Index, Integer, bindparam, insert, null, select, update
from sqlmodel import Field, Session

from alur.storage import living
from alur.storage.columns import Json, UtcMoment
from alur.storage.living import Living, LivingRow
from alur.storage.members import MEMBERS
from alur.storage.statements import every, one, run


class Forms(Living, table=True):
    __tablename__ = "forms"

    id: int | None = Field(default=None, primary_key=True)
    member_id: int = Field(foreign_key="members.id", index=True)
    kind: str
    case_id: int | None = Field(foreign_key="cases.id", index=True)
    task: int | None
    revision: int | None
    answers: dict[str, Any] = Field(sa_type=Json)
    asking: str | None
    ended_at: datetime | None = Field(sa_type=UtcMoment)


@dataclass(frozen=True, kw_only=True, slots=True)
class FormRow(LivingRow):
    kind: str
    case_id: int | None
    task: int | None
    revision: int | None  # of the task, as it was when the form began
    answers: dict[str, Any]
    asking: str | None  # the field that waits for a message: typed text, or a file
    ended_at: datetime | None


FORMS = Forms.table()
living.index(FORMS)
_is_open = FORMS.c.ended_at.is_(None)
Index("uq_forms_open", FORMS.c.member_id, unique=True, sqlite_where=_is_open, postgresql_where=_is_open)

READ = select(FORMS, MEMBERS.c.telegram_id.label("chat_id")).join_from(FORMS, MEMBERS).order_by(FORMS.c.id)
GET = READ.where(FORMS.c.id == bindparam("form"))
OPEN_FOR = READ.where(FORMS.c.member_id == bindparam("member"), _is_open)
OPEN_IN = READ.where(FORMS.c.case_id == bindparam("case"), _is_open)
# By member: in that order the index of open forms gives them, and nothing is looked for among those that have ended.
TAPPED = (
    READ.where(_is_open, FORMS.c.asking.is_(None), FORMS.c.message_id.is_not(None))
    .order_by(None)
    .order_by(FORMS.c.member_id)
)
START = insert(FORMS).values(**living.NEW).returning(FORMS.c.id)
_announced = {
    **living.announced(FORMS, ring=bindparam("more", type_=Integer), at=bindparam("now", type_=UtcMoment)),
    "outage_at": null(),  # its person is at it again
}
SAVE = update(FORMS).where(FORMS.c.id == bindparam("form"), _is_open).values(_announced)
# What it leads to was queued with it, and is told before the form goes.
_last = {**_announced, "queued_at": bindparam("now", type_=UtcMoment)}
END = update(FORMS).where(FORMS.c.id == bindparam("form"), _is_open).values(_last)


def start(
    session: Session,
    *,
    member_id: int,
    kind: str,
    at: datetime,
    case_id: int | None = None,
    task: int | None = None,
    revision: int | None = None,
    answers: dict[str, Any] | None = None,
    asking: str | None = None,
) -> FormRow:
    """A new open form, announced and ringing. One that the member still had open ends; whether he was asked
    before is the caller's matter.
    """
    before = open_for(session, member_id)
    if before:
        end(session, before.id, at=at)
    subject = {"member_id": member_id, "kind": kind, "case_id": case_id, "task": task, "revision": revision}
    content = {"answers": answers or {}, "asking": asking, "queued_at": at, "ring": 1}
    form_id = run(session, START, **subject, **content).scalar_one()
    return FormRow(**run(session, GET, form=form_id).one()._asdict())


def get(session: Session, form_id: int) -> FormRow | None:
    """The form, whether it is open or has ended."""
    return one(FormRow, run(session, GET, form=form_id))


def open_for(session: Session, member_id: int) -> FormRow | None:
    return one(FormRow, run(session, OPEN_FOR, member=member_id))


def open_in(session: Session, case_id: int) -> tuple[FormRow, ...]:
    """The open forms of everybody that are about this case, or a task of it."""
    return every(FormRow, run(session, OPEN_IN, case=case_id))


def save(
    session: Session,
    form_id: int,
    *,
    answers: dict[str, Any],
    asking: str | None,
    at: datetime,
    ring: bool = False,
) -> bool:
    """Keeps the answers and announces the form; with `ring` as a new message at the bottom. False if it has ended."""
    values = {"answers": answers, "asking": asking, "now": at, "more": int(ring)}
    return run(session, SAVE, form=form_id, **values).rowcount == 1


def end(session: Session, form_id: int, *, at: datetime) -> bool:
    """Ends the form and announces it for the last time; the row stays, so that its message can be removed. False if
    it had ended before.
    """
    return run(session, END, form=form_id, ended_at=at, asking=None, now=at, more=0).rowcount == 1


def awaiting_taps(session: Session) -> tuple[FormRow, ...]:
    """The open forms of everybody that are shown and wait for a tap, not for typed text."""
    return every(FormRow, run(session, TAPPED))


def ask_again(session: Session, form_id: int, outage_at: datetime) -> None:
    """Its person may have pressed in vain."""
    living.ask_again(session, FORMS, form_id, outage_at)


def post_anew(session: Session, form_id: int, at: datetime) -> None:
    """After an outage: as a new message at the bottom, which asks to press again."""
    living.post_anew(session, FORMS, form_id, at)


def leave_chat(session: Session, member_id: int) -> tuple[int, ...]:
    """The messages of his forms that are open or seem so; none is known any more: the chat is his no longer."""
    return living.leave_chat(session, FORMS, member_id, _is_open)


def adopt(session: Session, form_id: int, message_id: int) -> None:
    """Takes in a copy that was tapped and is not the one we know; a known one changes nothing."""
    living.adopt(session, FORMS, form_id, message_id)
