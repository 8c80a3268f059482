"""The engine alone: one decision in the middle of a case, and the state read from its JSON as each transaction reads it."""

from collections.abc import Callable

from factories import KABAG, walked

from alur.workflow.case import Case
from alur.workflow.engine import decide
from tests import acts


def decisions() -> Callable[[], object]:
    """*Setujui* at step 6."""
    walk = walked(6)
    s, task = walk.s, walk.task
    act = acts.Approve(by=KABAG, task=task.id, revision=task.revision)

    def once() -> None:
        assert decide(s.sop, s.case, act, s.at, s.office).events

    return once


def readings() -> Callable[[], object]:
    """The same case, read from its row."""
    text = walked(6).case.model_dump_json()
    return lambda: Case.model_validate_json(text)
