"""Messages that stand twice, each held against what may have caused it: at most one for each chat and trouble.

A message that the bot does not know was sent by a call whose answer was never written down. Either that call itself got
no answer, or whoever made it was struck between the answer and the writing. Moments are real seconds since the run began.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WRITES_WITHIN = 3.0  # seconds from an answer until it is written down, on a busy machine
NOTICES_WITHIN = 3.0  # seconds until whoever has lost the database for writing has noticed it (`alur.storage.lead`)
ANSWERS_WITHIN = 6.0  # seconds for which a call may be under way: a late answer, and a file's way
WHOLE = 1.0  # seconds: messages are dated in whole ones
STRIKING = ("kills", "power cuts", "stops", "lead cuts", "restarts of Telegram", "restarts of the database")
UNWRITABLE = ("locks of the database", "full disks", "restarts of the database")  # what was sent is kept in hand


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One post too many, an album's parts as one."""

    chat: int
    moment: float  # when it came to stand there
    logged: float | None  # when its call was over; None where that is not known: a restart, or whoever called hung up
    is_answered: bool  # whether that call got its answer
    says: str


@dataclass(frozen=True, kw_only=True)
class Strike:
    """A trouble as the judge sees it."""

    kind: str
    begun: float
    ended: float
    of_leader: bool = True  # whether it struck the process that sends


def unexplained(posts: Iterable[Sent], strikes: Sequence[Strike]) -> list[Sent]:
    """Those for which no reason is left, when each strike is the reason of at most one post in a chat."""
    by_chat: dict[int, list[Sent]] = {}
    for post in posts:
        if post.logged is None or post.is_answered:  # else the lost answer is the reason
            by_chat.setdefault(post.chat, []).append(post)
    return [post for own in by_chat.values() for post in _unmatched(own, strikes)]


def reasons(post: Sent, strikes: Sequence[Strike]) -> list[int]:
    """Which of the strikes can have kept the post from being written down, by their place in the list."""
    return [number for number, strike in enumerate(strikes) if _explains(strike, post, strikes)]


def _explains(strike: Strike, post: Sent, strikes: Sequence[Strike]) -> bool:
    if strike.kind not in STRIKING or not strike.of_leader:
        return False
    if post.logged is None:
        if strike.kind == "restarts of Telegram":  # the log of its call was lost with the simulator
            return strike.begun - ANSWERS_WITHIN <= post.moment <= strike.ended + WHOLE
        # Whoever wakes without the lead hangs up on what he has under way: such a call is never over.
        wakes = strike.kind in ("stops", "lead cuts")
        return wakes and strike.ended - WHOLE <= post.moment <= strike.ended + NOTICES_WITHIN
    is_writer = strike.kind in ("lead cuts", "restarts of the database")
    latest = strike.ended + NOTICES_WITHIN if is_writer else strike.begun + WHOLE
    if post.moment > latest:
        return False
    gap = strike.begun - post.logged
    return gap <= WRITES_WITHIN + _unwritable(post.logged, strike.begun, strikes)


def _unwritable(since: float, until: float, strikes: Sequence[Strike]) -> float:
    """For how many seconds of that time nothing could be written down; overlapping ones are counted once."""
    total, reached = 0.0, since
    for strike in sorted(strikes, key=lambda item: item.begun):
        if strike.kind in UNWRITABLE:
            begun, ended = max(strike.begun, reached), min(strike.ended + NOTICES_WITHIN, until)
            total += max(0.0, ended - begun)
            reached = max(reached, ended)
    return total


def _unmatched(posts: Sequence[Sent], strikes: Sequence[Strike]) -> list[Sent]:
    """What is left over by a largest matching of posts and reasons (augmenting paths)."""
    taken: dict[int, int] = {}
    options = [reasons(post, strikes) for post in posts]

    def finds(number: int, tried: set[int]) -> bool:
        for option in options[number]:
            if option not in tried:
                tried.add(option)
                if option not in taken or finds(taken[option], tried):
                    taken[option] = number
                    return True
        return False

    return [post for number, post in enumerate(posts) if not finds(number, set())]
