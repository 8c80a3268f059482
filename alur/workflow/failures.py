"""What could not be delivered or worked, as the trail names it: neither an act nor a refusal, and nothing follows from it.

Written by `alur.services.failures`. No word of a message and of no person's; the error by its kind alone, for its words may
quote either.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime

from alur.workflow.model import Value

MOST = 40  # of one kind, in one chain on one day; the last says that more followed
AMONG = 400  # of the chain's last entries, in which they are counted: more than that many others begin a new count


class Failure(Value):
    """`act` is its name in the trail, as that of an act."""


class MessageSetAside(Failure):
    """A message that Telegram never takes, or that failed again and again through a fault of ours."""

    act: Literal["message_set_aside"] = "message_set_aside"
    message: str  # "card 5"
    what: str | None = None  # which notice it is
    member: int | None = None
    task: int | None = None
    error: str


class NotReached(Failure):
    """What Telegram does not bring to a member who has blocked the bot, left, or never begun: it is handed over by others."""

    act: Literal["not_reached"] = "not_reached"
    member: int
    task: int | None = None  # whose card waits until he comes back
    notices: tuple[str, ...] = ()  # that were given up


class ChatHeld(Failure):
    """Telegram makes a chat wait for long; what is for it goes out afterwards."""

    act: Literal["chat_held"] = "chat_held"
    member: int | None = None
    until: AwareDatetime


class UpdateSetAside(Failure):
    """What somebody sent or pressed, and that failed again and again: it has no effect."""

    act: Literal["update_set_aside"] = "update_set_aside"
    received: int  # its number at Telegram
    member: int | None = None
    error: str


def is_room(entries: Iterable[tuple[date, Mapping[str, Any]]], act: str, day: date) -> tuple[bool, bool]:
    """Whether one more failure of that kind is written on that day, and whether it is the last; of the chain's last entries,
    each with its day.
    """
    written = sum(on == day and entry.get("act", {}).get("act") == act for on, entry in entries)
    return written < MOST, written == MOST - 1
