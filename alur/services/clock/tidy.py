"""What is not kept for ever: the bodies of updates, 30 days after they were worked (DESIGN §5.9)."""

from datetime import timedelta

from alur.services.work import Work
from alur.storage import inbox

KEPT = timedelta(days=30)


def clear_bodies(work: Work) -> int:
    """How many were cleared."""
    return inbox.clear_bodies(work.session, work.now - KEPT)
