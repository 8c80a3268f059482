"""Callback data, written and read here alone: `act:subject:revision[:argument]`, at most 64 bytes (Bot API).

Nothing in it is believed: it says what a person wishes, never what he may.
"""

import re
from dataclasses import dataclass

LONGEST = 64  # bytes
SUBJECT = re.compile(r"(?:c(?P<case>\d{1,12})(?:\.(?P<task>\d{1,6}))?|f(?P<form>\d{1,12})|u(?P<upload>\d{1,12})|o)")
ACT = re.compile(r"[a-z_]{1,16}")


@dataclass(frozen=True, kw_only=True)
class Callback:
    act: str
    revision: int = 0
    case: int | None = None
    task: int | None = None
    form: int | None = None
    upload: int | None = None
    argument: str | None = None


def encode(*, act: str, subject: str, revision: int, argument: str | None) -> str:
    """The data of a button. Raises ValueError where Telegram, or `decode`, would not take it."""
    data = ":".join((act, subject, str(revision), *(() if argument is None else (argument,))))
    if len(data.encode()) > LONGEST or decode(data) is None:
        raise ValueError(f"not a button's data: {data!r}")
    return data


def decode(data: str) -> Callback | None:
    """What the data says; None where it is nothing that `encode` writes."""
    act, _, rest = data.partition(":")
    subject, _, rest = rest.partition(":")
    revision, colon, argument = rest.partition(":")
    found = SUBJECT.fullmatch(subject)
    if not ACT.fullmatch(act) or found is None or not revision.isascii() or not re.fullmatch(r"\d{1,9}", revision):
        return None
    numbers = {name: int(value) for name, value in found.groupdict().items() if value is not None}
    return Callback(act=act, revision=int(revision), argument=argument if colon else None, **numbers)
