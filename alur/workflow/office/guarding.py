"""How the office guards itself: against codes that are guessed, and against floods. Every limit stands here.

Wrong codes are kept in rows, and weighed by the office's rule (`joining`); what a sender sent lately is kept by the working
process (`bot.floods`). Both are judged by when something was received, never by when it is worked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

WRONG_CODES = 5
WRONG_WITHIN = timedelta(hours=1)
BLOCKED_FOR = timedelta(hours=1)

MOST_IDLE = 30  # updates that change nothing
IDLE_WITHIN = timedelta(seconds=10)


def blocked_until(wrong: Sequence[datetime], at: datetime) -> datetime | None:
    """Until when an account that brought these wrong codes brings no other; None where it may at `at`. What it brings
    meanwhile is no wrong code, and makes the block no longer.
    """
    last = sorted(wrong)[-WRONG_CODES:]
    if len(last) < WRONG_CODES or last[-1] - last[0] >= WRONG_WITHIN:
        return None
    until = last[-1] + BLOCKED_FOR
    return until if at < until else None


class Stage(Enum):
    CALM = auto()
    BEGINS = auto()  # with this update: it is answered for the whole flood
    LASTS = auto()


@dataclass(frozen=True, kw_only=True)
class Recent:
    """What one sender sent lately that changed nothing."""

    updates: tuple[tuple[int, datetime], ...] = ()  # by update_id, so that one that is tried again counts once
    answered: int | None = None  # the update that was answered for the flood; None while there is none

    def after(self, update_id: int, at: datetime) -> "Recent":
        """With one update more. A flood ends when it has fallen to half of what began it: at the limit itself its sender would
        be told again and again.
        """
        near = {number: moment for number, moment in self.updates if abs(at - moment) < IDLE_WITHIN}
        updates = tuple((near | {update_id: at}).items())[-MOST_IDLE - 1 :]
        answered = self.answered
        if len(updates) > MOST_IDLE and answered is None:
            answered = update_id
        elif len(updates) <= MOST_IDLE // 2:
            answered = None
        return Recent(updates=updates, answered=answered)

    def stage(self, update_id: int) -> Stage:
        """Of the flood, with this update."""
        if self.answered is None:
            return Stage.CALM
        return Stage.BEGINS if self.answered == update_id else Stage.LASTS
