"""Cards: the living message of a task in one person's chat. Services announce, `outbox` hands them to delivery."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, UniqueConstraint, and_, bindparam, exists, func, select, update
from sqlmodel import Field, Session

from alur.storage import living
from alur.storage.columns import Numbers
from alur.storage.living import Living, LivingRow
from alur.storage.members import MEMBERS
from alur.storage.statements import Upsert, every, one, run
from alur.storage.tasks import TASKS


class Cards(Living, table=True):
    __tablename__ = "cards"
    __table_args__ = (UniqueConstraint("case_id", "task", "member_id"),)

    id: int | None = Field(default=None, primary_key=True)
    case_id: int = Field(foreign_key="cases.id")
    task: int
    member_id: int = Field(foreign_key="members.id", index=True)
    files_key: str | None = Field(sa_type=Text)
    files_sent: tuple[int, ...] = Field(sa_type=Numbers)
    unfolded: int = Field(default=0, sa_column_kwargs={"server_default": "0"})


@dataclass(frozen=True, kw_only=True, slots=True)
class CardRow(LivingRow):
    case_id: int
    task: int
    files_key: str | None  # for which files the post was begun; delivery's own word
    files_sent: tuple[int, ...]  # their messages so far
    unfolded: int  # at which count of `wanted` it showed what stands behind *Lainnya*

    @property
    def is_unfolded(self) -> bool:
        """Until it is announced for any other reason: then it folds again."""
        return self.unfolded == self.wanted


@dataclass(frozen=True, kw_only=True, slots=True)
class Pressable:
    """A card as it stands in a chat, pressable by whoever holds the role."""

    id: int
    member_id: int
    outage_at: datetime | None
    role: str


CARDS = Cards.table()
living.index(CARDS)
READ = select(CARDS, MEMBERS.c.telegram_id.label("chat_id")).join_from(CARDS, MEMBERS).order_by(CARDS.c.id)
GET = READ.where(CARDS.c.id == bindparam("card"))
_is_open = exists().where(TASKS.c.case_id == CARDS.c.case_id, TASKS.c.task == CARDS.c.task)
OPEN_OF = (
    select(CARDS.c.case_id, CARDS.c.task)
    .where(CARDS.c.member_id == bindparam("member"), _is_open)
    .order_by(CARDS.c.case_id, CARDS.c.task)
)
PRESSABLE = (
    select(CARDS.c.id, CARDS.c.member_id, CARDS.c.outage_at, TASKS.c.role)
    .join_from(TASKS, CARDS, and_(TASKS.c.case_id == CARDS.c.case_id, TASKS.c.task == CARDS.c.task))
    .where(TASKS.c.is_pressable, CARDS.c.message_id.is_not(None), CARDS.c.ring == CARDS.c.rung)
    .order_by(TASKS.c.case_id, TASKS.c.task, CARDS.c.id)
)
OF_MEMBER = READ.where(CARDS.c.case_id == bindparam("case"), CARDS.c.member_id == bindparam("member"))
OF_TASK = READ.where(CARDS.c.case_id == bindparam("case"), CARDS.c.task == bindparam("number"))
MEMBERS_OF = (
    select(CARDS.c.member_id)
    .where(CARDS.c.case_id == bindparam("case"))
    .group_by(CARDS.c.member_id)
    .order_by(func.min(CARDS.c.id))
)
ANNOUNCE = Upsert(
    lambda insert: (
        (new := insert(CARDS).values(**living.NEW, files_sent=()))
        .on_conflict_do_update(
            index_elements=["case_id", "task", "member_id"],
            set_=living.announced(CARDS, ring=new.excluded.ring, at=new.excluded.queued_at),
        )
        .returning(CARDS.c.id)
    )
)

UNFOLD = update(CARDS).where(CARDS.c.id == bindparam("card")).values(unfolded=CARDS.c.wanted)


def announce(session: Session, *, case_id: int, task: int, member_id: int, at: datetime, ring: bool) -> int:
    """The card's id. It will be shown as the case is then; with `ring` as a new message at the bottom of the chat."""
    who = {"case_id": case_id, "task": task, "member_id": member_id}
    return int(run(session, ANNOUNCE, queued_at=at, ring=int(ring), **who).scalar_one())


def unfold(session: Session, card_id: int) -> None:
    """As it was last announced, it shows what stands behind *Lainnya*; at the next announcement it folds again."""
    run(session, UNFOLD, card=card_id)


def get(session: Session, card_id: int) -> CardRow | None:
    return one(CardRow, run(session, GET, card=card_id))


def of_task(session: Session, case_id: int, task: int) -> tuple[CardRow, ...]:
    return every(CardRow, run(session, OF_TASK, case=case_id, number=task))


def of_member(session: Session, case_id: int, member_id: int) -> tuple[CardRow, ...]:
    """All that he ever had in the case."""
    return every(CardRow, run(session, OF_MEMBER, case=case_id, member=member_id))


def open_of(session: Session, member_id: int) -> list[tuple[int, int]]:
    """Case and task of whatever is open and has a card for the member."""
    return [(row.case_id, row.task) for row in run(session, OPEN_OF, member=member_id)]


def pressable(session: Session) -> tuple[Pressable, ...]:
    """The cards of open tasks that can be pressed as they stand in their chats, once for each role that may. What is to ring
    anyway is not among them.
    """
    return every(Pressable, run(session, PRESSABLE))


def members_of(session: Session, case_id: int) -> tuple[int, ...]:
    """Everybody who ever had a card in the case, the first first."""
    return tuple(run(session, MEMBERS_OF, case=case_id).scalars())


def leave_chat(session: Session, member_id: int) -> tuple[int, ...]:
    """The messages of his cards that are open or seem so; none is known any more: the chat is his no longer."""
    return living.leave_chat(session, CARDS, member_id, _is_open)


def ask_again(session: Session, card_id: int, outage_at: datetime | None) -> None:
    """Its reader may have pressed in vain; None: he has pressed again."""
    living.ask_again(session, CARDS, card_id, outage_at)


def post_anew(session: Session, card_id: int, at: datetime) -> None:
    """After an outage: as a new message at the bottom, which asks to press again."""
    living.post_anew(session, CARDS, card_id, at)


def adopt(session: Session, card_id: int, message_id: int) -> None:
    """Takes in a copy that was tapped and is not the one we know; a known one changes nothing."""
    living.adopt(session, CARDS, card_id, message_id)
