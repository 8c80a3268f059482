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


class Kind(Enum):
    UNCHANGED = "unchanged"  # the edit changed nothing: as good as done
    GONE = "gone"  # the message to edit is lost: forget its id
    FILE_LOST = "file_lost"  # the cached file_id is no longer good: send the stored file
    UNREACHABLE = "unreachable"  # blocked, deactivated or never started
    SLOW_DOWN = "slow_down"  # 429: not before `seconds`
    AGAIN = "again"  # not sent, or uncertain: send again
    PERMANENT = "permanent"  # this will never be taken: park it


@dataclass(frozen=True, kw_only=True)
class Outcome:
    kind: Kind
    error: str
    seconds: float = 0.0


GONE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",  # a file: what a forged press made us take for a card of ours
)
UNREACHABLE = ("chat not found", "user is deactivated", "peer_id_invalid")
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
        case NetworkError():
            return Outcome(kind=Kind.AGAIN, error=text)
        case _:
            # A 200 that is no JSON, a conflict, whatever comes new: uncertain, so it is tried again.
            return Outcome(kind=Kind.AGAIN, error=text)


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
