"""After an outage of the receiver: a press lives about 150 s at Telegram, so whoever pressed meanwhile is asked to press
again (DESIGN, TELEGRAM "Receiving"). Whoever receives calls `received`, the tick `post_anew`.
"""

from datetime import datetime, timedelta

from alur.services.work import Work
from alur.storage import cards, forms, reception
from alur.storage.living import LivingRow

LONGEST_SILENCE = timedelta(seconds=120)  # within it every press is still at Telegram
NOTED_EVERY = timedelta(seconds=20)


def received(work: Work, heard_at: datetime) -> bool:
    """Notes that the receiver receives, at a moment of the machine's own clock: one that a demo moves by days says
    nothing of an outage. Whether one has ended with it; the first reception ever ends none.

    What stands in the chats then may have lost a press; whose press still comes is not asked for it again.
    """
    last = reception.get(work.session)
    silence = heard_at - last.heard_at if last else None
    if silence is not None and timedelta() <= silence < NOTED_EVERY:
        return False
    reception.heard(work.session, heard_at)
    if silence is None or silence <= LONGEST_SILENCE:
        return False
    reception.outage(work.session, work.now)
    for card_id in _pressable(work):
        cards.ask_again(work.session, card_id, work.now)
    for form in filter(_stands, forms.awaiting_taps(work.session)):
        forms.ask_again(work.session, form.id, work.now)
    return True


def post_anew(work: Work) -> int:
    """Makes an outage good, once: what could have lost a press is posted at the bottom. To be called when the updates that
    waited at Telegram have been worked, so that what they decided is not asked for again. How many were posted.
    """
    last = reception.get(work.session)
    if last is None or last.outage_at is None:
        return 0
    reception.outage(work.session, None)
    found = _pressable(work, last.outage_at)
    for card_id in found:
        cards.post_anew(work.session, card_id, work.now)
    waiting = [form.id for form in forms.awaiting_taps(work.session) if form.outage_at == last.outage_at]
    for form_id in waiting:
        forms.post_anew(work.session, form_id, work.now)
    return len(found) + len(waiting)


def _pressable(work: Work, since: datetime | None = None) -> tuple[int, ...]:
    """The cards that a press may have been lost on; `since` an outage, those that it may have cost one. A former holder's
    card has no buttons, nor has an invitation to a meeting without a date.
    """
    office = work.office()
    found = (
        card.id
        for card in cards.pressable(work.session)
        if card.role in office.roles(card.member_id, work.now) and since in (None, card.outage_at)
    )
    return tuple(dict.fromkeys(found))


def _stands(row: LivingRow) -> bool:
    """Whether it could be pressed as it stands. What is to ring anyway, be it for an earlier outage, rings once."""
    return row.message_id is not None and row.ring == row.rung
