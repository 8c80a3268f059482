"""What has moved a task since a copy of its card was made, and whether one person did all of it
(docs/decisions/0037-below-the-card.md).
"""

from datetime import datetime

from alur.workflow.case import Case, Meeting, Task
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


def is_anothers(s: Situation, before: Case, task: Task, member: int) -> bool:
    """Whether another has changed what the open task's card shows, or dated its meeting, since the case was as `before`."""
    earlier, step = before.task(task.id), dated_by(s, task)
    if any(move.by != member for move in task.moves[len(earlier.moves) if earlier else 0 :]):
        return True
    was, meeting = (case.last_meeting(step) if step is not None else None for case in (before, s.case))
    return meeting is not None and meeting.by.member != member and _date(meeting) != _date(was)


def _date(meeting: Meeting | None) -> tuple[datetime, datetime, str] | None:
    """What a new date changes, and neither an answer nor its being called off."""
    return (meeting.at, meeting.starts, meeting.place) if meeting is not None else None


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
