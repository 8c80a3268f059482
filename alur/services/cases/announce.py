"""Who must see what after an event. Every event has its audience here; nothing is sent and nothing is worded."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from alur.services.cases.audience import audience
from alur.services.clock.calls import call_of, occasions_of
from alur.services.people import conflicts, vacancies
from alur.services.tell import hand_over, invited, occasion, person_of, report_unreachable, tell, tell_anew, tell_roles
from alur.services.work import Work
from alur.storage import cards, members
from alur.storage.vacancies import Vacancy
from alur.workflow import notices
from alur.workflow.case import Case, Outcome, Return, Task
from alur.workflow.engine import Situation
from alur.workflow.engine.letters import letter_roles
from alur.workflow.engine.meetings import in_calendars
from alur.workflow.engine.papers import missing_documents
from alur.workflow.engine.standing import standing
from alur.workflow.engine.time_given import superior_of
from alur.workflow.events import (
    AttendanceRecorded,
    CardHandedOver,
    CaseFinished,
    CaseOpened,
    DaysGranted,
    DeadlineSet,
    DeskNudged,
    Event,
    InvitationAnswered,
    MeetingCancelled,
    MeetingScheduled,
    NadineRecorded,
    ObstacleReported,
    QuestionAnswered,
    QuestionAsked,
    TaskClosed,
    TaskOpened,
    VersionAdded,
    VersionWithdrawn,
    WorkReturned,
)
from alur.workflow.notices import Notice
from alur.workflow.people import Actor, readers
from alur.workflow.sop import BRINGS

FIRST = 1  # the task with which a case begins


def announce(work: Work, *, case_id: int, s: Situation, before: Case | None, events: Iterable[Event]) -> None:
    """Records who must see what, where `s` is the case as it is after `events`."""
    board = Board(work=work, case_id=case_id, s=s, before=before)
    for event in events:
        board.post(event)


class Board:
    def __init__(self, *, work: Work, case_id: int, s: Situation, before: Case | None) -> None:
        self.work, self.case_id, self.s, self.before = work, case_id, s, before

    def post(self, event: Event) -> None:
        match event:
            case TaskOpened(task=number):
                self._landed(self.s.case.tasks[number - 1])
            case TaskClosed(task=number):
                self._closed(self.s.case.tasks[number - 1])
            case VersionAdded():
                self._version_added(event)
            case DeadlineSet(task=number):
                self._limit_moved(self.s.case.tasks[number - 1], event)
            case MeetingCancelled(step=step, by=by):
                for task in self._open_at(step):
                    self._ring(task, by=by.member)
            case ObstacleReported(obstacle=obstacle):
                self._refresh()
                superior = superior_of(self.s, self.s.case.tasks[obstacle.task - 1])
                told = notices.Obstacle(case_id=self.case_id, obstacle=obstacle.id)
                self._ask((superior,) if superior else (), told, obstacle.id)
            case DaysGranted(obstacle=number):
                self._granted(number, event)
                self._anew(notices.Obstacle, number)
            case DeskNudged(task=number):
                task = self.s.case.tasks[number - 1]
                self.tell((task.role,), notices.Nudge(case_id=self.case_id, task=number))
            case QuestionAsked(question=question):
                self._refresh()
                asked = notices.Question(case_id=self.case_id, question=question.id)
                self._ask((question.to_role,), asked, question.id)
            case QuestionAnswered(question=number):
                self._refresh()
                self._answered(number)
                self._anew(notices.Question, number)
            case CaseFinished():
                self._finished()
            case MeetingScheduled(meeting=meeting):
                self._refresh()
                self._dated(meeting.step)
            case VersionWithdrawn(by=by):
                self._refresh()
                self._own_cards(by)
            case InvitationAnswered() | AttendanceRecorded() | NadineRecorded():
                self._entered(event)
            case CaseOpened(by=by):
                self._opened(by)
                self._year_begun()
            case WorkReturned(back=back):
                self._returned(back)  # the task that opens with it tells whom else it concerns
            case CardHandedOver():
                self._handed_over(event)
            case _:
                assert_never(event)

    def tell(self, roles: Iterable[str], notice: Notice) -> None:
        tell_roles(self.work, roles, notice, office=self.s.office)

    def _ask(self, roles: Iterable[str], notice: Notice, number: int) -> None:
        """What asks for something, and says afterwards that it is settled."""
        once = occasion(type(notice), self.case_id, number)
        tell_roles(self.work, roles, notice, once=once, office=self.s.office)

    def _anew(self, kind: type[Notice], number: int) -> None:
        tell_anew(self.work, occasion(kind, self.case_id, number), office=self.s.office)

    def tell_member(self, number: int, notice: Notice) -> None:
        member = members.get(self.work.session, number)
        if member is not None:
            tell(self.work, member, notice)

    def _landed(self, task: Task) -> None:
        for member in audience(self.s, task):
            self._card(task.id, member, ring=True)
            person = members.get(self.work.session, member)
            if person is not None and not person.reachable:
                report_unreachable(self.work, person, case_id=self.case_id, task=task.id)
        if self.s.is_vacant(task.role):
            vacancies.report(self.work, Vacancy(case_id=self.case_id, task=task.id, role=task.role), self.s.office)
        conflicts.landed(self.work, self.s, task)

    def _closed(self, task: Task) -> None:
        """Its own cards, and those of the desks beside it: they say for whom the step still waits."""
        self._show(task)
        for each in self.s.case.beside(task) if self.s.step(task).together else ():
            self._show(each)
            self._anew(notices.Recorded, each.id)
        for obstacle in self.s.case.obstacles:
            if obstacle.task == task.id and obstacle.granted is None:
                self._anew(notices.Obstacle, obstacle.id)
        definition = self.s.definition(task)
        if task.closing and task.closing.outcome is Outcome.ENDED:
            ended = notices.TaskEnded(case_id=self.case_id, task=task.id)
            once = occasion(notices.TaskEnded, self.case_id, task.id)
            by = task.closing.by.member
            tell_roles(self.work, self.s.desk(task), ended, once=once, but=by, office=self.s.office)
            return
        if definition.follow_up:
            self.tell(definition.participants, notices.FollowUp(case_id=self.case_id, step=task.step))
        if task.closing and task.closing.outcome is Outcome.DIRECTED:
            self.tell(definition.tells, notices.Directions(case_id=self.case_id, task=task.id))

    def _returned(self, back: Return) -> None:
        """Nothing says any more that what came back is approved: cards of those who approved it, receipts of a typed
        approval, requests for its number.
        """
        undone = [task for task in self.s.case.tasks if task.closing and self.s.case.undone(task) == back]
        for task in undone:
            if task.closing and task.closing.outcome is Outcome.APPROVED:
                self._show(task)
                self._anew(notices.Recorded, task.id)
                for ended in self.s.case.beside(task):
                    if ended.closing and ended.closing.ended_by == task.id:
                        self._show(ended)
                        self._anew(notices.TaskEnded, ended.id)
        for version in self.s.case.versions:
            if version.source is not None and version.task in {task.id for task in undone}:
                self._anew(notices.NadineRequest, version.id)

    def _version_added(self, event: VersionAdded) -> None:
        version = event.version
        if event.use == "product":
            if self.s.sop.document(version.document).numbered:
                for earlier in self.s.case.versions[: version.id - 1]:
                    if earlier.document == version.document:
                        self._anew(notices.NadineRequest, earlier.id)
                drafter = letter_roles(self.s.sop, version.document)[0]
                wanted = notices.NadineRequest(case_id=self.case_id, document=version.document, approved=version.id)
                self._ask((drafter,), wanted, version.id)
            return
        if event.use == "signed":
            self._letter_completed(version.document)
        for task in self.s.case.open_tasks:
            self._version_shown(event, task)
        self._own_cards(version.by)

    def _entered(self, event: InvitationAnswered | AttendanceRecorded | NadineRecorded) -> None:
        self._refresh()
        if isinstance(event, NadineRecorded):
            self._letter_completed(event.document)

    def _letter_completed(self, document: str) -> None:
        """Its number or its signed copy has come: the request for them says so."""
        approved = self.s.case.newest(document)
        if approved is not None:
            self._anew(notices.NadineRequest, approved.id)

    def _handed_over(self, event: CardHandedOver) -> None:
        """Whoever was asked to do it reads that it has been done, and by whom."""
        member = members.get(self.work.session, event.to) if event.to is not None else None
        reached = member or self.s.office.who_is_invited(event.invitation)
        if reached is not None:
            hand = notices.Person(name=event.by.name, sapaan=event.by.sapaan)
            done = notices.Delivered(member=person_of(reached), by=hand)
            once = hand_over(self.case_id, event.task, reached.id if member else invited(reached.id))
            tell_anew(self.work, once, office=self.s.office, said=done)

    def _opened(self, by: Actor) -> None:
        """Where its first desk is vacant, it says so when somebody has come."""
        opener = members.get(self.work.session, by.member)
        if opener is not None:
            once = occasion(notices.CaseOpened, self.case_id, FIRST)
            tell(self.work, opener, notices.CaseOpened(case_id=self.case_id), once=once)

    def _year_begun(self) -> None:
        """The calls to begin this year's case say that it has begun."""
        year = int(self.s.case.period)
        told = occasions_of(self.s.sop, self.work.calendar, year, self.work.now)
        if told:
            begun = call_of(self.s.sop, self.work.calendar, year, code=self.s.case.code)
            tell_anew(self.work, *told, office=self.s.office, said=begun)

    def _own_cards(self, by: Actor) -> None:
        """What somebody brings or takes back is his to read, or no longer: where he reads little else, all his cards say so."""
        if by.role in readers(self.s.sop):
            return
        for card in cards.of_member(self.work.session, self.case_id, by.member):
            self._card(card.task, by.member, ring=False)

    def _version_shown(self, event: VersionAdded, task: Task) -> None:
        version = event.version
        changed_under_decision = event.use in ("letter", "source", "replacement")
        outside = self.s.definition(task).waits_for  # brings papers too, and may take them back
        desk = (*self.s.desk(task), *((outside,) if outside else ()))
        complete = task.id in event.touches and task.kind in BRINGS and self._completes(task)
        for card in cards.of_task(self.work.session, self.case_id, task.id):
            own = self.s.office.appointment(card.member_id, desk, self.work.now)
            if own is None and not changed_under_decision:
                continue  # a guest's card says nothing of papers that are still being brought
            if version.unit and own is None and self._unit_of(card.member_id) != version.unit:
                continue
            is_holder = own is not None and own.role == task.role
            is_news = changed_under_decision and (
                own is None or version.unit is None
            )  # a unit's file is news to the unit
            self._card(task.id, card.member_id, ring=is_news or (complete and is_holder))

    def _unit_of(self, number: int) -> str | None:
        member = members.get(self.work.session, number)
        return member.unit if member else None

    def _completes(self, task: Task) -> bool:
        """Whether the last missing output has just come: the moment to ring the desk that closes the task."""
        if self.before is None or missing_documents(self.s, task):
            return False
        earlier = Situation(sop=self.s.sop, case=self.before, at=self.s.at, now=self.s.now, office=self.s.office)
        return bool(missing_documents(earlier, task)) or bool(task.returns)

    def _dated(self, step: int) -> None:
        """A meeting's first date may be the last thing that a desk still needed in order to submit."""
        if self.before is None or self.before.meeting(step) is not None:
            return
        for task in self.s.case.open_tasks:
            if self.s.definition(task).schedules == step and not missing_documents(self.s, task):
                for item in self.s.office.holders(task.role, self.work.now):
                    self._card(task.id, item.member, ring=True)

    def _limit_moved(self, task: Task, event: DeadlineSet) -> None:
        """A meeting has its date, so its desk and guests are rung. A changed calendar is told once to the desk."""
        if event.because == "calendar":
            self._refresh()
            if task.due != (was := self._due_before(task)):
                moved = notices.DeadlineMoved(case_id=self.case_id, task=task.id, was=was)
                self.tell((task.role, *self.s.definition(task).helpers), moved)
                self._followers_told(task)
            return
        meeting = self.s.case.meeting(task.step)
        if meeting is not None:
            self._ring(task, by=meeting.by.member)

    def _ring(self, task: Task, *, by: int) -> None:
        """Whoever dated the meeting, or called it off, is rung only where his own calendar is to have its new file: an edit
        of his card could not bring it.
        """
        for card in cards.of_task(self.work.session, self.case_id, task.id):
            self._card(card.task, card.member_id, ring=card.member_id != by or self._has_calendar(task, by))

    def _has_calendar(self, task: Task, number: int) -> bool:
        own, _ = standing(self.s, task, self.s.office.roles(number, self.work.now))
        return in_calendars(self.s, task, own) is not None

    def _granted(self, number: int, event: DaysGranted) -> None:
        """Whoever asked, and the desk, hear of the later limit; not who granted it himself."""
        self._refresh()
        obstacle = self.s.case.obstacle(number)
        task = self.s.case.tasks[event.task - 1]
        holders = [item.member for item in self.s.office.holders(task.role, self.work.now)]
        for member in dict.fromkeys((*([obstacle.by.member] if obstacle else []), *holders)):
            if member != event.grant.by.member:
                self.tell_member(member, notices.DaysGranted(case_id=self.case_id, obstacle=number))
        self._followers_told(task)

    def _followers_told(self, task: Task) -> None:
        """Those who were asked to do something until this limit hear of the new one."""
        for step in self.s.sop.steps:
            definition, following = step.tasks[0], self.s.case.following(step.number)
            if not definition.follow_up or following is None or task.index > 0:
                continue
            if (following.step, following.number) == (task.step, task.round):
                moved = notices.FollowUpMoved(case_id=self.case_id, step=step.number, was=self._due_before(task))
                self.tell(definition.participants, moved)

    def _due_before(self, task: Task) -> datetime | None:
        earlier = self.before.task(task.id) if self.before else None
        return earlier.due if earlier else None

    def _answered(self, number: int) -> None:
        question = self.s.case.question(number)
        if question:
            self.tell_member(question.by.member, notices.QuestionAnswer(case_id=self.case_id, question=number))

    def _finished(self) -> None:
        for member in cards.members_of(self.work.session, self.case_id):
            self.tell_member(member, notices.Finished(case_id=self.case_id))

    def _open_at(self, step: int) -> tuple[Task, ...]:
        return tuple(task for task in self.s.case.open_tasks if task.step == step)

    def _refresh(self) -> None:
        """The cards of the open tasks show something that has changed, without a ring."""
        for task in self.s.case.open_tasks:
            self._show(task)

    def _show(self, task: Task) -> None:
        for card in cards.of_task(self.work.session, self.case_id, task.id):
            self._card(task.id, card.member_id, ring=False)

    def _card(self, task: int, member: int, *, ring: bool) -> None:
        """Nobody is rung who has nothing to do there any more, or in whose place a Plh acts."""
        cards.announce(
            self.work.session,
            case_id=self.case_id,
            task=task,
            member_id=member,
            at=self.work.now,
            ring=ring and member in audience(self.s, self.s.case.tasks[task - 1]),
        )
