"""Copies of a card in one chat: the newest, which is edited for ever, older ones that have shrunk or are about to, and those
that came to be without our knowing. Called where a person presses on one, or replies to one.
"""

from dataclasses import dataclass

from alur.services.cases.situations import situation
from alur.services.work import Work
from alur.storage import cards, cases, messages
from alur.storage.members import Member
from alur.workflow.engine.acts import named
from alur.workflow.engine.rule import DecisionRule
from alur.workflow.errors import Refusal, Replaced
from alur.workflow.presses import On


@dataclass(frozen=True, kw_only=True)
class Copy:
    case_id: int
    task: int
    revision: int  # that it shows; 0 where the button decides nothing
    message_id: int
    rule: str | None = None  # of what is pressed on it, where that is an act


def used(work: Work, member: Member, copy: Copy) -> Refusal | None:
    """Takes note that the member used this copy: one that is not known (the answer to its sending was lost) is taken in,
    and an older one shrinks once more. Why it decides nothing, where a newer one has taken its place and nothing else
    stands against it; what does not decide is taken from an older copy too, and so is what its rule takes from there.
    Buttons of a card also stand under notices, and can be forged under anything: what is known as something else is none of
    its copies. What stood unfolded on the card has been used, and folds.
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
        return _replaced(work, member, copy)
    if card.outage_at is not None:
        cards.ask_again(work.session, card.id, None)
    return None


def _replaced(work: Work, member: Member, copy: Copy) -> Refusal | None:
    record = cases.get(work.session, copy.case_id)
    task = record.case.task(copy.task) if record else None
    if record is None or task is None or not task.is_open or copy.revision != task.revision:
        return None  # the engine says more: who decided, or that the papers are others; or nothing is decided
    rule, on = named(copy.rule or ""), On(task=task.id, revision=copy.revision)
    if not isinstance(rule, DecisionRule) or rule.kind is not task.kind:
        return Replaced(step=task.step)
    is_taken = rule.takes_older(situation(work, record.case), member.id, on)
    return None if is_taken else Replaced(step=task.step)
