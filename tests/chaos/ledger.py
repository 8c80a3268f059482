"""What happened in a run, as the hand, the people and the wire wrote it down: the judge measures by it.

Messages and calls are dated by the simulator's clock, which the hand moves; `real` tells when that was.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.chaos.duplicates import WHOLE, Strike


@dataclass
class Trouble:
    kind: str
    begun: float  # real seconds since the run began
    ended: float | None = None
    of_leader: bool = True  # whether it struck the process that sends; also where that could not be told
    recovered: float | None = None  # seconds from its end until the bot asked for updates again

    def strike(self) -> Strike:
        ended = self.begun if self.ended is None else self.ended
        return Strike(kind=self.kind, begun=self.begun, ended=ended, of_leader=self.of_leader)


@dataclass
class Ledger:
    now: datetime  # the simulator's
    counts: Counter = field(default_factory=Counter)
    troubles: list = field(default_factory=list)
    sends: dict = field(
        default_factory=dict
    )  # by chat and message: when its call was over, and whether it was answered
    poisoned: set = field(default_factory=set)  # update ids that may be parked
    settled: dict = field(default_factory=dict)  # by entry of the office: the trail's newest when it was committed
    parts: dict = field(default_factory=dict)  # what may not be so, as it was seen on the way
    began: float = field(default_factory=time.monotonic)  # the moment from which real seconds count
    _moves: list = field(default_factory=list)  # the simulator's clock and the real seconds at which it was set

    def __post_init__(self) -> None:
        self._moves.append((self.now, 0.0))

    def elapsed(self) -> float:
        """Real seconds since the run began."""
        return time.monotonic() - self.began

    def clock(self) -> datetime:
        now, since = self._moves[-1]
        return now + timedelta(seconds=self.elapsed() - since)

    def clock_is(self, now: datetime) -> None:
        self._moves.append((now, self.elapsed()))

    def real(self, moment: datetime) -> float:
        """The real seconds of a moment of the simulator's clock, which is only ever moved forward."""
        whole = timedelta(seconds=WHOLE)
        index = max((number for number, (start, _) in enumerate(self._moves) if start <= moment + whole), default=0)
        start, since = self._moves[index]
        after = since + max(0.0, (moment - start).total_seconds())
        return min(after, self._moves[index + 1][1]) if index + 1 < len(self._moves) else after

    def begin(self, kind: str, *, of_leader: bool = True) -> Trouble:
        trouble = Trouble(kind, self.elapsed(), of_leader=of_leader)
        self.troubles.append(trouble)
        self.counts[kind] += 1
        return trouble

    def end(self, trouble: Trouble) -> None:
        trouble.ended = self.elapsed()

    def read_call(self, call) -> None:
        """One call of the bot, from the simulator's log."""
        self.counts["calls"] += 1
        answer, method = call["answer"], call["method"]
        if method.startswith("send") and call["effect"]:
            effect = call["effect"]
            for message in effect if isinstance(effect, list) else [effect]:
                logged = self.real(datetime.fromisoformat(call["at"]))
                self.sends[message["chat"]["id"], message["message_id"]] = (logged, answer is not None)
        if answer is None:
            self.counts["calls cut"] += 1
            return
        code = answer.get("error_code")
        if code == 429:
            self.counts["429"] += 1
        elif code and code >= 500:
            self.counts["5xx"] += 1
        elif code == 409:
            self.counts["409"] += 1
