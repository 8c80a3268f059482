"""How a person joins: an invitation made on the command line, redeemed in chat, and what is waiting for him then."""

from alur.services.announce import audience
from alur.services.perform import situation
from alur.services.work import Work, note_in_office_trail
from alur.storage import appointments, cards, cases, invites, members, notices
from alur.storage.invites import Invitation, Unredeemable
from alur.storage.members import Member
from alur.workflow.people import ADMIN, roles_with
from alur.workflow.sop import Right


def invite(work: Work, *, role: str, name: str, sapaan: str | None, unit: str | None) -> str:
    """A fresh code, shown once: only its hash is stored. It is good for one person and for 7 days."""
    code = invites.create(work.session, role=role, name=name, sapaan=sapaan, unit=unit, at=work.now)
    entry = {"act": {"act": "invite", "role": role, "name": name, "unit": unit}, "events": []}
    note_in_office_trail(work, member=None, entry=entry)
    return code


def enrol(work: Work, *, telegram_id: int, code: str) -> bool:
    """Redeems a code. False, with a polite refusal on its way, where it is unknown, used or expired."""
    found = invites.redeem(work.session, code, at=work.now, telegram_id=telegram_id)
    known = work.member(telegram_id)
    if found is Unredeemable.USED_BY_YOURSELF and known is not None:
        _welcome(work, known)
        deliver_waiting(work, known)
        return True
    if not isinstance(found, Invitation):
        _refuse(work, telegram_id, found.value)
        return False
    member = members.enrol(
        work.session,
        telegram_id=telegram_id,
        name=found.name,
        sapaan=found.sapaan,
        unit=found.unit,
        at=work.now,
    )
    appointments.add(work.session, member_id=member.id, role=found.role)
    entry = {
        "act": {"act": "enrol", "by": member.id, "role": found.role, "name": found.name, "unit": found.unit},
        "events": [],
        "known": known is not None,
    }
    note_in_office_trail(work, member=member.id, entry=entry)
    _welcome(work, member)
    _tell_administrators(work, member, found.role)
    deliver_waiting(work, member)
    return True


def refuse_stranger(work: Work, *, telegram_id: int, what: str) -> None:
    """Whoever is not enrolled hears whom to ask; nothing else is told."""
    entry = {"act": {"act": what, "telegram_id": telegram_id}, "refusal": "NotMember"}
    note_in_office_trail(work, member=None, entry=entry)
    about = {"contacts": _contacts(work)}
    notices.add(work.session, chat_id=telegram_id, member_id=None, template="stranger", about=about, at=work.now)


def deliver_waiting(work: Work, member: Member) -> int:
    """Posts the cards of everything that waits for the member, at the bottom of his chat; how many there are."""
    office, count = work.office(), 0
    for record in cases.unfinished(work.session):
        task = record.case.open_task
        if task and member.id in audience(situation(work, record.case, office), task):
            cards.announce(work.session, case_id=record.id, task=task.id, member_id=member.id, at=work.now, ring=True)
            count += 1
    return count


def _welcome(work: Work, member: Member) -> None:
    about = {"roles": list(work.office().roles(member.id, work.now))}
    notices.add(
        work.session, chat_id=member.telegram_id, member_id=member.id, template="welcome", about=about, at=work.now
    )


def _tell_administrators(work: Work, member: Member, role: str) -> None:
    for appointment in work.office().appointments:
        if appointment.role == ADMIN and appointment.member != member.id:
            admin = members.get(work.session, appointment.member)
            if admin and admin.reachable:
                notices.add(
                    work.session,
                    chat_id=admin.telegram_id,
                    member_id=admin.id,
                    template="enrolled",
                    about={"name": member.name, "role": role},
                    at=work.now,
                )


def _refuse(work: Work, telegram_id: int, reason: str) -> None:
    member = work.member(telegram_id)
    entry = {"act": {"act": "enrol", "telegram_id": telegram_id}, "refusal": "InviteRefused", "reason": reason}
    note_in_office_trail(work, member=member.id if member else None, entry=entry)
    about = {"reason": reason, "contacts": _contacts(work)}
    notices.add(
        work.session,
        chat_id=telegram_id,
        member_id=member.id if member else None,
        template="invite_refused",
        about=about,
        at=work.now,
    )


def _contacts(work: Work) -> list[str]:
    """Whom a stranger may ask: those who are told of deliveries, else the administrators."""
    roles = {role for procedure in work.procedures for role in roles_with(procedure.sop, Right.REPORT)} | {ADMIN}
    return list(dict.fromkeys(item.name for item in work.office().appointments if item.role in roles))
