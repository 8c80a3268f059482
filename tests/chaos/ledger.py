"""What happened in a run, as the hand, the people and the wire wrote it down: the judge measures by it.

A `Trouble` may explain one message that stands twice in a chat, if it was sent about then; a cut call one in its chat.
Moments are of the simulator's clock, which the hand moves and the messages are dated by.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

BEFORE = timedelta(seconds=8)  # a call may have had its effect so long before a kill kept its answer from being written
AFTER = timedelta(seconds=2)  # messages are dated in whole seconds
CUTTING = ("kills", "stops", "lead cuts", "restarts of Telegram", "restarts of the database")


@dataclass
class Trouble:
    kind: str
    begun: datetime
    ended: datetime | None = None
    recovered: float | None = None  # seconds from its end until the bot asked for updates again

    def explains(self, moment: datetime) -> bool:
        """Whether a message that was sent then may stand there twice because of it. A full disk and a locked database
        excuse nothing: what was sent is known to the process, and written down when it can be.
        """
        return self.kind in CUTTING and self.begun - BEFORE <= moment <= (self.ended or self.begun) + AFTER


@dataclass
class Ledger:
    now: datetime  # the simulator's
    counts: Counter = field(default_factory=Counter)
    troubles: list = field(default_factory=list)
    cuts: Counter = field(default_factory=Counter)  # sends that got no answer, by chat
    poisoned: set = field(default_factory=set)  # update ids that may be parked
    parts: dict = field(default_factory=dict)  # what may not be so, as it was seen on the way
    _since: float = field(default_factory=time.monotonic)

    def clock(self) -> datetime:
        return self.now + timedelta(seconds=time.monotonic() - self._since)

    def clock_is(self, now: datetime) -> None:
        self.now, self._since = now, time.monotonic()

    def begin(self, kind: str) -> Trouble:
        trouble = Trouble(kind, self.clock())
        self.troubles.append(trouble)
        self.counts[kind] += 1
        return trouble

    def end(self, trouble: Trouble) -> None:
        trouble.ended = self.clock()

    def read_call(self, call) -> None:
        """One call of the bot, from the simulator's log."""
        self.counts["calls"] += 1
        answer, method = call["answer"], call["method"]
        if answer is None:
            self.counts["calls cut"] += 1
            if method.startswith("send"):
                self.cuts[int(call["parameters"]["chat_id"])] += 1
            return
        code = answer.get("error_code")
        if code == 429:
            self.counts["429"] += 1
        elif code and code >= 500:
            self.counts["5xx"] += 1
        elif code == 409:
            self.counts["409"] += 1
