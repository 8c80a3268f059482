"""Records a notice for somebody: who is to be told what. Nothing is worded and nothing is sent."""

from collections.abc import Iterable, Mapping
from typing import Any

from alur.services.work import Work
from alur.storage import members, messages, notices
from alur.storage.members import Member
from alur.workflow.people import ADMIN, Office, roles_with
from alur.workflow.sop import Right


def tell(work: Work, member: Member, template: str, about: Mapping[str, Any], *, once: str | None = None) -> None:
    """Queues the notice; nothing for a member who cannot be reached. `once` names the occasion, on which nobody is told
    twice, where what is told may change later (`tell_anew`).
    """
    if not member.reachable:
        return
    if once is None:
        tell_chat(work, member.telegram_id, template, about, member_id=member.id)
        return
    whom = {"chat_id": member.telegram_id, "member_id": member.id}
    notices.add_once(work.session, f"{once}:{member.id}", template=template, about=dict(about), at=work.now, **whom)


def tell_chat(
    work: Work, chat_id: int, template: str, about: Mapping[str, Any], *, member_id: int | None = None
) -> None:
    """The same for a chat whose person may be a stranger."""
    notices.add(work.session, chat_id=chat_id, member_id=member_id, template=template, about=dict(about), at=work.now)


def tell_once(work: Work, once: str, member: Member, template: str, about: Mapping[str, Any]) -> None:
    """The same as `tell`, unless it was told for this occasion before."""
    if member.reachable:
        to = {"chat_id": member.telegram_id, "member_id": member.id}
        notices.add_once(work.session, once, template=template, about=dict(about), at=work.now, **to)


def on(work: Work, member: Member, message_id: int | None) -> dict[str, int]:
    """What `about` says of a notice that takes the place of the message that was pressed: a question that is answered says
    so where it stood. Nothing where that is a card or form, which delivery itself keeps true; a message that is not of
    record is a copy of the question: the answer to its sending was lost.
    """
    if message_id is None:
        return {}
    about = messages.about(work.session, member.telegram_id, message_id)
    return {"on": message_id} if about is None or "notice" in about else {}


def occasion(template: str, case_id: int, number: int) -> str:
    """Names a telling that is to be found again: of which case it speaks, and of what in it."""
    return f"{template}:{case_id}.{number}"


def tell_anew(work: Work, once: str, office: Office) -> None:
    """Whoever was told on that occasion reads, where it stands, what is so now. Which message that is, delivery knows: the
    first telling may be on its way.
    """
    keys = [f"{once}:{member}" for member in dict.fromkeys(item.member for item in office.appointments)]
    for row in notices.of_occasions(work.session, keys):
        member = members.get(work.session, row.member_id or 0)
        if member is not None:
            tell(work, member, row.template, {**row.about, "anew": row.id})


def tell_again(work: Work, member: Member, message_id: int | None) -> None:
    """The notice that was pressed, as it is now: what it asked is settled. Nothing where it is not of record."""
    told = messages.about(work.session, member.telegram_id, message_id) if message_id is not None else None
    row = notices.get(work.session, told["notice"]) if told and "notice" in told else None
    if row is not None:
        about = {key: value for key, value in row.about.items() if key != "anew"}
        tell(work, member, row.template, {**about, "on": message_id})


def tell_roles(
    work: Work,
    roles: Iterable[str],
    template: str,
    about: Mapping[str, Any],
    *,
    once: str | None = None,
    but: int | None = None,
    office: Office | None = None,
) -> None:
    """Everybody who holds one of the roles now, each once; not the member `but`. `office` is the one that was read already,
    if it was.
    """
    office = office or work.office()
    held = (item.member for role in roles for item in office.holders(role, work.now))
    for number in dict.fromkeys(held):
        member = members.get(work.session, number) if number != but else None
        if member is not None:
            tell(work, member, template, about, once=once)


def tell_administrators(work: Work, template: str, about: Mapping[str, Any], *, but: int | None = None) -> None:
    tell_roles(work, (ADMIN,), template, about, but=but)


def contact_roles(work: Work) -> tuple[str, ...]:
    """Who is told what must be done by hand, and whom a stranger may ask: administrators, and those with the right."""
    return tuple(dict.fromkeys(role for item in work.procedures for role in roles_with(item.sop, Right.REPORT))) or (
        ADMIN,
    )


def report_unreachable(work: Work, member: Member, *, case_id: int | None, task: int | None) -> None:
    """Work for somebody whom Telegram does not reach: a text to hand over in person; without a task only the news."""
    about = {"member": {"id": member.id, "name": member.name}, "case_id": case_id, "task": task}
    tell_roles(work, contact_roles(work), "hand_over", about)
