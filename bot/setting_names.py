"""Names and lines of `.env` and the environment that no setting reads: a slip there leaves a setting at its default, and an
office counts by the wrong holidays without a word. Called by `bot.settings`.

In `.env` every name with our prefix must be one of ours, and have a value. The environment is not ours alone: containers
and tests put names of their own there (`ALUR_PORT_80_TCP`, `ALUR_TEST_POSTGRES`), so only what is nearly one of ours is a
slip.
"""

import os
from collections.abc import Collection, Iterator
from difflib import get_close_matches
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from alur.workflow.errors import Fault

ALIKE = 0.6  # of difflib, without the prefix: "TOKEN" is alike to "BOT_TOKEN" (0.71), "TEST_SEED" to nothing (0.43)


class NotText(Fault):
    """The file cannot be read; the message names it."""


def unread(file: Path, prefix: str, known: Collection[str]) -> Iterator[str]:
    """A sentence for each. `known` are the settings' names, in capitals and without the prefix. Raises `NotText`."""
    for number, line, name in _written(file):
        where = f"{file}, line {number}"
        if name is None and _is_ours(line, prefix):
            yield f"{where}: expected {prefix}NAME=value"
        elif name is not None and _is_ours(name, prefix) and _bare(name, prefix) not in known:
            yield f"{where}: there is no setting {name}{_meant(name, prefix, known)}"
    for name in sorted(os.environ):
        if _is_ours(name, prefix) and _bare(name, prefix) not in known and (meant := _meant(name, prefix, known)):
            yield f"the environment: there is no setting {name}{meant}"


def _is_ours(name: str, prefix: str) -> bool:
    """Also without the underscore, which is easily lost. Settings are read in capitals or not."""
    return name.upper().startswith(prefix.rstrip("_"))


def _bare(name: str, prefix: str) -> str | None:
    """What stands after the prefix; None where that is not whole."""
    return name.upper().removeprefix(prefix) if name.upper().startswith(prefix) else None


def _meant(name: str, prefix: str, known: Collection[str]) -> str:
    tail = name.upper().removeprefix(prefix.rstrip("_")).lstrip("_")
    nearest = get_close_matches(tail, known, n=1, cutoff=ALIKE)
    return f"; meant is perhaps {prefix}{nearest[0]}" if nearest else ""


def _written(file: Path) -> Iterator[tuple[int, str, str | None]]:
    """Each assignment's line, text and name; without a name where it is no assignment."""
    for binding in parse_stream(StringIO(_text(file))):
        text = binding.original.string.lstrip()
        above = binding.original.string[: -len(text) or None].count("\n")
        is_sound = not binding.error and binding.value is not None
        if binding.error or binding.key is not None:
            yield (
                binding.original.line + above,
                text.removeprefix("export ").lstrip(),
                binding.key if is_sound else None,
            )


def _text(file: Path) -> str:
    if not file.is_file():
        return ""
    try:
        content = file.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise NotText(f"{file}: can not be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        number = error.object.count(b"\n", 0, error.start) + 1
        raise NotText(f"{file}, line {number}: is not UTF-8 text; the file must be saved as UTF-8") from None
    if "\0" in text:
        raise NotText(f"{file}: is not UTF-8 text (UTF-16?); the file must be saved as UTF-8")
    return text
