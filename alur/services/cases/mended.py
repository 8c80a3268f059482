"""Who must see what after a case was mended: a decision withdrawn, a task assigned, a step opened again."""

from dataclasses import replace
from typing import assert_never

from alur.services.cases.audience import audience
from alur.services.cases.board import Board
from alur.storage import cards
from alur.workflow import notices
from alur.workflow.case import Meeting, Return
from alur.workflow.engine.meetings import in_calendars, standing_ahead
from alur.workflow.engine.standing import standing
from alur.workflow.events import DecisionWithdrawn, StepReopened, TaskAssigned
from alur.workflow.people import roles_with
from alur.workflow.sop import Right

Mending = DecisionWithdrawn | TaskAssigned | StepReopened


def post(board: Board, event: Mending) -> None:
    match event:
        case DecisionWithdrawn(task=number):
            task = board.s.case.tasks[number - 1]
            board.show(task, among=board.s.desk(task))
            board.anew(notices.Recorded, number)
        case TaskAssigned():
            _assigned(board, event)
        case StepReopened(back=back):
            undone(board, back)
            _reopened(board, back)
        case _:
            assert_never(event)


def _assigned(board: Board, event: TaskAssigned) -> None:
    """Whoever has got the task is rung; the others who hold its role are told, each once."""
    task, was = board.s.case.tasks[event.task - 1], _holders_before(board, event.task)
    now = dict.fromkeys(item.member for item in board.s.holders(task))
    to = event.assignment.to if event.assignment is not None else None
    rung = (to.member,) if to is not None else tuple(number for number in now if number not in was)
    board.show(task)
    for number in rung:
        board.arrive(task, number)
    told = notices.TaskAssigned(case_id=board.case_id, task=task.id, to=to, by=event.by)
    if event.assignment is not None:
        told = told.model_copy(update={"reason": event.assignment.reason})
    for number in dict.fromkeys((*was, *now)):
        if number not in (*rung, event.by.member):
            board.tell_member(number, told)


def _holders_before(board: Board, number: int) -> tuple[int, ...]:
    before = board.before or board.s.case
    s = replace(board.s, case=before)
    return tuple(dict.fromkeys(item.member for item in s.holders(before.tasks[number - 1])))


def moved_ahead(board: Board, meeting: Meeting) -> None:
    """No open card shows the date of a meeting whose step comes again: those who take part are told, with the file for their
    calendars. Of one that has begun already nobody is told, and no card names the former date any more.
    """
    if not board.s.case.comes_again(meeting.step):
        return
    task = next(item for item in reversed(board.s.case.tasks) if item.step == meeting.step)
    board.show(task)
    if standing_ahead(board.s, meeting.step) is None:
        return
    for number in audience(board.s, task):
        if number != meeting.by.member:
            board.tell_member(number, notices.MeetingMoved(case_id=board.case_id, step=meeting.step))
        own, _ = standing(board.s, task, number, board.s.office.roles(number, board.work.now))
        if in_calendars(board.s, task, own) is not None:
            board.tell_member(number, notices.MeetingTakenOut(case_id=board.case_id, step=meeting.step))


def undone(board: Board, back: Return) -> None:
    """Nothing says any more that it stands, what came back or is done again: cards of those who decided it, receipts of a typed
    decision, requests for a letter's number.
    """
    case = board.s.case
    for task in case.tasks:
        if case.overturned(task) == back:
            board.show(task)
            board.anew(notices.Recorded, task.id)
            for ended in case.beside(task):
                if ended.closing and ended.closing.ended_by == task.id:
                    board.show(ended)
                    board.anew(notices.TaskEnded, ended.id)
    for version in case.versions:
        if case.undone_of(version) == back:
            board.anew(notices.NadineRequest, version.id)


def _reopened(board: Board, back: Return) -> None:
    """Everybody whom the case concerns hears of it once: before whom the step lies now, by his card."""
    s, office, session = board.s, board.s.office, board.work.session
    lands = {member for task in s.case.open_tasks for member in audience(s, task)}
    held = (item.member for role in roles_with(s.sop, Right.HOLD) for item in office.holders(role, board.work.now))
    told = notices.StepReopened(case_id=board.case_id, reopened=back.id)
    for number in dict.fromkeys((s.case.opened_by.member, *cards.members_of(session, board.case_id), *held)):
        if number not in {*lands, back.by.member} and office.reads(number, board.work.now):
            board.tell_member(number, told)
