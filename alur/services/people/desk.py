"""What administrators and Tata Usaha do about people in chat: a press begins a form, or does it at once."""

from collections import Counter

from alur.services.incoming import forms
from alur.services.people import office, staff
from alur.services.work import UNKNOWN, Answer, Work, refused
from alur.storage import roster, tasks
from alur.storage.members import Member
from alur.workflow.errors import Refusal, Unknown
from alur.workflow.forms import Option
from alur.workflow.offers import days_ahead, days_back
from alur.workflow.office.attempts import Attempt
from alur.workflow.office.rooms import Choices, staff_rule
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.presses import PressStaff


def press(work: Work, *, telegram_id: int, press: PressStaff, message_id: int) -> Answer:
    """A press of one of the office's rules. What is refused stands in the office's trail."""
    member = work.member(telegram_id)
    if member is None:
        return office.refuse_stranger(work, telegram_id=telegram_id, button=press.name)
    rule = staff_rule(press.rule)
    if rule is None:
        office.refuse(work, Attempt(what=press.name, by=member.id), Unknown(subject=press.rule))
        return UNKNOWN
    s = situation(work)
    try:
        rule.may(s, member.id, press.on)
        form = rule.form(s, member.id, press.on, choices(work))
    except Refusal as refusal:
        return _refused(work, member, press, refusal)
    if form is not None:
        return forms.begin(work, member, form, replace=press.replaces, message_id=message_id)
    decision = staff.act(work, rule.made(member.id, press.on, None))
    return staff.answered(rule, decision)


def situation(work: Work) -> OfficeSituation:
    """The office as it is, without its lock: for what is shown and begun."""
    return OfficeSituation(roster=roster.load(work.session), rules=office.rules(work), at=work.at, now=work.now)


def choices(work: Work) -> Choices:
    """The roles of all procedures by their titles, and the next working days."""
    titles = {role.id: role.title for item in work.procedures for role in item.sop.roles}
    known = office.rules(work).roles
    return Choices(
        roles=tuple(Option(value=role, label=titles.get(role, "")) for role in known),
        days=days_ahead(work.calendar, work.now, also=work.today),
        days_back=days_back(work.calendar, work.today),
        open_tasks=Counter(item.role for item in tasks.lying_on(work.session, tasks.roles_at_work(work.session))),
    )


def _refused(work: Work, member: Member, press: PressStaff, refusal: Refusal) -> Answer:
    office.refuse(work, Attempt(what=press.name, by=member.id), refusal)
    return refused(refusal)
