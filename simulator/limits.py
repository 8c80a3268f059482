"""Telegram's limits, and the counter of messages per second that answers 429; used by the methods.

Lengths of texts are counted in UTF-16 units after parsing, sizes in bytes. Source: core.telegram.org/bots/api.
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from simulator.errors import TooManyRequests

MEGABYTE = 1024 * 1024
TEXT_LENGTH = 4096
CAPTION_LENGTH = 1024
TOAST_LENGTH = 200
CALLBACK_DATA_BYTES = 64
KEYBOARD_BUTTONS = 100
PHOTO_BYTES = 10 * MEGABYTE
PHOTO_SIDES = 10_000  # width and height together, in pixels
PHOTO_RATIO = 20
ALBUM_ITEMS = range(2, 11)
BATCH_OF_UPDATES = 100
POLL_SECONDS = 50
COMMANDS = 100
COMMAND_DESCRIPTION_LENGTH = 256
UPDATE_LIFE = timedelta(hours=24)
DELETABLE_FOR = timedelta(hours=48)


@dataclass(frozen=True, kw_only=True)
class Rates:
    """How many messages are let through; None lets all through.

    per_chat messages within chat_window seconds to one chat, per_bot messages within one second to all.
    """

    per_chat: int | None = None
    chat_window: float = 1.0
    per_bot: int | None = None


@dataclass(kw_only=True)
class Limiter:
    """Counts what was let through by the simulator's clock; `check` refuses what is too much."""

    now: Callable[[], datetime]
    rates: Rates = field(default_factory=Rates)
    _chats: dict[int, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))
    _bot: deque[datetime] = field(default_factory=deque)

    def change(self, **rates: float | None) -> None:
        """Set other rates from now on; an unknown name is a TypeError."""
        self.rates = replace(self.rates, **rates)  # type: ignore[arg-type] # a wrong name is a TypeError

    def check(self, chat_id: int) -> None:
        """Count one message to the chat, or raise TooManyRequests and count nothing."""
        moment = self.now()
        waits = []
        if self.rates.per_chat is not None:
            waits.append(_wait(self._chats[chat_id], moment, self.rates.per_chat, self.rates.chat_window))
        if self.rates.per_bot is not None:
            waits.append(_wait(self._bot, moment, self.rates.per_bot, 1.0))
        if any(waits):
            raise TooManyRequests(max(1, math.ceil(max(waits))))
        if self.rates.per_chat is not None:
            self._chats[chat_id].append(moment)
        if self.rates.per_bot is not None:
            self._bot.append(moment)


def _wait(passed: deque[datetime], moment: datetime, most: int, window: float) -> float:
    """Seconds until one more may pass, 0 for now; forgets what is older than the window."""
    while passed and moment - passed[0] >= timedelta(seconds=window):
        passed.popleft()
    if len(passed) < most:
        return 0.0
    return window - (moment - passed[0]).total_seconds() if passed else window
