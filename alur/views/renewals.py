"""What texts say of versions: those under decision, which of them came anew after a return, and what was replaced after it had
been handed on.
"""

from dataclasses import dataclass

from alur.views import words
from alur.views.screen import Reader
from alur.workflow.case import Task, Version
from alur.workflow.engine import Situation
from alur.workflow.engine.versions import compared


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """A document that comes again: another one than before, or the same."""

    title: str
    number: int
    is_new: bool


def decided(s: Situation, task: Task) -> tuple[Version, ...]:
    """The versions under decision: as they stand, or as they stood when the task closed."""
    if task.closing is None:
        return s.under_decision(task)
    found = (s.case.version(number) for number in task.closing.decided)
    return tuple(item for item in found if item is not None)


def renewed(s: Situation, task: Task) -> tuple[Renewal, ...]:
    """What is, or was, decided, after a return: which of it came anew, and which stayed."""
    return tuple(
        Renewal(title=words.document_title(s.sop, item), number=item.number, is_new=is_new)
        for item, is_new in compared(s, task, decided(s, task)) or ()
    )


def replaced(s: Situation, task: Task, *, reader: Reader, role: str | None) -> tuple[Version, ...]:
    """What was replaced after it had been handed on to this open task: of what the reader's card is made of."""
    if not task.is_open:
        return ()
    case, definition, is_desk = s.case, s.definition(task), role in s.desk(task)
    shown = {*s.step(task).needs, *s.step(task).sources} if is_desk else set(definition.sends)
    units = {reader.unit} if reader.unit and not is_desk else set()
    return tuple(
        item
        for item in case.versions
        if item.replaces is not None
        and (item.document in shown or item.unit in units)
        and (item.task in task.before or (item.task is None and not task.before))
        and item == case.newest(item.document, unit=item.unit, signed=item.signed)
    )
