"""What has moved a task since a copy of its card was made, and whether one person did all of it
(docs/decisions/0037-below-the-card.md).
"""

from datetime import datetime

from alur.workflow.case import Task
from alur.workflow.engine.meetings import dated_by
from alur.workflow.engine.situation import Situation


def is_own_since(s: Situation, task: Task, member: int, revision: int) -> bool:
    """Whether everything that came or went under the task's decision since that revision was the member's doing, and nobody
    else has dated its meeting meanwhile. Of the present revision nothing has come or gone.
    """
    if not 1 <= revision <= task.revision:
        return False
    own = {move.revision for move in task.moves if move.by == member}
    if not own.issuperset(range(revision + 1, task.revision + 1)):
        return False
    return not _is_dated_by_another(s, task, member, _begun(task, revision))


def _begun(task: Task, revision: int) -> datetime:
    """When the task came to that revision; where that was not kept, when it landed."""
    return next((move.at for move in task.moves if move.revision == revision), task.landed_at)


def _is_dated_by_another(s: Situation, task: Task, member: int, since: datetime) -> bool:
    step = dated_by(s, task)
    meeting = s.case.last_meeting(step) if step is not None else None
    return meeting is not None and meeting.by.member != member and meeting.at > since
