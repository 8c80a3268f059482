"""What only tests ask of the house: the next row of a chat, a person's cards, the templates of a folder."""

from pathlib import Path

from sqlalchemy import bindparam

from alur.storage import cards, outbox
from alur.storage.cards import CARDS, CardRow
from alur.storage.statements import every, run
from alur.views.environment import environment

OF_MEMBER = cards.READ.where(CARDS.c.member_id == bindparam("member"))


def next_in_chat(session, chat_id, *, now):
    """The oldest row of the chat, as delivery reads it; None if there is none or it has to wait."""
    head = outbox.head_of_chat(session, chat_id, now=now)
    return None if head is None else outbox.load(session, head)


def cards_of(session, member_id):
    """All of his cards, those of closed tasks too."""
    return every(CardRow, run(session, OF_MEMBER, member=member_id))


def templates(folder):
    """The names of the templates in a folder, without their suffix."""
    names = environment().list_templates(extensions=["html", "txt"])
    return tuple(Path(name).stem for name in names if str(Path(name).parent) == folder)
