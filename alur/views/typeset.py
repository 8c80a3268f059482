"""Papers and pictures that are set with Typst: a template of `templates/print`, and data that it reads as data, never as markup.

The same data give the same bytes on every machine: the fonts are ours, and no moment is read but the one that is given. Each is
made by a process of its own (`typesetter`), where messages are rendered, never in the event loop.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FOLDER = Path(str(files("alur"))).parent / "templates" / "print"
FONTS = FOLDER / "fonts"
REGULAR = FONTS / "NotoSans-Regular.ttf"
ARCHIVABLE = "a-2b"  # PDF/A: for an archive of many years
UNKNOWN = "\u25a1"  # stands for a character that the fonts do not have: one of them would stop a whole PDF/A
UNUSUAL = re.compile(
    "[^\n -~\u00a0-\u017f\u2013\u2014\u2018-\u201d\u2022\u2026]"
)  # what the fonts may not have; the rest they do
LONGEST_WORD = 24  # characters after which a word may be divided, wherever that is
SOFT_HYPHEN = "\u00ad"
LONGEST = 60  # seconds that one may take, on a machine that is busy
PROGRAM = Path(__file__).with_name("typesetter.py")


class NotSet(Exception):
    """A template that Typst refuses, or a process that broke off: a fault of ours."""


def pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """`at` is when it is said to have been made: aware, of any zone, to any fraction. Typst takes fixed offsets and whole seconds."""
    moment = at.astimezone(UTC).replace(microsecond=0)
    return _set(template, data, "pdf", ARCHIVABLE, moment.isoformat())


def png(template: str, data: Mapping[str, Any], *, ppi: float) -> bytes:
    """A picture of its only page, so many pixels to an inch of it."""
    return _set(template, data, "png", str(ppi))


def settable(value: Any) -> Any:
    """The same data, in which every text can be set: without characters that have no picture, and its longest words divisible."""
    match value:
        case str():
            return " ".join(_divisible(word) for word in UNUSUAL.sub(_box, value).split(" "))
        case Mapping():
            return {key: settable(item) for key, item in value.items()}
        case list() | tuple():
            return [settable(item) for item in value]
    return value


def _set(template: str, data: Mapping[str, Any], *how: str) -> bytes:
    asked = (_packages(), str(FOLDER), str(FONTS), str(FOLDER / template), *how)
    done = subprocess.run(  # noqa: S603 - the arguments are ours, and no shell reads them
        [sys.executable, "-I", "-S", str(PROGRAM), *asked],
        input=written(data).encode(),
        capture_output=True,
        env={**os.environ, "MALLOC_ARENA_MAX": "1"},  # of glibc: 2 MB less, at no cost
        timeout=LONGEST,
        check=False,
    )
    if done.returncode != 0:
        raise NotSet(f"{template}: {done.stderr.decode(errors='replace').strip()} (status {done.returncode})")
    return done.stdout


def written(data: Mapping[str, Any]) -> str:
    """As a template reads it."""
    return json.dumps(settable(data), ensure_ascii=False)


def _divisible(word: str) -> str:
    parts = (word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))
    return SOFT_HYPHEN.join(parts)


def _box(found: re.Match[str]) -> str:
    sign = found[0]
    return sign if ord(sign) in known() else UNKNOWN


@cache
def _packages() -> str:
    """The folder in which Typst is installed. It is not read here."""
    found = find_spec("typst")
    if found is None or found.origin is None:
        raise NotSet("the package typst is not installed")
    return str(Path(found.origin).parents[1])


@cache
def known() -> frozenset[int]:
    """What the fonts have, as code points."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 5 MB, and most texts have nothing unusual

    with TTFont(REGULAR, lazy=True) as font:
        return frozenset(sign for sign in font.getBestCmap() if sign >= ord(" ")) | {ord(SOFT_HYPHEN)}
