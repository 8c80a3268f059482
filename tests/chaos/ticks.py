"""What the clock's part of a run says: no process that leads waits long for its next tick, and none takes itself to have been
away. Read from the diary that `victim` keeps; called by `judge`.
"""

import time
from collections import defaultdict

LONGEST_WAIT = 6.0  # seconds between two ticks of one, on a busy machine
STANDS_STILL = "stops"  # the trouble in which a process is not to blame


def faults_of(target):
    """A sentence for each fault. `target.ledger` tells when processes stood still."""
    lines = [line.split() for line in target.diary.read_text().splitlines()] if target.diary.exists() else []
    terms = defaultdict(list)
    for what, pid, term, at in lines:
        if what == "outage":
            yield f"process {pid} took itself to have been away, though nobody was for two minutes"
        else:
            terms[int(pid), term].append((what, float(at)))
    ended = {bot.pid: bot.ended_at for bot in target.launched}
    for (pid, _), notes in terms.items():
        until = min(ended.get(pid, float("inf")), time.monotonic())
        for at, then in _waits(notes, until):
            if then - at > LONGEST_WAIT and not _stood_still(target.ledger, at, then):
                began = at - target.ledger.began
                yield f"process {pid} did not tick for {then - at:.1f} s from {began:.1f} on{_near(target.ledger, began)}"


def _waits(notes, until):
    """The spans in which no tick was in hand: one may begin while another is still waited for (it asks a slow clock)."""
    in_hand, since = 1, None  # the start counts as one
    for what, at in notes:
        if what == "ticks":
            if since is not None:
                yield since, at
            in_hand, since = in_hand + 1, None
        else:
            in_hand = in_hand - 1 if what == "waits" else 0
            since = at if in_hand == 0 and what == "waits" else None
    if since is not None:
        yield since, until


def _stood_still(ledger, at, then):
    spans = ((trouble.begun, trouble.ended) for trouble in ledger.troubles if trouble.kind == STANDS_STILL)
    return any(begun < then - ledger.began and (ended is None or ended > at - ledger.began) for begun, ended in spans)


def _near(ledger, began):
    dips = [item for item in ledger.troubles if item.kind.startswith("dips") and abs(item.begun - began) < LONGEST_WAIT]
    return "".join(f"; a dip of the clock at {item.begun:.1f}" for item in dips)
