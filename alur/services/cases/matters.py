"""Who must see what of the matters beside the work itself: trouble, days that are granted, reminders, questions."""

from typing import assert_never

from alur.services.cases.board import Board
from alur.workflow import notices
from alur.workflow.engine.time_given import superior_of
from alur.workflow.events import DaysGranted, DeskNudged, ObstacleReported, QuestionAnswered, QuestionAsked

Matter = ObstacleReported | DaysGranted | DeskNudged | QuestionAsked | QuestionAnswered


def post(board: Board, event: Matter) -> None:
    match event:
        case ObstacleReported(obstacle=obstacle):
            board.refresh()
            superior = superior_of(board.s, board.s.case.tasks[obstacle.task - 1])
            told = notices.Obstacle(case_id=board.case_id, obstacle=obstacle.id)
            board.ask((superior,) if superior else (), told, obstacle.id)
        case DaysGranted(obstacle=number):
            _granted(board, number, event)
            board.anew(notices.Obstacle, number)
        case DeskNudged(task=number):
            task = board.s.case.tasks[number - 1]
            board.tell_holders(task, notices.Nudge(case_id=board.case_id, task=number))
        case QuestionAsked(question=question):
            board.refresh()
            asked = notices.Question(case_id=board.case_id, question=question.id)
            board.ask((question.to_role,), asked, question.id)
        case QuestionAnswered(question=number):
            board.refresh()
            _answered(board, number)
            board.anew(notices.Question, number)
        case _:
            assert_never(event)


def _granted(board: Board, number: int, event: DaysGranted) -> None:
    """Whoever asked, and the desk, hear of the later limit; not who granted it himself."""
    board.refresh()
    obstacle = board.s.case.obstacle(number)
    task = board.s.case.tasks[event.task - 1]
    holders = [item.member for item in board.s.holders(task)]
    for member in dict.fromkeys((*([obstacle.by.member] if obstacle else []), *holders)):
        if member != event.grant.by.member:
            board.tell_member(member, notices.DaysGranted(case_id=board.case_id, obstacle=number))
    board.followers_told(task)


def _answered(board: Board, number: int) -> None:
    question = board.s.case.question(number)
    if question:
        board.tell_member(question.by.member, notices.QuestionAnswer(case_id=board.case_id, question=number))
