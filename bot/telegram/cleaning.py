"""What people's devices put into names and texts and nothing of ours can carry: control characters and halves of a
surrogate pair. Updates come in through `received`, names of files go out through `header`.

Each is replaced by one character that takes as much room, since Telegram counts the places of commands and links.
"""

import re
from typing import Any

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")  # but tab and the ends of lines, which texts may hold
CONTROL_IN_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f]")
HALF = re.compile(r"[\ud800-\udfff]")
REPLACEMENT = "\ufffd"
NAMES = frozenset({"file_name"})  # of one line


def text(value: str) -> str:
    return HALF.sub(REPLACEMENT, CONTROL.sub(" ", value))


def header(name: str) -> str:
    """A file's name as a header can hold it."""
    return HALF.sub(REPLACEMENT, CONTROL_IN_NAME.sub(" ", name))


def received(value: Any, *, is_name: bool = False) -> Any:
    """An update as it may be worked: the same JSON value with every text cleaned."""
    match value:
        case str():
            return header(value) if is_name else text(value)
        case list():
            return [received(item) for item in value]
        case dict():
            return {key: received(item, is_name=key in NAMES) for key, item in value.items()}
        case _:
            return value
