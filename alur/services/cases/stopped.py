"""Who must see what when a case is made to stand still, goes on, or is called off: everybody whom it concerns is told once, by a
notice, and his card changes where it stands. Whoever did it reads the answer to his press.
"""

from collections.abc import Iterator
from typing import assert_never

from alur.services.cases.audience import audience
from alur.services.cases.board import Board
from alur.storage import cards
from alur.workflow import notices
from alur.workflow.case import Case, Meeting
from alur.workflow.engine.meetings import in_calendars
from alur.workflow.engine.standing import standing
from alur.workflow.events import CaseCancelled, CaseResumed, CaseSuspended
from alur.workflow.notices import Notice
from alur.workflow.people import Actor, roles_with
from alur.workflow.sop import Right

Stopping = CaseSuspended | CaseResumed | CaseCancelled


def post(board: Board, event: Stopping) -> None:
    case = board.s.case
    nth = len(case.suspensions)
    match event:
        case CaseSuspended(suspension=suspension):
            board.refresh()
            _tell(board, notices.Suspended(case_id=board.case_id, nth=nth), suspension.by)
        case CaseResumed(by=by):
            board.refresh()
            _tell(board, notices.Resumed(case_id=board.case_id, nth=nth), by)
        case CaseCancelled(cancellation=cancellation):
            _settle(board, case)
            _tell(board, notices.CalledOff(case_id=board.case_id), cancellation.by)
            for meeting in case.meetings:
                if meeting.cancelled_at == cancellation.at:
                    _taken_out(board, meeting)
        case _:
            assert_never(event)


def _tell(board: Board, notice: Notice, by: Actor) -> None:
    """Not who holds nothing any more."""
    for member in dict.fromkeys(_concerned(board)):
        if member != by.member and board.s.office.reads(member, board.work.now):
            board.tell_member(member, notice)


def _concerned(board: Board) -> Iterator[int]:
    """Whoever has a card in it or opened it, those at whose desks it lies or lay until now, and those who may hold it."""
    s, before = board.s, board.before or board.s.case
    yield s.case.opened_by.member
    yield from cards.members_of(board.work.session, board.case_id)
    for task in before.open_tasks:
        yield from audience(s, task)
    for role in roles_with(s.sop, Right.HOLD):
        yield from (item.member for item in s.office.holders(role, board.work.now))


def _settle(board: Board, case: Case) -> None:
    """Nothing asks for anything in it any more, and its period is free."""
    for question in case.questions:
        if question.answer is None:
            board.anew(notices.Question, question.id)
    for version in case.versions:
        if version.source is not None:
            board.anew(notices.NadineRequest, version.id)
    board.year_said(code=None)


def _taken_out(board: Board, meeting: Meeting) -> None:
    """Those who have it in their phones' calendars get the file that takes it out of them, whoever called it off."""
    before = board.before or board.s.case
    for task in board.s.case.tasks:
        is_over = before.tasks[task.id - 1].closing is not None and not before.comes_again(meeting.step)
        if task.step != meeting.step or is_over:
            continue
        for card in cards.of_task(board.work.session, board.case_id, task.id):
            own, _ = standing(board.s, task, card.member_id, board.s.office.roles(card.member_id, board.work.now))
            if in_calendars(board.s, task, own) is not None:
                board.tell_member(card.member_id, notices.MeetingTakenOut(case_id=board.case_id, step=meeting.step))
