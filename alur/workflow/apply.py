"""`apply(case, event)` alone changes a case. It checks nothing: what is an event has happened."""

from collections.abc import Iterable
from datetime import datetime
from typing import assert_never

from alur.workflow.case import Case, Move, Round, Task
from alur.workflow.correcting import with_correction
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
    NewLimit,
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


def replay(events: Iterable[Event], case: Case | None = None) -> Case:
    """The case after all of `events`; the first opens it where `case` is None."""
    for event in events:
        case = _open(event) if case is None else apply(case, event)
    if case is None:
        raise ValueError("no events, no case")
    return case


def apply(case: Case, event: Event) -> Case:
    return with_correction(_applied(case, event), event)


def _applied(case: Case, event: Event) -> Case:
    match event:
        case TaskOpened():
            return _task_opened(case, event)
        case TaskClosed(task=task, closing=closing):
            old = case.tasks[task - 1]
            return _with_task(case, old.model_copy(update={"closing": closing, "revision": old.revision + 1}))
        case DecisionReleased(task=task):
            return _with_task(case, _released(case.tasks[task - 1]))
        case DecisionWithdrawn(task=task):
            return _with_task(case, case.tasks[task - 1].undecided)
        case TaskAssigned(task=task, assignment=assignment):
            old = case.tasks[task - 1]
            return _with_task(case, old.model_copy(update={"assigned": assignment, "revision": old.revision + 1}))
        case WorkReturned(back=back):
            return case.model_copy(update={"returns": (*case.returns, back)})
        case StepReopened(back=back):
            return case.model_copy(update={"returns": (*case.returns, back), "finished_at": None})
        case VersionAdded(version=version):
            return _touched(case.model_copy(update={"versions": (*case.versions, version)}), event, version.at)
        case VersionWithdrawn(version=number, renumbered=renumbered):
            numbers = dict(renumbered)
            versions = tuple(
                item.model_copy(
                    update={
                        "withdrawn": item.withdrawn or item.id == number,
                        "number": numbers.get(item.id, item.number),
                    }
                )
                for item in case.versions
            )
            return _touched(case.model_copy(update={"versions": versions}), event, event.at)
        case MeetingScheduled(meeting=meeting):
            others = tuple(item for item in case.meetings if item.step != meeting.step)
            return case.model_copy(update={"meetings": (*others, meeting)})
        case DeadlineSet(task=task):
            return _with_deadline(case, case.tasks[task - 1], event)
        case MeetingCancelled(step=step, at=at):
            before = case.last_meeting(step)
            sequence = before.sequence + 1 if before is not None else 0
            return _with_meeting(case, step, {"cancelled_at": at, "answers": (), "sequence": sequence})
        case AttendanceRecorded(step=step, units=units):
            return _with_meeting(case, step, {"attended": units})
        case ObstacleReported(obstacle=obstacle):
            return case.model_copy(update={"obstacles": (*case.obstacles, obstacle)})
        case DaysGranted():
            return _days_granted(case, event)
        case GrantWithdrawn():
            return _grant_withdrawn(case, event)
        case DeskNudged(task=task, nudge=nudge):
            old = case.tasks[task - 1]
            return _with_task(case, old.model_copy(update={"nudges": (*old.nudges, nudge)}))
        case InvitationAnswered():
            return _invitation_answered(case, event)
        case QuestionAsked(question=question):
            return case.model_copy(update={"questions": (*case.questions, question)})
        case QuestionAnswered(question=question, answer=answer, by=by, at=at):
            return _with_question(case, question, {"answer": answer, "answered_by": by, "answered_at": at})
        case QuestionWithdrawn(question=question, at=at):
            return _with_question(case, question, {"withdrawn_at": at})
        case NadineRecorded(document=document, number=number):
            return _numbered(case, document, number)
        case CaseFinished(archive=archive, at=at):
            return case.model_copy(update={"archive": archive, "finished_at": at})
        case CardHandedOver():
            return case
        case LetterCorrected(letter=letter):
            return case.model_copy(update={"letter": letter})
        case ArchiveCorrected(archive=archive):
            return case.model_copy(update={"archive": archive})
        case CaseSuspended(suspension=suspension):
            return case.model_copy(update={"suspensions": (*case.suspensions, suspension)})
        case CaseResumed():
            return _resumed(case, event)
        case CaseCancelled(cancellation=cancellation):
            return case.model_copy(update={"cancellation": cancellation, "finished_at": cancellation.at})
        case CaseOpened():
            raise ValueError(f"{case.code} is open already")
        case _:
            assert_never(event)


def _open(event: Event) -> Case:
    if not isinstance(event, CaseOpened):
        raise TypeError(f"a case begins with its opening, not with {event.event}")
    return Case(
        code=event.code,
        sop=event.sop,
        sop_hash=event.sop_hash,
        period=event.period,
        letter=event.letter,
        opened_by=event.by,
        opened_at=event.at,
    )


def _task_opened(case: Case, event: TaskOpened) -> Case:
    task = Task(
        id=event.task,
        step=event.step,
        index=event.index,
        round=event.round,
        role=event.role,
        kind=event.kind,
        landed_at=event.landed_at,
        arrived_at=event.arrived_at,
        due=event.due,
        before=_before(event),
        returns=event.returns,
    )
    rounds = case.rounds
    if (event.step, event.round) not in {(item.step, item.number) for item in rounds}:
        rounds = (
            *rounds,
            Round(step=event.step, number=event.round, landed_at=event.landed_at, due=event.round_due),
        )
    return case.model_copy(update={"tasks": (*case.tasks, task), "rounds": rounds})


def _before(event: TaskOpened) -> tuple[int, ...]:
    if event.before is not None:
        return event.before
    return (event.task - 1,) if event.task > 1 else ()


def _with_task(case: Case, task: Task) -> Case:
    tasks = tuple(task if item.id == task.id else item for item in case.tasks)
    return case.model_copy(update={"tasks": tasks})


def _touched(case: Case, event: VersionAdded | VersionWithdrawn, at: datetime) -> Case:
    for number in event.touches:
        task = case.tasks[number - 1]
        revision = task.revision + 1
        moved = () if event.mover is None else (Move(revision=revision, by=event.mover, at=at),)
        case = _with_task(case, task.model_copy(update={"revision": revision, "moves": (*task.moves, *moved)}))
    for number in event.beside if event.mover is not None else ():
        task = case.tasks[number - 1]
        move = Move(revision=task.revision, by=event.mover, at=at, beside=True)
        case = _with_task(case, task.model_copy(update={"moves": (*task.moves, move)}))
    return case


def _released(task: Task) -> Task:
    """The task with its decision as one that is handed on."""
    closing = task.closing.model_copy(update={"held": None}) if task.closing is not None else None
    return task.model_copy(update={"closing": closing})


def _numbered(case: Case, document: str, number: str) -> Case:
    version = case.newest(document)
    nadine = tuple(item for item in case.nadine if item[0] != document)
    numbered = tuple(item for item in case.numbered if item[0] != document)
    named = ((document, version.id),) if version is not None else ()
    return case.model_copy(update={"nadine": (*nadine, (document, number)), "numbered": (*numbered, *named)})


def _resumed(case: Case, event: CaseResumed) -> Case:
    suspension = case.suspensions[-1].model_copy(update={"resumed_by": event.by, "resumed_at": event.at})
    case = case.model_copy(update={"suspensions": (*case.suspensions[:-1], suspension)})
    for limit in event.limits:
        task = case.tasks[limit.task - 1]
        case = _with_deadline(case, task.model_copy(update={"pauses": (*task.pauses, event.pause)}), limit)
    return case


def _with_deadline(case: Case, task: Task, event: DeadlineSet | DaysGranted | GrantWithdrawn | NewLimit) -> Case:
    rounds = tuple(
        item.model_copy(update={"due": event.round_due})
        if (item.step, item.number) == (task.step, task.round)
        else item
        for item in case.rounds
    )
    return _with_task(case, task.model_copy(update={"due": event.due})).model_copy(update={"rounds": rounds})


def _with_meeting(case: Case, step: int, changes: dict[str, object]) -> Case:
    meetings = tuple(item.model_copy(update=changes) if item.step == step else item for item in case.meetings)
    return case.model_copy(update={"meetings": meetings})


def _days_granted(case: Case, event: DaysGranted) -> Case:
    task = case.tasks[event.task - 1]
    granted = task.model_copy(update={"grants": (*task.grants, event.grant)})
    case = _with_deadline(case, granted, event)
    obstacles = tuple(
        item.model_copy(update={"granted": event.grant}) if item.id == event.obstacle else item
        for item in case.obstacles
    )
    return case.model_copy(update={"obstacles": obstacles})


def _grant_withdrawn(case: Case, event: GrantWithdrawn) -> Case:
    task = case.tasks[event.task - 1]
    grants = tuple(item for item in task.grants if item != event.grant)
    case = _with_deadline(case, task.model_copy(update={"grants": grants}), event)
    obstacles = tuple(
        item.model_copy(update={"granted": None, "taken_back": event.grant}) if item.id == event.obstacle else item
        for item in case.obstacles
    )
    return case.model_copy(update={"obstacles": obstacles})


def _invitation_answered(case: Case, event: InvitationAnswered) -> Case:
    """A later answer of the same person takes the place of the earlier one."""
    meetings = []
    for meeting in case.meetings:
        if meeting.step == event.step:
            others = (item for item in meeting.answers if item.by.member != event.answer.by.member)
            meetings.append(meeting.model_copy(update={"answers": (*others, event.answer)}))
        else:
            meetings.append(meeting)
    return case.model_copy(update={"meetings": tuple(meetings)})


def _with_question(case: Case, number: int, changes: dict[str, object]) -> Case:
    questions = tuple(item.model_copy(update=changes) if item.id == number else item for item in case.questions)
    return case.model_copy(update={"questions": questions})
