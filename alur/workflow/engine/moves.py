"""What has moved a task since a copy of its card was made, and whether one person did all of it
(docs/decisions/0037-below-the-card.md).
"""

from datetime import datetime

from alur.workflow.case import Task
from alur.workflow.engine.meetings import dated_by
from alur.workflow.engine.situation import Situation


def is_own_since(s: Situation, task: Task, member: int, revision: int) -> bool:
    """Whether everything that came or went on the task's card since that revision was the member's doing, also beside what it
    decides, and nobody else has dated its meeting meanwhile. What came at that very revision may be newer than the copy.
    """
    if not 1 <= revision <= task.revision:
        return False
    newer = [move for move in task.moves if move.revision > revision or (move.beside and move.revision == revision)]
    led = {move.revision for move in newer if not move.beside}
    if any(move.by != member for move in newer) or not led.issuperset(range(revision + 1, task.revision + 1)):
        return False
    return not _is_dated_by_another(s, task, member, revision)


def _is_dated_by_another(s: Situation, task: Task, member: int, revision: int) -> bool:
    """Whether another dated the meeting last, at that revision or later, in the order in which it was applied; by the moments of
    receipt where an earlier build did not keep that.
    """
    step = dated_by(s, task)
    meeting = s.case.last_meeting(step) if step is not None else None
    if meeting is None or meeting.by.member == member:
        return False
    if meeting.during is None:
        return meeting.at > _begun(task, revision)
    return dict(meeting.during).get(task.id, 0) >= revision


def _begun(task: Task, revision: int) -> datetime:
    """When the task came to that revision; where that was not kept, when it landed."""
    return next((move.at for move in task.moves if move.revision == revision and not move.beside), task.landed_at)
