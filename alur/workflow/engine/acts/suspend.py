"""*Tunda Proses*, *Lanjutkan Proses*: the case stands still, with a reason, until it goes on; the working time that was lost is
given back to every open task.
"""

from collections.abc import Iterator
from datetime import tzinfo
from typing import Literal

from alur.workflow.engine.deadlines import present_limits
from alur.workflow.engine.rule import Act
from alur.workflow.engine.situation import Situation
from alur.workflow.engine.whole_case import REASON, WholeCaseRule, check_names_nothing, reason_of
from alur.workflow.errors import AlreadyResumed, Unknown
from alur.workflow.events import CaseResumed, CaseSuspended, Event, NewLimit
from alur.workflow.forms import Form
from alur.workflow.mending import Pause, Suspension
from alur.workflow.people import Actor
from alur.workflow.presses import On, known


class SuspendCase(Act):
    act: Literal["suspend"] = "suspend"
    reason: str


class SuspendRule(WholeCaseRule[SuspendCase]):
    act, name = SuspendCase, "suspend"
    asks = True
    answer = "case_suspended"

    def form(self, s: Situation, member: int, on: On) -> Form:
        return self.asking(s, on, fields=(REASON,))

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> SuspendCase:
        return SuspendCase(by=member, reason=known(form, "form").answers.get("reason") or "")

    def decide(self, s: Situation, act: SuspendCase) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On())
        return (CaseSuspended(suspension=Suspension(by=actor, at=s.at, reason=reason_of(act.reason, self.name))),)


class ResumeCase(Act):
    act: Literal["resume"] = "resume"


class ResumeRule(WholeCaseRule[ResumeCase]):
    act, name = ResumeCase, "resume"
    while_suspended = True
    answer = "case_resumed"

    def may(self, s: Situation, member: int, on: On) -> Actor:
        actor = super().may(s, member, on)
        _stretch(s)
        return actor

    def made(self, member: int, on: On, form: Form | None, zone: tzinfo) -> ResumeCase:
        check_names_nothing(on)
        return ResumeCase(by=member)

    def decide(self, s: Situation, act: ResumeCase) -> tuple[Event, ...]:
        actor = self.may(s, act.by, On())
        pause = Pause(since=_stretch(s).at, at=s.landing)
        return (CaseResumed(by=actor, at=s.at, pause=pause, limits=tuple(_limits(s, pause))),)


def _stretch(s: Situation) -> Suspension:
    """That in which the case stands still. Raises a `Refusal` where it does not: who let it go on, and when."""
    if s.case.suspension is not None:
        return s.case.suspension
    last = s.case.suspensions[-1] if s.case.suspensions else None
    if last is None or last.resumed_by is None:
        raise Unknown(subject=s.case.code)
    raise AlreadyResumed(**last.resumed_by.as_facts, at=last.resumed_at)


def _limits(s: Situation, pause: Pause) -> Iterator[NewLimit]:
    """Of every open task. The round of desks that are open together ends with the latest of them."""
    found = {task.id: present_limits(s, task, more=pause) for task in s.case.open_tasks}
    for task in s.case.open_tasks:
        beside = [found[item.id].of_round for item in (task, *s.case.beside(task)) if item.id in found]
        of_round = max(filter(None, beside), default=None)
        yield NewLimit(task=task.id, due=found[task.id].of_task, round_due=of_round)
