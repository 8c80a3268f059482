"""How a person joins: an invitation made on the command line, redeemed in chat, and what is waiting for him then."""

import secrets

from alur.services.people import menus, office, succession, vacancies
from alur.services.people.waiting import deliver_waiting
from alur.services.tell import contact_roles, person_of, tell, tell_administrators, tell_chat
from alur.services.work import Work
from alur.storage import invites
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.errors import CodesBlocked, NotMember, Refusal
from alur.workflow.office import Decision
from alur.workflow.office.attempts import Attempt
from alur.workflow.office.events import PersonAppointed
from alur.workflow.office.joining import Enrol, Invite

CODE_BYTES = 16  # 22 characters of [A-Za-z0-9_-], which a deep link can carry


def invite(work: Work, invitation: Invite) -> str:
    """A fresh code, shown once: only its hash is stored. It is good for one person and for 7 days. Raises the `Refusal`."""
    code = secrets.token_urlsafe(CODE_BYTES)
    decision = office.perform(work, invitation, code=code)
    if decision.refusal:
        raise decision.refusal
    return code


def enrol(work: Work, *, telegram_id: int, code: str) -> Decision:
    """Redeems a code, or has a polite refusal on its way. Without either, a person's own code has come again."""
    decision = office.perform(work, Enrol(account=telegram_id, invitation=invites.of_code(work.session, code)))
    member = work.member(telegram_id)
    if decision.refusal:
        _refuse(work, telegram_id, member, decision.refusal)
        return decision
    if member is None:
        raise LookupError(f"account {telegram_id} was enrolled and is nobody")
    for event in decision.events:
        if isinstance(event, PersonAppointed):
            news = notices.Enrolled(member=person_of(member), role=event.appointment.role)
            tell_administrators(work, news, but=member.id)
    _welcome(work, member, is_again=not decision.events)
    vacancies.follow(work, but=member.id)
    deliver_waiting(work, member)
    succession.follow(work, posted=member.id)
    return decision


def refuse_stranger(work: Work, *, telegram_id: int, what: str) -> None:
    """Whoever is not enrolled hears whom to ask; nothing else is told."""
    office.refuse(work, Attempt(what=what, account=telegram_id), NotMember())
    tell_chat(work, telegram_id, notices.Stranger(contacts=_contacts(work), is_forwarded=what == "forwarded"))


def _welcome(work: Work, member: Member, *, is_again: bool = False) -> None:
    tell(work, member, notices.Welcome(roles=work.office().roles(member.id, work.now), is_again=is_again))
    menus.refresh(work, member)


def _refuse(work: Work, telegram_id: int, member: Member | None, refusal: Refusal) -> None:
    notice: notices.Notice
    if isinstance(refusal, CodesBlocked):
        notice = notices.CodesBlocked(until=refusal.facts["at"], contacts=_contacts(work))
    else:
        notice = notices.InviteRefused(reason=refusal.facts["reason"], contacts=_contacts(work))
    tell_chat(work, telegram_id, notice, member_id=member.id if member else None)


def _contacts(work: Work) -> tuple[notices.Person, ...]:
    """Whom a stranger may ask, with the post."""
    present = work.office()
    titles = {role.id: role.title for item in work.procedures for role in item.sop.roles}
    held = [(item, role) for role in contact_roles(work) for item in present.holders(role, work.now)]
    return tuple(dict.fromkeys(person_of(item, title=titles.get(role)) for item, role in held))
