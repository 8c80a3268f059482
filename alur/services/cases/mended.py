"""Who must see what after a case was mended: held, handed on, corrected, suspended, cancelled, opened again."""

from typing import assert_never

from alur.services.cases.board import Board
from alur.workflow import notices
from alur.workflow.events import (
    ArchiveCorrected,
    CaseCancelled,
    CaseResumed,
    CaseSuspended,
    DecisionWithdrawn,
    GrantWithdrawn,
    LetterCorrected,
    QuestionWithdrawn,
    StepReopened,
    TaskAssigned,
)

Mending = (
    DecisionWithdrawn
    | TaskAssigned
    | GrantWithdrawn
    | QuestionWithdrawn
    | LetterCorrected
    | ArchiveCorrected
    | CaseSuspended
    | CaseResumed
    | CaseCancelled
    | StepReopened
)


def post(board: Board, event: Mending) -> None:
    match event:
        case DecisionWithdrawn(task=number):
            task = board.s.case.tasks[number - 1]
            board.show(task, among=board.s.desk(task))
            board.anew(notices.Recorded, number)
        case TaskAssigned(task=number):
            board.show(board.s.case.tasks[number - 1])
        case GrantWithdrawn() | QuestionWithdrawn() | LetterCorrected() | ArchiveCorrected():
            board.refresh()
        case CaseSuspended() | CaseResumed() | CaseCancelled() | StepReopened():
            board.refresh()
        case _:
            assert_never(event)
