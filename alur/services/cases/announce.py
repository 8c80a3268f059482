"""Who must see what after an event. Every event has its audience here; nothing is sent and nothing is worded."""

from collections.abc import Iterable
from typing import assert_never

from alur.services.cases import copies_signed, corrected, matters, mended, stopped
from alur.services.cases.audience import audience
from alur.services.cases.board import Board
from alur.services.people import conflicts, vacancies
from alur.services.tell import hand_over, invited, occasion, person_of, tell, tell_anew, tell_roles
from alur.services.work import Work
from alur.storage import cards, members
from alur.storage.vacancies import Vacancy
from alur.workflow import notices
from alur.workflow.case import Case, Closing, Outcome, Task, Version
from alur.workflow.engine import Situation
from alur.workflow.engine.letters import letter_roles
from alur.workflow.engine.papers import missing_documents
from alur.workflow.events import (
    ArchiveCorrected,
    AttendanceRecorded,
    CardHandedOver,
    CaseCancelled,
    CaseFinished,
    CaseOpened,
    CaseResumed,
    CaseSuspended,
    DaysGranted,
    DeadlineSet,
    DecisionReleased,
    DecisionWithdrawn,
    DeskNudged,
    Event,
    GrantWithdrawn,
    InvitationAnswered,
    LetterCorrected,
    MeetingCancelled,
    MeetingScheduled,
    NadineRecorded,
    ObstacleReported,
    QuestionAnswered,
    QuestionAsked,
    QuestionWithdrawn,
    StepReopened,
    TaskAssigned,
    TaskClosed,
    TaskOpened,
    VersionAdded,
    VersionWithdrawn,
    WorkReturned,
)
from alur.workflow.mending import Held
from alur.workflow.people import Actor, readers
from alur.workflow.sop import BRINGS

FIRST = 1  # the task with which a case begins


def announce(work: Work, *, case_id: int, s: Situation, before: Case | None, events: Iterable[Event]) -> None:
    """Records who must see what, where `s` is the case as it is after `events`."""
    announcer = Announcer(work=work, case_id=case_id, s=s, before=before)
    for event in events:
        announcer.post(event)


class Announcer(Board):
    def post(self, event: Event) -> None:
        match event:
            case TaskOpened(task=number):
                self._landed(self.s.case.tasks[number - 1])
            case TaskClosed(closing=Closing(held=Held()), task=number):
                self._held(self.s.case.tasks[number - 1])
                self._recorded(self.s.case.tasks[number - 1])
            case TaskClosed(task=number):
                self._closed(self.s.case.tasks[number - 1])
                self._recorded(self.s.case.tasks[number - 1])
            case VersionAdded():
                self._version_added(event)
            case DeadlineSet(task=number):
                self._limit_moved(self.s.case.tasks[number - 1], event)
            case MeetingCancelled(step=step, by=by):
                for task in self.open_at(step):
                    self.ring(task, by=by.member)
            case ObstacleReported() | DaysGranted() | DeskNudged() | QuestionAsked() | QuestionAnswered():
                matters.post(self, event)
            case CaseFinished():
                self._finished()
            case MeetingScheduled(meeting=meeting):
                self.refresh()
                self._dated(meeting.step)
                mended.moved_ahead(self, meeting)
            case VersionWithdrawn(by=by):
                self.refresh()
                self._own_cards(by)
                self._taken_back(self.s.case.versions[event.version - 1])
            case InvitationAnswered() | AttendanceRecorded() | NadineRecorded():
                self._entered(event)
            case CaseOpened(by=by):
                self._opened(by)
                self._year_begun()
            case WorkReturned(back=back):
                mended.undone(self, back)  # the task that opens with it tells whom else it concerns
            case CardHandedOver():
                self._handed_over(event)
            case DecisionReleased(task=number):
                self._closed(self.s.case.tasks[number - 1])
                self.anew(notices.Recorded, number)
            case CaseSuspended() | CaseResumed() | CaseCancelled():
                stopped.post(self, event)
            case GrantWithdrawn() | QuestionWithdrawn() | LetterCorrected() | ArchiveCorrected():
                corrected.post(self, event)
            case DecisionWithdrawn() | TaskAssigned() | StepReopened():
                mended.post(self, event)
            case _:
                assert_never(event)

    def _landed(self, task: Task) -> None:
        for member in audience(self.s, task):
            self.arrive(task, member)
        if self.s.is_vacant(task.role):
            vacancies.report(self.work, Vacancy(case_id=self.case_id, task=task.id, role=task.role), self.s.office)
        conflicts.landed(self.work, self.s, task)

    def _held(self, task: Task) -> None:
        """Recorded, and nothing handed on: its own desk reads it, and nobody else. A card says to guests that the task is open."""
        self.show(task, among=self.s.desk(task))
        self.anew(notices.Recorded, task.id)

    def _recorded(self, task: Task) -> None:
        """Whoever records what was decided on paper has no card of it: he gets the receipt that a typed decision has."""
        closing = task.closing
        if closing is not None and closing.paper is not None:
            receipt = notices.Recorded(case_id=self.case_id, decided=task.id, outcome=closing.outcome.value)
            recorder = members.get(self.work.session, closing.paper.by.member)
            if recorder is not None:
                tell(self.work, recorder, receipt, once=occasion(notices.Recorded, self.case_id, task.id))

    def _on_paper(self, task: Task) -> None:
        """The desk reads that its decision was recorded, with whoever is absent: he may have signed it."""
        closing, office, now = task.closing, self.s.office, self.work.now
        if closing is None or closing.paper is None:
            return
        told = notices.PaperRecorded(case_id=self.case_id, task=task.id)
        desk = (*office.holders(task.role, now), *office.absent(task.role, now))
        for number in dict.fromkeys((closing.by.member, *(item.member for item in desk))):
            if number != closing.paper.by.member:
                self.tell_member(number, told)

    def _closed(self, task: Task) -> None:
        """Its own cards, and those of the desks beside it: they say for whom the step still waits."""
        self.show(task)
        self._on_paper(task)
        for each in self.s.case.beside(task) if self.s.step(task).together else ():
            self.show(each)
            self.anew(notices.Recorded, each.id)
        for obstacle in self.s.case.obstacles:
            if obstacle.task == task.id and obstacle.granted is None:
                self.anew(notices.Obstacle, obstacle.id)
        definition = self.s.definition(task)
        if task.closing and task.closing.outcome is Outcome.ENDED:
            ended = notices.TaskEnded(case_id=self.case_id, task=task.id)
            once = occasion(notices.TaskEnded, self.case_id, task.id)
            by = task.closing.by.member
            tell_roles(self.work, self.s.desk(task), ended, once=once, but=by, office=self.s.office)
            return
        if task.closing and not task.closing.outcome.is_decision:
            return
        if definition.follow_up:
            self.tell(definition.participants, notices.FollowUp(case_id=self.case_id, step=task.step))
        if task.closing and task.closing.outcome is Outcome.DIRECTED:
            self.tell(definition.tells, notices.Directions(case_id=self.case_id, task=task.id))

    def _version_added(self, event: VersionAdded) -> None:
        version = event.version
        if event.use == "sheet":
            return  # no card shows it
        if event.use == "product":
            if self.s.sop.document(version.document).numbered:
                for earlier in self.s.case.versions[: version.id - 1]:
                    if earlier.document == version.document:
                        self.anew(notices.NadineRequest, earlier.id)
                drafter = letter_roles(self.s.sop, version.document)[0]
                wanted = notices.NadineRequest(case_id=self.case_id, document=version.document, approved=version.id)
                self.ask((drafter,), wanted, version.id)
            return
        if event.use == "signed":
            self._letter_completed(version.document)
            copies_signed.came(self, version)
        if event.use == "correction":
            corrected.letter_shown(self, event)
            return
        for task in self.s.case.open_tasks:
            self._version_shown(event, task)
        self._own_cards(version.by)

    def _entered(self, event: InvitationAnswered | AttendanceRecorded | NadineRecorded) -> None:
        self.refresh()
        if isinstance(event, NadineRecorded):
            self._letter_completed(event.document)
            corrected.number_told(self, event)
        if isinstance(event, AttendanceRecorded) and event.was is not None:
            for task in self.s.case.tasks:
                if task.step == event.step and not task.is_open:
                    self.show(task)

    def _letter_completed(self, document: str) -> None:
        """Its number or its signed copy has come: the request for them says so."""
        approved = self.s.case.newest(document)
        if approved is not None:
            self.anew(notices.NadineRequest, approved.id)

    def _taken_back(self, version: Version) -> None:
        """Of a signed copy: the answer to it, and the request for it, say so."""
        if version.signed:
            self.anew(notices.FileReceived, version.id)
            self._letter_completed(version.document)

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
        self.year_said(code=self.s.case.code)

    def _own_cards(self, by: Actor) -> None:
        """What somebody brings or takes back is his to read, or no longer: where he reads little else, all his cards say so."""
        if by.role in readers(self.s.sop):
            return
        for card in cards.of_member(self.work.session, self.case_id, by.member):
            self.card(card.task, by.member, ring=False)

    def _version_shown(self, event: VersionAdded, task: Task) -> None:
        version = event.version
        changed_under_decision = event.use in ("letter", "source", "replacement")
        outside = self.s.definition(task).waits_for  # brings papers too, and may take them back
        desk = (*self.s.desk(task), *((outside,) if outside else ()))
        complete = task.id in event.touches and task.kind in BRINGS and self._completes(task)
        for card in cards.of_task(self.work.session, self.case_id, task.id):
            own = self.s.office.appointment(card.member_id, self.s.roles_at(task, card.member_id, desk), self.work.now)
            if own is None and not changed_under_decision:
                continue  # a guest's card says nothing of papers that are still being brought
            if version.unit and own is None and self._unit_of(card.member_id) != version.unit:
                continue
            is_holder = own is not None and own.role == task.role
            is_news = changed_under_decision and (
                own is None or version.unit is None
            )  # a unit's file is news to the unit
            self.card(task.id, card.member_id, ring=is_news or (complete and is_holder))

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
                for item in self.s.holders(task):
                    self.card(task.id, item.member, ring=True)

    def _limit_moved(self, task: Task, event: DeadlineSet) -> None:
        """A meeting has its date, so its desk and guests are rung. A changed calendar is told once to the desk."""
        if event.because == "calendar":
            self.refresh()
            if task.due != (was := self.due_before(task)):
                moved = notices.DeadlineMoved(case_id=self.case_id, task=task.id, was=was)
                self.tell_desk(task, moved)
                self.followers_told(task)
            return
        meeting = self.s.case.meeting(task.step)
        if meeting is not None:
            self.ring(task, by=meeting.by.member)

    def _finished(self) -> None:
        for member in cards.members_of(self.work.session, self.case_id):
            self.tell_member(member, notices.Finished(case_id=self.case_id))
        copies_signed.finished(self)
