"""One person alone holds what needs two (`alur.workflow.office.conflicts`): told to those who can suspend a case, once, when the
day that makes it so has opened, and once more for each case that comes to stand there. Called by `succession`, by the clock, and
where a task lands.
"""

from collections.abc import Iterator

from alur.services.cases.situations import situation
from alur.services.tell import tell_roles
from alur.services.work import Work
from alur.storage import cases, members, tasks
from alur.storage import notices as notice_rows
from alur.workflow import notices
from alur.workflow.case import Task
from alur.workflow.engine import Situation
from alur.workflow.engine.drafts import is_undecidable
from alur.workflow.office.conflicts import Conflict, ConflictKind, conflicts
from alur.workflow.people import Office, roles_with
from alur.workflow.sop import Right, Sop

MOST = 20  # running cases that are looked through for those that stand there


def is_due(work: Work) -> bool:
    """Whether something has come to be so that somebody has not been told; outside office hours nobody is."""
    if not work.calendar.is_open(work.now):
        return False
    office = work.office()
    return any(
        not notice_rows.of_occasions(work.session, [f"{_occasion(procedure.sop, found)}:{number}"])
        for procedure in work.procedures
        for found in conflicts(procedure.sop, office, work.now)
        for number in _reached(work, procedure.sop, office)
    )


def follow(work: Work) -> None:
    """Whatever is so now and was not told before: it is known by the appointments that make it so."""
    office = work.office()
    for procedure in work.procedures:
        for found in conflicts(procedure.sop, office, work.now):
            _tell(work, procedure.sop, found, office, codes=tuple(_standing(work, found)))


def landed(work: Work, s: Situation, task: Task) -> None:
    """A task that whoever alone holds its role may not decide."""
    if not is_undecidable(s, task):
        return
    for found in conflicts(s.sop, s.office, s.now):
        if found.kind is ConflictKind.STUCK and _is_at(found, task):
            _tell(work, s.sop, found, s.office, codes=(s.case.code,), where=f":{s.case.code}.{task.id}")


def _tell(work: Work, sop: Sop, found: Conflict, office: Office, *, codes: tuple[str, ...], where: str = "") -> None:
    named = next(item for item in office.appointments if item.member == found.member)
    member = notices.Person(name=named.name, sapaan=named.sapaan)
    once = f"{_occasion(sop, found)}{where}"
    news = notices.Conflicting(conflict=found, member=member, codes=codes)
    tell_roles(work, roles_with(sop, Right.HOLD), news, once=once, office=office)


def _occasion(sop: Sop, found: Conflict) -> str:
    numbers = ",".join(map(str, found.appointments))
    return f"{notices.Conflicting.template}:{found.kind}:{sop.id}:{found.role}:{found.other}:{numbers}"


def _reached(work: Work, sop: Sop, office: Office) -> set[int]:
    """Those who are told of it, and whom Telegram reaches."""
    held = {item.member for role in roles_with(sop, Right.HOLD) for item in office.holders(role, work.now)}
    people = (members.get(work.session, number) for number in held)
    return {member.id for member in people if member is not None and member.reachable}


def _standing(work: Work, found: Conflict) -> Iterator[str]:
    """The codes of the cases that stand there: of a decision that nobody may take, those whose draft is his."""
    lying = dict.fromkeys(item.case_id for item in tasks.lying_on(work.session, (found.role,)))
    for record in cases.of(work.session, tuple(lying)[:MOST]):
        s = situation(work, record.case)
        is_stuck = found.kind is ConflictKind.STUCK
        at_it = [task for task in s.case.open_tasks if _is_at(found, task) and s.sop.id == found.sop]
        if any(is_undecidable(s, task) or not is_stuck for task in at_it):
            yield s.case.code


def _is_at(found: Conflict, task: Task) -> bool:
    return task.role == found.role and task.step in found.steps
