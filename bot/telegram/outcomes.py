"""What became of a call to Telegram. This module alone reads Telegram's errors; the rest knows outcomes."""

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from alur.storage.database import is_transient
from bot.telegram import cleaning
from bot.telegram.network import NotBuilt


class Kind(Enum):
    UNCHANGED = "unchanged"  # the edit changed nothing: as good as done
    GONE = "gone"  # the message to edit or remove is lost: forget its id
    FILE_LOST = "file_lost"  # the cached file_id is no longer good: send the stored file
    UNREACHABLE = "unreachable"  # blocked, deactivated or never started
    SLOW_DOWN = "slow_down"  # 429: not before `seconds`
    AGAIN = "again"  # not sent, or uncertain: send again
    OURS = "ours"  # a fault of ours: a few times more, not for ever
    PERMANENT = "permanent"  # this will never be taken: park it


@dataclass(frozen=True, kw_only=True)
class Outcome:
    kind: Kind
    error: str
    seconds: float = 0.0
    is_unread: bool = False  # an answer may have come and not been understood: ours, unless it was not Telegram's


GONE = (
    "message to edit not found",
    "message to delete not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",  # a file: what a forged press made us take for a card of ours
)
UNREACHABLE = ("chat not found", "user is deactivated", "peer_id_invalid")
TOO_LARGE = ("(413)", "entity too large")  # a proxy's status as python-telegram-bot quotes it, and Telegram's word
UNREADABLE = "Invalid server response"  # its word for a 200 that is no JSON
FILE_LOST = ("wrong file identifier", "wrong remote file identifier", "can't use file of type", "wrong type of the web")


def outcome_of(error: TelegramError) -> Outcome:
    """`BadRequest` is a subclass of `NetworkError`, so the order matters."""
    text = error.message
    low = text.lower()
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            return Outcome(kind=Kind.SLOW_DOWN, error=text, seconds=seconds)
        case Forbidden():
            return Outcome(kind=Kind.UNREACHABLE, error=text)
        case InvalidToken():
            return Outcome(kind=Kind.AGAIN, error="the token was rejected")
        case ChatMigrated():
            return Outcome(kind=Kind.PERMANENT, error=text)  # only groups migrate, and nothing is sent to groups
        case BadRequest():
            return Outcome(kind=_bad_request(low), error=text)
        case NotBuilt():
            return Outcome(kind=Kind.OURS, error=text)
        case NetworkError() if any(part in low for part in TOO_LARGE):
            return Outcome(kind=Kind.OURS, error=text)
        case TelegramError() if text == UNREADABLE:
            return Outcome(kind=Kind.AGAIN, error="an answer that cannot be read", is_unread=True)
        case _:
            # The network, a conflict, whatever comes new: uncertain, so it is tried again.
            return Outcome(kind=Kind.AGAIN, error=text)


def outcome_of_fault(error: Exception) -> Outcome | None:
    """What else was raised while a row was rendered, sent or written down: a fault of ours. None where it is the machine's:
    its database, its disk, its memory.
    """
    is_machine = isinstance(error, MemoryError | TimeoutError) or getattr(error, "errno", None) is not None
    if is_transient(error) or is_machine:
        return None
    return Outcome(kind=Kind.OURS, error=written(error), is_unread=True)


def written(error: Exception) -> str:
    """An error as it may be written down: its first line, for a database's further ones quote the row."""
    return cleaning.text(f"{type(error).__name__}: {error}".partition("\n")[0])[:500]


def _bad_request(text: str) -> Kind:
    if "message is not modified" in text:
        return Kind.UNCHANGED
    if any(part in text for part in GONE):
        return Kind.GONE
    if any(part in text for part in UNREACHABLE):
        return Kind.UNREACHABLE
    if any(part in text for part in FILE_LOST):
        return Kind.FILE_LOST
    return Kind.PERMANENT
