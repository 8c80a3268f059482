"""/kelola: the people of the office before those who decide about them. What each may see and do is the office's to say
(`alur.workflow.office.entitled`), and is asked again with every press.
"""

from typing import assert_never

from alur.services.incoming.reading import SHOWN, TURNED
from alur.services.people import desk, listed, office
from alur.services.tell import on, tell
from alur.services.work import Answer, Work, refused
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.errors import NotMember, Refusal, Unknown
from alur.workflow.notices import Notice
from alur.workflow.office.attempts import Attempt
from alur.workflow.office.entitled import check_manages
from alur.workflow.office.listed import Staff, shown_to
from alur.workflow.presses import PeoplePress, PressInvitation, PressPeople, PressPerson


def show(work: Work, member: Member) -> None:
    """/kelola; who may invite nobody is told whom to ask."""
    try:
        check_manages(desk.situation(work), member.id)
    except Refusal as refusal:
        office.refuse(work, Attempt(what="people", by=member.id), refusal)
        tell(work, member, notices.Refused.by(refusal))
        return
    tell(work, member, notices.People())


def press(work: Work, *, telegram_id: int, press: PeoplePress, message_id: int) -> Answer:
    """Its buttons show another page in the same message."""
    member = work.member(telegram_id)
    if member is None:
        office.refuse(work, Attempt(what=press.name, account=telegram_id), NotMember())
        return refused(NotMember())
    try:
        check_manages(desk.situation(work), member.id)
        page = _page(staff(work, member.id), press)
    except Refusal as refusal:
        office.refuse(work, Attempt(what=press.name, by=member.id), refusal)
        return refused(refusal)
    place = on(work, member, message_id)
    tell(work, member, page.model_copy(update={"on": place}))
    return SHOWN if place is None else TURNED


def staff(work: Work, by: int) -> Staff:
    """Everybody whom the member may see."""
    return shown_to(desk.situation(work), by, listed.people(work))


def _page(before: Staff, press: PeoplePress) -> Notice:
    """Raises `Unknown` for somebody whom the member may not see, too."""
    match press:
        case PressPeople(start=start):
            return notices.People(start=start)
        case PressPerson(member=member):
            if before.person(member) is None:
                raise Unknown(subject=f"m{member}")
            return notices.PersonShown(member=member)
        case PressInvitation(invitation=invitation):
            if before.s.roster.invitation(invitation) is None:
                raise Unknown(subject=f"i{invitation}")
            return notices.InvitationShown(invitation=invitation)
        case _:
            assert_never(press)
