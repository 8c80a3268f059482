"""Members who cannot be reached (blocked, deactivated, never started), and their return."""

from dataclasses import replace

from alur.services import failures
from alur.services.people import menus, office
from alur.services.people.waiting import deliver_waiting, has_before_him
from alur.services.tell import report_unreachable
from alur.services.work import Work
from alur.storage import messages, outbox
from alur.storage.members import Member
from alur.storage.notices import NoticeRow, waiting_for
from alur.workflow.office.contact import LoseContact, RegainContact


def lost(work: Work, *, telegram_id: int, refused: NoticeRow | None = None) -> None:
    """Marks the member, drops his notices, and tells administrators and Tata Usaha, with a text for each of his open
    tasks to be handed over in person. Where it is known already, nothing but the notice that was just `refused` is given up.
    What was given up stands in the trail.
    """
    member = work.member(telegram_id)
    if member is None:
        return
    given_up = (refused,) if refused is not None else ()
    if not office.perform(work, LoseContact(account=telegram_id)).events:
        failures.not_reached(work, member, given_up)
        return
    failures.not_reached(work, member, (*given_up, *waiting_for(work.session, member.id)))
    outbox.drop_member_notices(work.session, member.id, error="unreachable", at=work.now)
    waiting = has_before_him(work, member)
    for case_id, task in waiting:
        report_unreachable(work, member, case_id=case_id, task=task)
    if not waiting:
        report_unreachable(work, member, case_id=None, task=None)


def returned(work: Work, member: Member) -> None:
    """He writes again: the cards of what waits for him are posted, and delivery posts what was announced meanwhile."""
    if office.perform(work, RegainContact(account=member.telegram_id)).events:
        messages.files_are_gone(work.session, member.telegram_id)  # whoever blocks a bot mostly deletes its chat
        again = replace(member, reachable=True)
        menus.refresh(work, again)
        deliver_waiting(work, again)
