"""Records a notice for somebody: who is to be told what. Nothing is worded and nothing is sent."""

from collections.abc import Iterable

from alur.services.work import Work
from alur.storage import members, messages
from alur.storage import notices as notice_rows
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.notices import Notice
from alur.workflow.people import ADMIN, Appointment, Office, roles_with
from alur.workflow.sop import Right


def tell(work: Work, member: Member, notice: Notice, *, once: str | None = None) -> None:
    """Queues the notice; nothing for a member who cannot be reached. `once` names the occasion, on which nobody is told
    twice, where what is told may change later (`tell_anew`).
    """
    if once is not None:
        tell_once(work, f"{once}:{member.id}", member, notice)
    elif member.reachable:
        tell_chat(work, member.telegram_id, notice, member_id=member.id)


def tell_chat(work: Work, chat_id: int, notice: Notice, *, member_id: int | None = None) -> None:
    """The same for a chat whose person may be a stranger."""
    notice_rows.add(work.session, chat_id=chat_id, member_id=member_id, notice=notice, at=work.now)


def tell_once(work: Work, once: str, member: Member, notice: Notice) -> None:
    """The same as `tell`, unless it was told for this occasion before."""
    if member.reachable:
        to = {"chat_id": member.telegram_id, "member_id": member.id}
        notice_rows.add_once(work.session, once, notice=notice, at=work.now, **to)


def on(work: Work, member: Member, message_id: int | None) -> int | None:
    """The message that was pressed, for a notice that takes its place: a question that is answered says so where it stood.
    None where that is a card or form, which delivery itself keeps true; a message that is not of record is a copy of the
    question: the answer to its sending was lost.
    """
    if message_id is None:
        return None
    about = messages.about(work.session, member.telegram_id, message_id)
    return message_id if about is None or "notice" in about else None


def person_of(somebody: Member | Appointment, *, title: str | None = None) -> notices.Person:
    """Somebody as a notice names him to another."""
    return notices.Person(name=somebody.name, sapaan=somebody.sapaan, title=title)


def occasion(kind: type[Notice], case_id: int, number: int) -> str:
    """Names a telling that is to be found again: of which case it speaks, and of what in it."""
    return f"{kind.template}:{case_id}.{number}"


def tell_anew(work: Work, once: str, office: Office) -> None:
    """Whoever was told on that occasion reads, where it stands, what is so now. Which message that is, delivery knows: the
    first telling may be on its way. One that cannot be read was never shown: delivery sets it aside.
    """
    keys = [f"{once}:{member}" for member in dict.fromkeys(item.member for item in office.appointments)]
    for row in notice_rows.of_occasions(work.session, keys):
        member = members.get(work.session, row.member_id) if row.member_id is not None else None
        notice = _read(row)
        if member is not None and notice is not None:
            tell(work, member, notice.model_copy(update={"anew": row.id}))


def tell_again(work: Work, member: Member, message_id: int | None) -> None:
    """The notice that was pressed, as it is now: what it asked is settled. Nothing where it is not of record."""
    told = messages.about(work.session, member.telegram_id, message_id) if message_id is not None else None
    row = notice_rows.get(work.session, told["notice"]) if told and "notice" in told else None
    notice = _read(row) if row is not None else None
    if notice is not None:
        tell(work, member, notice.model_copy(update={"anew": None, "on": message_id}))


def _read(row: notice_rows.NoticeRow) -> Notice | None:
    try:
        return row.notice
    except notices.NoticeUnreadable:
        return None


def tell_roles(
    work: Work,
    roles: Iterable[str],
    notice: Notice,
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
            tell(work, member, notice, once=once)


def tell_administrators(work: Work, notice: Notice, *, but: int | None = None) -> None:
    tell_roles(work, (ADMIN,), notice, but=but)


def contact_roles(work: Work) -> tuple[str, ...]:
    """Who is told what must be done by hand, and whom a stranger may ask: administrators, and those with the right."""
    return tuple(dict.fromkeys(role for item in work.procedures for role in roles_with(item.sop, Right.REPORT))) or (
        ADMIN,
    )


def report_unreachable(work: Work, member: Member, *, case_id: int | None, task: int | None) -> None:
    """Work for somebody whom Telegram does not reach: a text to hand over in person; without a task only the news."""
    lost = notices.Unreached(id=member.id, name=member.name, sapaan=member.sapaan)
    tell_roles(work, contact_roles(work), notices.HandOver(member=lost, case_id=case_id, task=task))
