"""How a person joins: an invitation made on the command line, redeemed in chat, and what is waiting for him then."""

from alur.services import menus
from alur.services.audience import audience
from alur.services.situations import situation
from alur.services.tell import contact_roles, tell, tell_administrators, tell_chat
from alur.services.work import Work, note_in_office_trail
from alur.storage import appointments, cards, cases, invites, members
from alur.storage.invites import Invitation, Unredeemable
from alur.storage.members import Member


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
        _welcome(work, known, is_again=True)
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
    tell_administrators(work, "enrolled", {"name": found.name, "role": found.role})
    appointments.add(work.session, member_id=member.id, role=found.role)
    entry = {
        "act": {"act": "enrol", "by": member.id, "role": found.role, "name": found.name, "unit": found.unit},
        "events": [],
        "known": known is not None,
    }
    note_in_office_trail(work, member=member.id, entry=entry)
    _welcome(work, member)
    deliver_waiting(work, member)
    return True


def refuse_stranger(work: Work, *, telegram_id: int, what: str) -> None:
    """Whoever is not enrolled hears whom to ask; nothing else is told."""
    entry = {"act": {"act": what, "telegram_id": telegram_id}, "refusal": "NotMember"}
    note_in_office_trail(work, member=None, entry=entry)
    tell_chat(work, telegram_id, "stranger", {"contacts": _contacts(work), "is_forwarded": what == "forwarded"})


def deliver_waiting(work: Work, member: Member) -> int:
    """Posts the cards of everything that waits for the member, at the bottom of his chat; how many there are."""
    office, count = work.office(), 0
    for record in cases.unfinished(work.session):
        task = record.case.open_task
        if task and member.id in audience(situation(work, record.case, office), task):
            cards.announce(work.session, case_id=record.id, task=task.id, member_id=member.id, at=work.now, ring=True)
            count += 1
    return count


def _welcome(work: Work, member: Member, *, is_again: bool = False) -> None:
    roles = list(work.office().roles(member.id, work.now))
    tell(work, member, "welcome", {"roles": roles, "is_again": is_again})
    menus.refresh(work, member)


def _refuse(work: Work, telegram_id: int, reason: str) -> None:
    member = work.member(telegram_id)
    entry = {"act": {"act": "enrol", "telegram_id": telegram_id}, "refusal": "InviteRefused", "reason": reason}
    note_in_office_trail(work, member=member.id if member else None, entry=entry)
    about = {"reason": reason, "contacts": _contacts(work)}
    tell_chat(work, telegram_id, "invite_refused", about, member_id=member.id if member else None)


def _contacts(work: Work) -> list[str]:
    """Whom a stranger may ask: "Ibu Wati (Tata Usaha)"."""
    office = work.office()
    titles = {role.id: role.title for item in work.procedures for role in item.sop.roles}
    found = []
    for role in contact_roles(work):
        for item in office.holders(role, work.now):
            name = f"{item.sapaan or ''} {item.name}".strip()
            found.append(f"{name} ({titles[role]})" if role in titles else name)
    return list(dict.fromkeys(found))
