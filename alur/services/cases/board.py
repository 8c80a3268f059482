"""The board on which it is recorded who must see what of a case: notices, cards, and what is told anew. Nothing is sent here."""

from collections.abc import Collection, Iterable
from datetime import datetime

from alur.services.cases.audience import audience
from alur.services.clock.calls import call_of, occasions_of
from alur.services.tell import occasion, report_unreachable, tell, tell_anew, tell_roles
from alur.services.work import Work
from alur.storage import cards, members
from alur.workflow import notices
from alur.workflow.case import Case, Task
from alur.workflow.engine import Situation
from alur.workflow.engine.meetings import in_calendars
from alur.workflow.engine.standing import people_at, standing
from alur.workflow.notices import Notice

FIRST = 1  # the task with which a case begins


class Board:
    """`s` is the case as it is after what is announced, `before` as it was."""

    def __init__(self, *, work: Work, case_id: int, s: Situation, before: Case | None) -> None:
        self.work, self.case_id, self.s, self.before = work, case_id, s, before

    def tell(self, roles: Iterable[str], notice: Notice) -> None:
        tell_roles(self.work, roles, notice, office=self.s.office)

    def tell_desk(self, task: Task, notice: Notice) -> None:
        """Its holders and helpers, each once."""
        for number in dict.fromkeys(item.member for found, item in people_at(self.s, task) if found.is_desk):
            self.tell_member(number, notice)

    def tell_holders(self, task: Task, notice: Notice) -> None:
        for number in dict.fromkeys(item.member for item in self.s.holders(task)):
            self.tell_member(number, notice)

    def ask(self, roles: Iterable[str], notice: Notice, number: int) -> None:
        """What asks for something, and says afterwards that it is settled."""
        once = occasion(type(notice), self.case_id, number)
        tell_roles(self.work, roles, notice, once=once, office=self.s.office)

    def anew(self, kind: type[Notice], number: int) -> None:
        tell_anew(self.work, occasion(kind, self.case_id, number), office=self.s.office)

    def tell_member(self, number: int, notice: Notice) -> None:
        member = members.get(self.work.session, number)
        if member is not None:
            tell(self.work, member, notice)

    def year_said(self, *, code: str | None) -> None:
        """The calls to begin this year's case say that it has begun, with its code, or that it has not."""
        year = int(self.s.case.period)
        told = occasions_of(self.s.sop, self.work.calendar, year, self.work.now)
        if told:
            said = call_of(self.s.sop, self.work.calendar, year, code=code)
            tell_anew(self.work, *told, office=self.s.office, said=said)

    def ring(self, task: Task, *, by: int) -> None:
        """Whoever dated the meeting, or called it off, is rung only where his own calendar is to have its new file: an edit
        of his card could not bring it. Who is invited only now has no card yet.
        """
        known = (card.member_id for card in cards.of_task(self.work.session, self.case_id, task.id))
        for number in dict.fromkeys((*known, *audience(self.s, task))):
            self.card(task.id, number, ring=number != by or self._has_calendar(task, by))

    def _has_calendar(self, task: Task, number: int) -> bool:
        own, _ = standing(self.s, task, number, self.s.office.roles(number, self.work.now))
        return in_calendars(self.s, task, own) is not None

    def due_before(self, task: Task) -> datetime | None:
        earlier = self.before.task(task.id) if self.before else None
        return earlier.due if earlier else None

    def open_at(self, step: int) -> tuple[Task, ...]:
        return tuple(task for task in self.s.case.open_tasks if task.step == step)

    def refresh(self) -> None:
        """The cards of the open tasks show something that has changed, without a ring."""
        for task in self.s.case.open_tasks:
            self.show(task)

    def show(self, task: Task, *, among: Collection[str] | None = None) -> None:
        """All its cards, or those of whoever holds one of these roles."""
        for card in cards.of_task(self.work.session, self.case_id, task.id):
            if among is None or not set(self.s.office.reads(card.member_id, self.work.now)).isdisjoint(among):
                self.card(task.id, card.member_id, ring=False)

    def card(self, task: int, member: int, *, ring: bool) -> None:
        """Nobody is rung who has nothing to do there any more, or in whose place a Plh acts."""
        cards.announce(
            self.work.session,
            case_id=self.case_id,
            task=task,
            member_id=member,
            at=self.work.now,
            ring=ring and member in audience(self.s, self.s.case.tasks[task - 1]),
        )

    def arrive(self, task: Task, member: int) -> None:
        """The card of a task that comes before somebody; where Telegram does not reach him, its text is handed over."""
        self.card(task.id, member, ring=True)
        person = members.get(self.work.session, member)
        if person is not None and not person.reachable:
            report_unreachable(self.work, person, case_id=self.case_id, task=task.id)

    def followers_told(self, task: Task) -> None:
        """Those who were asked to do something until this limit hear of the new one."""
        for step in self.s.sop.steps:
            definition, following = step.tasks[0], self.s.case.following(step.number)
            if not definition.follow_up or following is None or task.index > 0:
                continue
            if (following.step, following.number) == (task.step, task.round):
                moved = notices.FollowUpMoved(case_id=self.case_id, step=step.number, was=self.due_before(task))
                self.tell(definition.participants, moved)
