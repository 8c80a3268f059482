"""Papers and pictures that are set with Typst: a template of `templates/print`, and data that it reads as data, never as markup.

The same data give the same bytes on every machine: the fonts are ours, and no moment is read but the one that is given. A page
takes some milliseconds to make, outside of Python's lock; it is made where messages are rendered, never in the event loop.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any, Literal

import typst
from fontTools.ttLib import TTFont

FOLDER = Path(str(files("alur"))).parent / "templates" / "print"
FONTS = FOLDER / "fonts"
REGULAR = FONTS / "NotoSans-Regular.ttf"
ARCHIVABLE: Literal["a-2b"] = "a-2b"  # PDF/A: for an archive of many years
UNKNOWN = "\u25a1"  # stands for a character that the fonts do not have: one of them would stop a whole PDF/A
LONGEST_WORD = 24  # characters after which a word may be divided, wherever that is
SOFT_HYPHEN = "\u00ad"
TURN = Lock()


def pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """`at` is when it is said to have been made: aware, of any zone, to any fraction. Typst takes fixed offsets and whole seconds."""
    moment = at.astimezone(UTC).replace(microsecond=0)
    return _set(template, data, format="pdf", pdf_standards=ARCHIVABLE, timestamp=moment)


def png(template: str, data: Mapping[str, Any], *, ppi: float) -> bytes:
    """A picture of its only page, so many pixels to an inch of it."""
    return _set(template, data, format="png", ppi=ppi)


def settable(value: Any) -> Any:
    """The same data, in which every text can be set: without characters that have no picture, and its longest words divisible."""
    match value:
        case str():
            known = "".join(sign if sign == "\n" or ord(sign) in _known() else UNKNOWN for sign in value)
            return " ".join(_divisible(word) for word in known.split(" "))
        case Mapping():
            return {key: settable(item) for key, item in value.items()}
        case list() | tuple():
            return [settable(item) for item in value]
    return value


def _set(template: str, data: Mapping[str, Any], **how: Any) -> bytes:
    """One after the other: a compiler that is asked while it is at work refuses ("Already borrowed")."""
    given = _given(data)
    with TURN:
        return _one(_compiler().compile(input=FOLDER / template, **how, **given))


def _given(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"sys_inputs": {"data": json.dumps(settable(data), ensure_ascii=False)}}


def _divisible(word: str) -> str:
    parts = (word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))
    return SOFT_HYPHEN.join(parts)


def _one(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("it has more than one page")
    return made


@cache
def _compiler() -> typst.Compiler:
    """One for all: reading its fonts takes longer than setting a page."""
    return typst.Compiler(root=FOLDER, ignore_system_fonts=True, font_paths=[FONTS])


@cache
def _known() -> frozenset[int]:
    with TTFont(REGULAR, lazy=True) as font:
        return frozenset(sign for sign in font.getBestCmap() if sign >= ord(" ")) | {ord(SOFT_HYPHEN)}
