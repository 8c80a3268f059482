"""Who has to wait because Telegram said so: 429 with the seconds to wait. One chat is held alone, for as long as it was
told. A 429 to another chat within the same second, or to a call without a chat, is taken for everybody: then one call at a
time tries whether it passes, after a pause that grows, for what Telegram says of one call need not hold of all.
Asked and told by `delivery`; `bot.health` shows it.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot import metrics, retries

log = structlog.get_logger()

LONG = 60.0  # seconds; a longer pause is logged, shown and told
SAME = 1.0  # seconds within which the 429 of two chats are one


@dataclass(kw_only=True)
class _Hold:
    until: datetime
    is_long: bool


@dataclass(kw_only=True)
class _Everybody:
    """On the monotonic clock."""

    until: float
    is_long: bool
    probe_at: float
    probe: int | None = None  # the chat whose call is under way to try


class Pauses:
    """`now` is the office's clock, by which rows wait as well."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._chats: dict[int, _Hold] = {}
        self._everybody: _Everybody | None = None
        self._growing = retries.Growing(retries.SLOWED)
        self._last: tuple[int, float] | None = None  # the chat of the last 429, and when that was

    def hold(self, chat_id: int, until: datetime) -> None:
        """The chat waits at least until then."""
        known = self._chats.get(chat_id)
        is_long = (until - self._now()).total_seconds() > LONG
        if known is None or known.until < until:
            self._chats[chat_id] = _Hold(until=until, is_long=is_long)

    def refused(self, chat_id: int | None, seconds: float) -> bool:
        """A 429 was the answer to a call to that chat. Whether it means a new long pause of this chat alone."""
        moment = time.monotonic()
        last, self._last = self._last, None if chat_id is None else (chat_id, moment)
        is_news = seconds > LONG and (chat_id is None or not self._is_held_long(chat_id))
        if chat_id is not None:
            self.hold(chat_id, self._now() + timedelta(seconds=seconds))
        is_of_all = chat_id is None or (last is not None and last[0] != chat_id and moment - last[1] <= SAME)
        if is_of_all or self._everybody is not None:
            self._hold_everybody(chat_id, moment, seconds)
        if is_news:
            log.warning("Telegram makes us wait", chat_id=chat_id, seconds=seconds, everybody=is_of_all)
        return is_news and self._everybody is None

    def may_send(self, chat_id: int) -> bool:
        """Whether a call to the chat may be made now. What is allowed here is to be reported to `passed`, whatever comes of
        it: it may be the one that tries for everybody.
        """
        if chat_id in self.held():
            return False
        waits = self._waiting()
        if waits is None:
            return True
        if waits.probe is not None or time.monotonic() < waits.probe_at:
            return False
        waits.probe = chat_id
        return True

    def passed(self, chat_id: int, *, is_answered: bool) -> None:
        """The call to the chat is over; `is_answered` where Telegram took it, or refused it for another reason than 429."""
        waits = self._everybody
        if waits is None or waits.probe != chat_id:
            return
        if is_answered:
            log.info("Telegram lets us go on")
            self._end()
        else:  # nothing was learned
            waits.probe, waits.probe_at = None, time.monotonic() + retries.SLOWED.seconds()

    def held(self) -> set[int]:
        """The chats that wait by themselves."""
        now = self._now()
        self._chats = {chat: hold for chat, hold in self._chats.items() if hold.until > now}
        return set(self._chats)

    def held_long(self) -> set[int]:
        return {chat for chat in self.held() if self._chats[chat].is_long}

    @property
    def room(self) -> int | None:
        """How many chats may begin to be delivered; None where nobody counts them."""
        waits = self._waiting()
        if waits is None:
            return None
        return int(waits.probe is None and time.monotonic() >= waits.probe_at)

    def view(self) -> dict[str, float]:
        """How many chats wait for long, and the seconds that are left of the longest pause; for everybody it is one too."""
        waits, now = self._waiting(), self._now()
        left = [(self._chats[chat].until - now).total_seconds() for chat in self.held_long()]
        longest = max([*left, waits.until - time.monotonic() if waits and waits.is_long else 0.0])
        metrics.PAUSED_CHATS.set(len(left))
        metrics.LONGEST_PAUSE.set(longest)
        metrics.PAUSED_EVERYBODY.set(waits is not None)
        return {"chats": len(left), "longest": round(longest, 1)}

    def _is_held_long(self, chat_id: int) -> bool:
        return chat_id in self.held_long()

    def _hold_everybody(self, chat_id: int | None, moment: float, seconds: float) -> None:
        waits = self._everybody
        if waits is None or (chat_id is not None and waits.probe == chat_id):  # else it was under way before
            pause = self._growing.take()
            known = waits.until if waits else 0.0
            until = max(known, moment + seconds)
            probe_at = min(until, moment + pause)
            self._everybody = _Everybody(until=until, is_long=until - moment > LONG, probe_at=probe_at)
        else:
            waits.until = max(waits.until, moment + seconds)
            waits.is_long = waits.is_long or seconds > LONG

    def _waiting(self) -> _Everybody | None:
        waits = self._everybody
        if waits is not None and waits.probe is None and time.monotonic() >= waits.until:
            self._end()
        return self._everybody

    def _end(self) -> None:
        self._everybody = None
        self._growing.reset()
