"""How each desk of the SOP stands in a case: the last time that it had it, and what that means for the chart."""

from dataclasses import dataclass
from enum import StrEnum

from alur.workflow.case import Outcome
from alur.workflow.engine import Situation
from alur.workflow.record.passages import Passage, Standing, passages


class State(StrEnum):
    AHEAD = "ahead"  # to come, also once more
    DONE = "done"
    CURRENT = "current"
    WAITING = "waiting"  # open without a limit, or while the case stands still
    OVERDUE = "overdue"
    SKIPPED = "skipped"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    state: State
    last: Passage | None = None  # the last time that the desk had it
    returned: int = 0  # how often the desk sent it back


def marks(s: Situation) -> dict[tuple[int, int], Mark]:
    """Of each task of the SOP, by step and place in it."""
    found = passages(s)
    last = {(item.task.step, item.task.index): item for item in found}
    back = [
        (item.task.step, item.task.index)
        for item in found
        if item.task.closing and item.task.closing.outcome is Outcome.RETURNED
    ]
    return {
        at: Mark(state=_state(s, at[0], last.get(at)), last=last.get(at), returned=back.count(at))
        for at in ((step.number, index) for step in s.sop.steps for index in range(len(step.tasks)))
    }


def _state(s: Situation, step: int, last: Passage | None) -> State:
    state = State.AHEAD if last is None else _of(s, last)
    return State.SKIPPED if state is State.AHEAD and step in s.case.skipped else state


def _of(s: Situation, last: Passage) -> State:
    if last.task.is_open:
        if s.case.suspension is not None or last.standing is Standing.WAITING:
            return State.WAITING
        return State.OVERDUE if last.standing is Standing.OVERDUE else State.CURRENT
    is_again = last.is_undone or last.standing is Standing.RETURNED
    if last.standing is Standing.ENDED:
        is_again = is_again or not _was_enough(s, last)
    return State.AHEAD if is_again else State.DONE


def _was_enough(s: Situation, last: Passage) -> bool:
    """Whether it ended because a desk beside it had decided for both."""
    closing = last.task.closing
    ender = s.case.task(closing.ended_by) if closing is not None and closing.ended_by is not None else None
    return ender is not None and ender.closing is not None and ender.closing.outcome is not Outcome.RETURNED
