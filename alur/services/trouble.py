"""What could not be done: an update that fails for itself, a message that Telegram never takes. People are told."""

from alur.services.reach import contacts
from alur.services.work import Work
from alur.storage import inbox, notices
from alur.workflow.people import ADMIN

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
        notices.add(
            work.session,
            chat_id=member.telegram_id,
            member_id=member.id,
            template="update_failed",
            about={},
            at=work.now,
        )
    tell_administrators(work, "parked", {"update_id": update_id, "error": error})
    return True


def tell_administrators(work: Work, template: str, about: dict[str, object]) -> None:
    administrators = {item.member for item in work.office().appointments if item.role == ADMIN}
    for contact in contacts(work):
        if contact.id in administrators:
            notices.add(
                work.session,
                chat_id=contact.telegram_id,
                member_id=contact.id,
                template=template,
                about=about,
                at=work.now,
            )
