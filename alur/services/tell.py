"""Records a notice for somebody: who is to be told what. Nothing is worded and nothing is sent."""

from collections.abc import Iterable
from typing import Any

from alur.services import failures
from alur.services.work import Work
from alur.storage import members, messages
from alur.storage import notices as notice_rows
from alur.storage.members import Member
from alur.workflow import notices
from alur.workflow.failures import NotReached
from alur.workflow.notices import Notice
from alur.workflow.people import ADMIN, Appointment, Invited, Office, roles_with
from alur.workflow.presses import On
from alur.workflow.sop import Right


def tell(work: Work, member: Member, notice: Notice, *, once: str | None = None, silent: bool = False) -> None:
    """Queues the notice; nothing for a member who cannot be reached. `once` names the occasion, on which nobody is told
    twice, where what is told may change later (`tell_anew`).
    """
    if once is not None:
        tell_once(work, f"{once}:{member.id}", member, notice, silent=silent)
    elif member.reachable:
        tell_chat(work, member.telegram_id, notice, member_id=member.id, silent=silent)


def tell_chat(work: Work, chat_id: int, notice: Notice, *, member_id: int | None = None, silent: bool = False) -> None:
    """The same for a chat whose person may be a stranger."""
    notice_rows.add(work.session, chat_id=chat_id, member_id=member_id, notice=notice, at=work.now, silent=silent)


def tell_once(work: Work, once: str, member: Member, notice: Notice, *, silent: bool = False) -> bool:
    """The same as `tell`, unless it was told for this occasion before; whether it is told now."""
    if not member.reachable:
        return False
    to = {"chat_id": member.telegram_id, "member_id": member.id}
    return notice_rows.add_once(work.session, once, notice=notice, at=work.now, silent=silent, **to) is not None


def on(work: Work, member: Member, message_id: int | None) -> int | None:
    """The message that was pressed, for a notice that takes its place: a question that is answered says so where it stood.
    None where that is a card or form, which delivery itself keeps true; a message that is not of record is a copy of the
    question: the answer to its sending was lost.
    """
    if message_id is None:
        return None
    about = messages.about(work.session, member.telegram_id, message_id)
    return message_id if about is None or "notice" in about else None


def person_of(somebody: Member | Appointment | Invited, *, title: str | None = None) -> notices.Person:
    """Somebody as a notice names him to another."""
    return notices.Person(name=somebody.name, sapaan=somebody.sapaan, title=title)


def occasion(kind: type[Notice], case_id: int, number: int) -> str:
    """Names a telling that is to be found again: of which case it speaks, and of what in it."""
    return f"{kind.template}:{case_id}.{number}"


def tell_anew(work: Work, *occasions: str, office: Office, said: Notice | None = None) -> None:
    """Whoever was told on one of these occasions reads, where it stands, what is so now, or what is `said` in its place. Which
    message that is, delivery knows: the first telling may be on its way. One that cannot be read was never shown: delivery
    sets it aside. What is `said` is kept, too, as what was told: whoever pressed that message hears it again from there.
    """
    told = dict.fromkeys(item.member for item in office.appointments)
    for row in notice_rows.of_occasions(work.session, [f"{once}:{member}" for once in occasions for member in told]):
        member = members.get(work.session, row.member_id) if row.member_id is not None else None
        notice = said or _read(row)
        if said is not None:
            _keep(work, row, said)
        if member is not None and notice is not None:
            tell(work, member, notice.model_copy(update={"anew": row.id}))


def tell_again(work: Work, member: Member, message_id: int | None, *, copy_of: Notice | None = None) -> None:
    """The notice that was pressed, as it is now: what it asked is settled. One that is not of record is a copy of what its
    button belongs to (`copy_of`): the answer to its sending was lost.
    """
    told = messages.about(work.session, member.telegram_id, message_id) if message_id is not None else None
    if message_id is not None and told is None and copy_of is not None:
        tell(work, member, copy_of.model_copy(update={"on": message_id}))
    row = _row_of(work, told)
    notice = _read(row) if row is not None else None
    if row is not None and notice is not None:
        tell(work, member, notice.again(row.id, message_id))


def standing_under(case_id: int, on: On) -> Notice | None:
    """The one kind of notice under which a button about this stands; None for what stands under others, or cards, too."""
    if on.question is not None:
        return notices.Question(case_id=case_id, question=on.question)
    return notices.Obstacle(case_id=case_id, obstacle=on.obstacle) if on.obstacle is not None else None


def told_by(work: Work, member: Member, message_id: int | None) -> Notice | None:
    """The notice that the message is; None for any other, and for one that cannot be read."""
    told = messages.about(work.session, member.telegram_id, message_id) if message_id is not None else None
    row = _row_of(work, told)
    return _read(row) if row is not None else None


def _row_of(work: Work, about: dict[str, Any] | None) -> notice_rows.NoticeRow | None:
    return notice_rows.get(work.session, about["notice"]) if about and "notice" in about else None


def _keep(work: Work, row: notice_rows.NoticeRow, said: Notice) -> None:
    """In the row of the first telling, and in that of the newest, by which its message is known."""
    message_id = notice_rows.message_of(work.session, row.id)
    about = messages.about(work.session, row.chat_id, message_id) if message_id is not None else None
    for number in {row.id, about.get("notice", row.id) if about else row.id}:
        notice_rows.say(work.session, number, said)


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
    silent: bool = False,
) -> None:
    """Everybody who holds one of the roles now, each once; not the member `but`. `office` is the one that was read already,
    if it was.
    """
    office = office or work.office()
    held = (item.member for role in roles for item in office.holders(role, work.now))
    for number in dict.fromkeys(held):
        member = members.get(work.session, number) if number != but else None
        if member is not None:
            tell(work, member, notice, once=once, silent=silent)


def tell_administrators(
    work: Work, notice: Notice, *, but: int | None = None, once: str | None = None, silent: bool = False
) -> None:
    tell_roles(work, (ADMIN,), notice, but=but, once=once, silent=silent)


def contact_roles(work: Work) -> tuple[str, ...]:
    """Who is told what must be done by hand, and whom a stranger may ask: administrators, and those with the right."""
    return tuple(dict.fromkeys(role for item in work.procedures for role in roles_with(item.sop, Right.REPORT))) or (
        ADMIN,
    )


def report_unreachable(work: Work, member: Member, *, case_id: int | None, task: int | None) -> None:
    """Work for somebody whom Telegram does not reach: a text to hand over in person; without a task only the news. Who hears it
    again of the same task, because it was lost twice, is told once more. That his card waits stands in the case's trail.
    """
    lost = notices.Unreached(id=member.id, name=member.name, sapaan=member.sapaan)
    text = notices.HandOver(member=lost, case_id=case_id, task=task)
    if case_id is None or task is None:
        tell_roles(work, contact_roles(work), text)
        return
    failures.record(work, NotReached(member=member.id, task=task), case_id=case_id)
    ask_contacts(work, hand_over(case_id, task, member.id), text, office=work.office())


def ask_contacts(work: Work, once: str, notice: Notice, *, office: Office) -> None:
    """What must be done by hand, to whoever is told of it; who was told on this occasion before hears it once more."""
    held = (item.member for role in contact_roles(work) for item in office.holders(role, work.now))
    for number in dict.fromkeys(held):
        told = members.get(work.session, number)
        if told is not None and not tell_once(work, f"{once}:{number}", told, notice):
            tell(work, told, notice)


def hand_over(case_id: int, task: int, member: int | str) -> str:
    """The occasion on which a text for the member, or by `invited` for who has not joined, was asked to be handed over."""
    return f"{occasion(notices.HandOver, case_id, task)}.{member}"


def invited(number: int) -> str:
    """Names who has not joined, by his invitation, where members are named by number."""
    return f"i{number}"
