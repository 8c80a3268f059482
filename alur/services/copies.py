"""Copies of a card in one chat: the newest, which is edited for ever, older ones that have shrunk or are about to, and those
that came to be without our knowing. Called where a person presses on one, or replies to one.
"""

from alur.services.work import Work
from alur.storage import cards, cases, messages
from alur.storage.members import Member
from alur.workflow.errors import Refusal, Replaced


def used(work: Work, member: Member, *, case_id: int, task: int, revision: int, message_id: int) -> Refusal | None:
    """Takes note that the member used this copy: one that is not known (the answer to its sending was lost) is taken in,
    and an older one shrinks once more. Why it decides nothing, where a newer one has taken its place and nothing else
    stands against it. Buttons of a card also stand under notices, which are none of its copies.
    """
    about = messages.about(work.session, member.telegram_id, message_id)
    if about is not None and "notice" in about:
        return None
    card = next((item for item in cards.of_task(work.session, case_id, task) if item.member_id == member.id), None)
    if card is None:
        return None
    cards.adopt(work.session, card.id, message_id)
    if about is not None and card.message_id not in (None, message_id):
        return _replaced(work, case_id, task, revision)
    if card.outage_at is not None:
        cards.pressed(work.session, card.id)
    return None


def _replaced(work: Work, case_id: int, number: int, revision: int) -> Refusal | None:
    record = cases.get(work.session, case_id)
    task = record.case.task(number) if record else None
    if task is None or not task.is_open or revision not in (0, task.revision):
        return None  # the engine says more: who decided, or that the papers are others
    return Replaced(step=task.step)
