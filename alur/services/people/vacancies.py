"""Desks that nobody holds. Whoever can have somebody invited is told once where work lies before one; when somebody has come, all
that said so says that he has. Called where a task lands, when somebody joins, and by the clock: an appointment ends, or
begins, with a day.

A desk whose person was invited and has not joined gets its text by hand, as one gets whom Telegram does not reach.
"""

from collections.abc import Iterable

from alur.services.tell import ask_contacts, hand_over, invited, occasion, report_unreachable, tell, tell_anew
from alur.services.work import Work
from alur.storage import cards, case_roles, cases, invites, members, tasks
from alur.storage import vacancies as rows
from alur.storage.vacancies import Vacancy
from alur.workflow import notices
from alur.workflow.people import Invited, Office

MOST = 100  # running cases that are looked through for questions to a desk that was vacant


def report(work: Work, vacancy: Vacancy, office: Office) -> None:
    """Work lies before a desk that nobody holds: told once, until somebody has come. Where somebody is invited to it, as the
    text to hand over to him.
    """
    if not rows.tell(work.session, vacancy, at=work.now):
        return
    about = {"case_id": vacancy.case_id, "task": vacancy.task}
    waiting = [item for item in _invited(office, vacancy.role) if work.now <= item.until]
    for item in waiting:
        text = notices.HandOver(member=_not_joined(item), **about)
        ask_contacts(work, hand_over(vacancy.case_id, vacancy.task, invited(item.id)), text, office=office)
    if not waiting:
        once = occasion(notices.RoleVacant, vacancy.case_id, vacancy.task)
        ask_contacts(work, once, notices.RoleVacant(role=vacancy.role, **about), office=office)


def is_due(work: Work) -> bool:
    """Whether a desk has become vacant, or is so no longer; outside office hours nobody is told."""
    return work.calendar.is_open(work.now) and _vacant(work, work.office()) != rows.all_(work.session)


def follow(work: Work, *, but: int | None = None) -> int:
    """All that lies open against who holds what now: how many desks have become vacant, or are so no longer. `but` is a member
    whose cards somebody else posts.
    """
    office, told = work.office(), rows.all_(work.session)
    vacant = _vacant(work, office)
    settled = tuple(item for item in told if item not in vacant)
    come = tuple(item for item in vacant if item not in told)
    rows.end(work.session, settled)
    for item in settled:
        _settle(work, item, office, but)
    _ask(work, dict.fromkeys(item.role for item in settled), office)
    for item in come:
        report(work, item, office)
    return len(settled) + len(come)


def _vacant(work: Work, office: Office) -> tuple[Vacancy, ...]:
    roles = [role for role in tasks.roles_at_work(work.session) if not office.holders(role, work.now)]
    found = tasks.lying_on(work.session, roles) if roles else ()
    return tuple(Vacancy(case_id=item.case_id, task=item.task, role=item.role) for item in found)


def _settle(work: Work, settled: Vacancy, office: Office, but: int | None) -> None:
    """Somebody has come, or the task is over: what was told says so where it stands, and he gets his card."""
    number, task = settled.case_id, settled.task
    texts = (hand_over(number, task, invited(item)) for item in invites.of_role(work.session, settled.role))
    record = cases.get(work.session, number)
    found = record.case.task(task) if record else None
    before = found.before if found else ()
    receipts = (occasion(notices.Recorded, number, earlier) for earlier in before)
    begun = () if before else (occasion(notices.CaseOpened, number, task),)
    tell_anew(work, occasion(notices.RoleVacant, number, task), *texts, *receipts, *begun, office=office)
    for earlier in before:
        for card in cards.of_task(work.session, number, earlier):
            _card(work, number, earlier, card.member_id, ring=False)
    if found is None or not found.is_open:
        return
    for item in office.holders(settled.role, work.now):
        member = members.get(work.session, item.member)
        if member is None or member.id == but:
            continue
        _card(work, number, task, member.id, ring=True)
        if not member.reachable:
            report_unreachable(work, member, case_id=number, task=task)


def _ask(work: Work, roles: Iterable[str], office: Office) -> None:
    """What was asked of a desk while nobody held it, and was answered by nobody."""
    for role in roles:
        held = [members.get(work.session, item.member) for item in office.holders(role, work.now)]
        for number in case_roles.running(work.session, (role,), most=MOST) if held else ():
            record = cases.get(work.session, number)
            for question in record.case.questions if record else ():
                if question.to_role == role and question.is_open:
                    asked = notices.Question(case_id=number, question=question.id)
                    for member in filter(None, held):
                        tell(work, member, asked, once=occasion(notices.Question, number, question.id))


def _invited(office: Office, role: str) -> tuple[Invited, ...]:
    return tuple(item for item in office.invited if item.role == role)


def _not_joined(item: Invited) -> notices.NotJoined:
    named = {"name": item.name, "sapaan": item.sapaan, "unit": item.unit}
    return notices.NotJoined(invitation=item.id, role=item.role, until=item.until, **named)


def _card(work: Work, case_id: int, task: int, member: int, *, ring: bool) -> None:
    cards.announce(work.session, case_id=case_id, task=task, member_id=member, at=work.now, ring=ring)
