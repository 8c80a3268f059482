"""Makers of the notices about people: who joins, whom to ask, a role that nobody holds, whom Telegram does not reach."""

from datetime import timedelta

from alur.views import facts, words
from alur.views.buttons import button
from alur.views.notice.maker import Given, Parts, make, plain, step_of
from alur.views.screen import Button, Reader
from alur.workflow import notices
from alur.workflow.case import Task
from alur.workflow.engine import Situation
from alur.workflow.engine.acts.hand_over import HandOverInvitedRule, HandOverRule
from alur.workflow.engine.standing import standing
from alur.workflow.people import ADMIN, Appointment, nearest_with, roles_with
from alur.workflow.presses import On, PressAct, PressOrder
from alur.workflow.sop import Right

NOBODY = 0  # the number of no member

for kind in (notices.Stranger, notices.InviteRefused, notices.Enrolled, notices.Delivered, notices.PhoneUnlinked):
    make.register(kind)(plain)


@make.register
def _codes_blocked(notice: notices.CodesBlocked, given: Given) -> Parts:
    """By the minute, and not before the block has ended."""
    minute = (notice.until + timedelta(seconds=59, microseconds=999_999)).replace(second=0, microsecond=0)
    return Parts({"from_then": words.near_moment(minute, given.zone)})


@make.register
def _welcome(notice: notices.Welcome, given: Given) -> Parts:
    """What comes here, what is to be done with it, whom to ask: a desk's work, a guest's invitations, or what whoever
    only runs the bot is told.
    """
    roles = set(notice.roles)
    ask = next((nearest_with(sop, Right.REPORT) for sop in given.sops), ADMIN)
    tasks = [task for sop in given.sops for step in sop.steps for task in step.tasks]
    return Parts(
        {
            "has_desk": any(task.role in roles for task in tasks),
            "is_invited": any(roles & set(task.participants) for task in tasks),
            "dates": any(task.waits_for in roles for task in tasks),
            "starts": any(roles & set(roles_with(sop, Right.START)) for sop in given.sops),
            "ask": ADMIN if ask in roles else ask,
        }
    )


@make.register
def _appointed(notice: notices.Appointed, given: Given) -> Parts:
    item = notice.appointment
    return Parts(
        {
            "post": words.post(item.role, item.kind, given.sops),
            "is_over": item.ends is not None and item.ends < given.today,
            "has_begun": item.starts is None or item.starts <= given.today,
            "official": any(words.is_official(item.role, sop) for sop in given.sops),
            "day": words.day,
        },
        ((button(PressOrder(appointment=item.id)),),) if notice.is_own and item.id and item.order_file else (),
    )


@make.register
def _tasks_come(notice: notices.TasksCome, given: Given) -> Parts:
    return Parts({"post": words.post(notice.role, notice.kind, given.sops)})


@make.register
def _role_vacant(notice: notices.RoleVacant, given: Given) -> Parts:
    """Whom to turn to, or to invite; once somebody has come, who it is."""
    s, task = given.situation, given.task(notice.task)
    context = {
        "is_admin": ADMIN in given.reader.roles,
        "admins": _people(s, ADMIN),
        "joined": _people(s, notice.role),
    }
    return Parts({**context, **step_of(s, task)})


def _people(s: Situation, role: str) -> list[notices.Person]:
    return [notices.Person(name=item.name, sapaan=item.sapaan) for item in s.office.holders(role, s.now)]


@make.register
def _hand_over(notice: notices.HandOver, given: Given) -> Parts:
    """A text to be read or printed for somebody whom Telegram does not reach, or only the news that it does not; for somebody
    who has not joined, until he or another has.
    """
    if notice.case_id is None or notice.task is None:
        return Parts({"letter": None, "joined": (), "role": None})
    s, task, lost = given.situation, given.task(notice.task), notice.member
    to_come = lost if isinstance(lost, notices.NotJoined) else None
    joined = _people(s, to_come.role) if to_come else []
    reader = _invited(lost) if isinstance(lost, notices.NotJoined) else _lost(s, task, lost)
    own, role = standing(s, task, reader.member, reader.roles)
    letter = facts.of_task(s, task, reader=reader, role=role)
    title = None if to_come else reader.unit or s.sop.role(role or task.role).title
    member = notices.Person(name=lost.name, sapaan=reader.sapaan, title=title)
    context = {
        "member": member,
        "letter": letter,
        "seat": own.value,
        "role": to_come.role if to_come else None,
        "until": to_come.until if to_come else None,
        "joined": joined,
        **step_of(s, task),
    }
    is_over = to_come is not None and (bool(joined) or not task.is_open)
    return Parts(context, () if is_over else ((_delivered(notice.case_id, task, lost),),))


def _delivered(case_id: int, task: Task, lost: notices.Unreached | notices.NotJoined) -> Button:
    if isinstance(lost, notices.NotJoined):
        rule, on = HandOverInvitedRule.name, On(task=task.id, invitation=lost.invitation)
    else:
        rule, on = HandOverRule.name, On(task=task.id, member=lost.id)
    return button(PressAct(rule=rule, case=case_id, on=on), label=HandOverRule.name)


def _lost(s: Situation, task: Task, lost: notices.Unreached) -> Reader:
    person = _appointment(s, lost.id)
    return Reader(
        member=lost.id,
        name=lost.name,
        sapaan=person.sapaan if person else lost.sapaan,
        unit=person.unit if person else None,
        roles=s.office.roles(lost.id, s.at) if person else (task.role,),
    )


def _invited(lost: notices.NotJoined) -> Reader:
    """As he will be read to once he has joined."""
    return Reader(member=NOBODY, name=lost.name, sapaan=lost.sapaan, unit=lost.unit, roles=(lost.role,))


def _appointment(s: Situation, member: int) -> Appointment | None:
    return next((item for item in s.office.appointments if item.member == member), None)
