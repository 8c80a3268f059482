"""Held decisions are handed on when their time has come; called by the job of that name."""

from alur.services.cases.perform import perform
from alur.services.work import CLOCK, Work
from alur.storage import timers
from alur.storage.timers import HeldRow
from alur.workflow.engine.acts.hand_on import HandOn

BATCH = 100  # of one look


def due(work: Work, *, skip: frozenset[int] = frozenset()) -> tuple[HeldRow, ...]:
    """What is to be handed on now, at any hour, but for the rows in `skip`."""
    return timers.held_due(work.session, now=work.now, limit=BATCH, skip=skip)


def hand_on(work: Work, row: HeldRow) -> bool:
    """Whether it was held still: one that was withdrawn meanwhile has lost its timer, and no other process hands it on twice."""
    if not timers.claim(work.session, {row.id: row.at}):
        return False
    return bool(perform(work, row.case_id, HandOn(by=CLOCK, task=row.task)).events)
