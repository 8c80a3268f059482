"""How a person joins: an invitation made on the command line, redeemed in chat, and what is waiting for him then."""

from alur.services.people import invitations, menus, office, succession, vacancies
from alur.services.people.invitations import fresh_code
from alur.services.people.waiting import deliver_waiting
from alur.services.tell import contact_roles, person_of, tell, tell_administrators, tell_chat
from alur.services.work import Work
from alur.storage import invites, roster
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.errors import CodesBlocked, InviteRefused, NotMember, Refusal
from alur.workflow.office import Decision
from alur.workflow.office.attempts import Attempt
from alur.workflow.office.events import InvitationUsed, PersonAppointed
from alur.workflow.office.joining import Enrol, Invite


def invite(work: Work, invitation: Invite) -> str:
    """A fresh code, shown once: only its hash is stored. It is good for one person and for 7 days. Raises the `Refusal`."""
    code = fresh_code()
    decision = office.perform(work, invitation, code=code)
    if decision.refusal:
        raise decision.refusal
    return code


def enrol(work: Work, *, telegram_id: int, code: str) -> Decision:
    """Redeems a code, or has a polite refusal on its way. Without either, a person's own code has come again."""
    invitation = invites.of_code(work.session, code)
    decision = office.perform(work, Enrol(account=telegram_id, invitation=invitation))
    member = work.member(telegram_id)
    if decision.refusal:
        _refuse(work, telegram_id, member, decision.refusal, invitation)
        return decision
    if member is None:
        raise LookupError(f"account {telegram_id} was enrolled and is nobody")
    for event in decision.events:
        if isinstance(event, PersonAppointed):
            news = notices.Enrolled(member=person_of(member), role=event.appointment.role)
            tell_administrators(work, news, but=member.id)
        if isinstance(event, InvitationUsed):
            invitations.settled(work, event.invitation)
    _welcome(work, member, is_again=not decision.events)
    vacancies.follow(work, but=member.id)
    deliver_waiting(work, member)
    succession.share(work, member.id)
    succession.follow(work, posted=member.id)
    return decision


def refuse_stranger(work: Work, *, telegram_id: int, what: str) -> None:
    """Whoever is not enrolled hears whom to ask; nothing else is told."""
    office.refuse(work, Attempt(what=what, account=telegram_id), NotMember())
    tell_chat(work, telegram_id, notices.Stranger(posts=_posts(work), is_forwarded=what == "forwarded"))


def _welcome(work: Work, member: Member, *, is_again: bool = False) -> None:
    tell(work, member, notices.Welcome(roles=work.office().roles(member.id, work.now), is_again=is_again))
    menus.refresh(work, member)


def _refuse(work: Work, telegram_id: int, member: Member | None, refusal: Refusal, invitation: int | None) -> None:
    """Of one that has run out those who can invite its owner anew are told, and he reads that they are."""
    notice: notices.Notice
    expired = None
    if isinstance(refusal, InviteRefused) and refusal.facts["reason"] == "expired":
        expired = roster.load(work.session).invitation(invitation)
    if isinstance(refusal, CodesBlocked):
        notice = notices.CodesBlocked(until=refusal.facts["at"], posts=_posts(work))
    elif expired is not None:
        posts = invitations.tried(work, expired)
        notice = notices.InviteRefused(reason=refusal.facts["reason"], posts=posts, are_told=True)
    else:
        notice = notices.InviteRefused(reason=refusal.facts["reason"], posts=_posts(work))
    tell_chat(work, telegram_id, notice, member_id=member.id if member else None)


def _posts(work: Work) -> tuple[str, ...]:
    """Whom a stranger may ask, by the post that somebody holds: no name is told to whoever writes to a bot."""
    present = work.office()
    return tuple(role for role in contact_roles(work) if present.holders(role, work.now))
