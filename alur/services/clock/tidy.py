"""What is not kept for ever: the bodies of updates, 30 days after they were worked (DESIGN §5.9), and what people's own
messages were taken as: nobody can change one that long.
"""

from datetime import timedelta

from alur.services.work import Work
from alur.storage import inbox, own_messages

KEPT = timedelta(days=30)


def clear_bodies(work: Work) -> int:
    """How many were cleared."""
    return inbox.clear_bodies(work.session, work.now - KEPT)


def clear_own_messages(work: Work) -> int:
    """How many are no longer remembered."""
    return own_messages.clear(work.session, work.now - KEPT)
