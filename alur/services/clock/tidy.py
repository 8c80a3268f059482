"""What is not kept for ever: the bodies of updates, 30 days after they were worked (DESIGN §5.9), and what people's own
messages were taken as: nobody can change one that long. Nor are the codes that enrolled nobody.
"""

from datetime import timedelta

from alur.services.work import Work
from alur.storage import inbox, invites, own_messages, wrong_codes

KEPT = timedelta(days=30)


def clear_bodies(work: Work) -> int:
    """How many were cleared."""
    return inbox.clear_bodies(work.session, work.now - KEPT)


def clear_wrong_codes(work: Work) -> int:
    """How many are forgotten: what waited at Telegram for a day is still weighed with them."""
    return wrong_codes.clear(work.session, work.now - KEPT)


def clear_invitation_codes(work: Work) -> int:
    """How many are forgotten whose link was never sent and is good for nobody any more."""
    return invites.forget_codes(work.session, work.now)


def clear_own_messages(work: Work) -> int:
    """How many are no longer remembered."""
    return own_messages.clear(work.session, work.now - KEPT)
