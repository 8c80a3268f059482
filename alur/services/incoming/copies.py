"""Copies of a card in one chat: the newest, which is edited for ever, older ones that have shrunk or are about to, and those
that came to be without our knowing. Called where a person presses on one, or replies to one.
"""

from dataclasses import dataclass

from alur.services.work import Work
from alur.storage import cards, cases, messages
from alur.storage.members import Member
from alur.workflow.errors import Refusal, Replaced


@dataclass(frozen=True, kw_only=True)
class Copy:
    case_id: int
    task: int
    revision: int  # that it shows; 0 where the button decides nothing
    message_id: int


def used(work: Work, member: Member, copy: Copy) -> Refusal | None:
    """Takes note that the member used this copy: one that is not known (the answer to its sending was lost) is taken in,
    and an older one shrinks once more. Why it decides nothing, where a newer one has taken its place and nothing else
    stands against it; what does not decide is taken from an older copy too. Buttons of a card also stand under notices,
    and can be forged under anything: what is known as something else is none of its copies. What stood unfolded on the card
    has been used, and folds.
    """
    about = messages.about(work.session, member.telegram_id, copy.message_id)
    if about is not None and (
        "notice" in about or (about.get("case_id"), about.get("task")) != (copy.case_id, copy.task)
    ):
        return None
    card = next(
        (item for item in cards.of_task(work.session, copy.case_id, copy.task) if item.member_id == member.id), None
    )
    if card is None:
        return None
    cards.adopt(work.session, card.id, copy.message_id)
    if card.is_unfolded:
        cards.announce(work.session, case_id=copy.case_id, task=copy.task, member_id=member.id, at=work.now, ring=False)
    if about is not None and card.message_id not in (None, copy.message_id):
        return _replaced(work, copy)
    if card.outage_at is not None:
        cards.ask_again(work.session, card.id, None)
    return None


def _replaced(work: Work, copy: Copy) -> Refusal | None:
    record = cases.get(work.session, copy.case_id)
    task = record.case.task(copy.task) if record else None
    if task is None or not task.is_open or copy.revision != task.revision:
        return None  # the engine says more: who decided, or that the papers are others; or nothing is decided
    return Replaced(step=task.step)
