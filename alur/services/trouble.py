"""What could not be done: an update that fails for itself, a message that Telegram never takes. People are told."""

from alur.services.tell import tell, tell_administrators
from alur.services.work import Work
from alur.storage import inbox

MOST_FAILURES = 5


def failed(work: Work, *, update_id: int, sender: int | None, error: str) -> bool:
    """Counts one failure of the update; after the fifth it is parked, and its sender and the administrators are told.
    Whether it is parked now.
    """
    if inbox.failed(work.session, update_id, error) < MOST_FAILURES:
        return False
    inbox.park(work.session, update_id, error, work.now)
    member = work.member(sender) if sender is not None else None
    if member is not None:
        tell(work, member, "update_failed", {})
    tell_administrators(work, "parked", {"update_id": update_id, "error": error})
    return True
