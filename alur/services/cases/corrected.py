"""Who must see what after something was put right or taken back: what was typed, a question, granted days."""

from typing import assert_never

from alur.services.cases.board import Board
from alur.services.tell import tell_roles
from alur.storage import cards
from alur.workflow import notices
from alur.workflow.case import Task
from alur.workflow.correcting import changed
from alur.workflow.events import (
    ArchiveCorrected,
    GrantWithdrawn,
    LetterCorrected,
    NadineRecorded,
    QuestionWithdrawn,
    VersionAdded,
)
from alur.workflow.sop import TaskKind

Correction = GrantWithdrawn | QuestionWithdrawn | LetterCorrected | ArchiveCorrected


def post(board: Board, event: Correction) -> None:
    match event:
        case LetterCorrected():
            board.refresh()
        case ArchiveCorrected():
            _report_corrected(board, event)
        case QuestionWithdrawn(question=number):
            board.refresh()
            board.anew(notices.Question, number)
        case GrantWithdrawn():
            _grant_withdrawn(board, event)
            board.anew(notices.Obstacle, event.obstacle)
        case _:
            assert_never(event)


def letter_shown(board: Board, event: VersionAdded) -> None:
    """The cards that bring the letter come anew, with the right one; the others only say that it has changed."""
    for task in board.s.case.open_tasks:
        for card in cards.of_task(board.work.session, board.case_id, task.id):
            board.card(task.id, card.member_id, ring=task.id in event.beside)
    for member, task in _decided_over(board, event).items():
        told = notices.LetterCorrected(
            case_id=board.case_id, task=task.id, version=event.version.id, by=event.version.by
        )
        board.tell_member(member, told)


def _decided_over(board: Board, event: VersionAdded) -> dict[int, Task]:
    """Whoever decided over what it replaces, and the last task in which he did; not who puts it right himself."""
    over = event.version.replaces
    found = {
        task.closing.by.member: task
        for task in board.s.case.tasks
        if task.closing is not None and task.closing.outcome.is_decision and over in task.closing.decided
    }
    return {member: task for member, task in found.items() if member not in (event.version.by.member, 0)}


def number_told(board: Board, event: NadineRecorded) -> None:
    """The archive hears of another number, unless it is the archive's own: then the report tells everybody."""
    archive = board.s.case.archive
    if event.was is None or (archive is not None and archive.letter_number == event.number):
        return
    told = notices.NadineCorrected(
        case_id=board.case_id, document=event.document, was=event.was, number=event.number, by=event.by
    )
    archives = [task.role for step in board.s.sop.steps for task in step.tasks if task.kind is TaskKind.ARCHIVE]
    tell_roles(board.work, archives, told, but=event.by.member, office=board.s.office)


def _report_corrected(board: Board, event: ArchiveCorrected) -> None:
    """Whoever had the final report has it again, and the archive's card says what is so now."""
    for task in board.s.case.tasks:
        if task.kind is TaskKind.ARCHIVE and not task.is_open:
            board.show(task)
    erratum = notices.Erratum(case_id=board.case_id, corrected=changed(event), by=event.by)
    for member in cards.members_of(board.work.session, board.case_id):
        board.tell_member(member, erratum)


def _grant_withdrawn(board: Board, event: GrantWithdrawn) -> None:
    """Whoever was told of the days: who asked for them, and the desk; not who takes them back."""
    board.refresh()
    obstacle = board.s.case.obstacle(event.obstacle)
    task = board.s.case.tasks[event.task - 1]
    holders = [item.member for item in board.s.office.holders(task.role, board.work.now)]
    told = notices.GrantWithdrawn(case_id=board.case_id, task=task.id, days=event.grant.days, by=event.by)
    for member in dict.fromkeys((*([obstacle.by.member] if obstacle else []), *holders)):
        if member != event.by.member:
            board.tell_member(member, told)
    board.followers_told(task)
