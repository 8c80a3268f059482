"""How wide a text is in the fonts of `templates/print`, and how it is broken into lines: what Typst then draws as it is given."""

from collections.abc import Mapping
from functools import cache, lru_cache

from alur.views.limits import ELLIPSIS
from alur.views.typeset import FONTS, REGULAR, SOFT_HYPHEN, settable

BOLD = FONTS / "NotoSans-Bold.ttf"
SLACK = 1.01  # pairs of letters that are set a little wider than each alone


def clean(text: str) -> str:
    """In one line, with a box for each character that the fonts do not have."""
    return " ".join(str(settable(text)).replace(SOFT_HYPHEN, "").split())


@lru_cache(maxsize=4096)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """In points."""
    advances, otherwise = _advances(bold=bold)
    return sum(advances.get(ord(sign), otherwise) for sign in text) * size * SLACK


@lru_cache(maxsize=1024)
def broken(text: str, room: float, size: float, *, bold: bool = False, most: int = 99) -> tuple[str, ...]:
    """Lines that are no wider than `room`, at most so many; the last ends with "…" where it is not all."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        wider = f"{line} {word}" if line else word
        if width(wider, size, bold=bold) <= room:
            line = wider
            continue
        if line:
            lines.append(line)
        *parts, line = _parts(word, room, size, bold=bold)
        lines += parts
    lines.append(line)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width(last + ELLIPSIS, size, bold=bold) > room:
        last = last[:-1]
    return (*lines[: most - 1], last.rstrip(" ,.;:-") + ELLIPSIS)


def _parts(word: str, room: float, size: float, *, bold: bool) -> list[str]:
    """A word that fits into no line, divided wherever one ends."""
    parts = []
    while width(word, size, bold=bold) > room and len(word) > 1:
        end = 1
        while end < len(word) - 1 and width(word[: end + 1] + "-", size, bold=bold) <= room:
            end += 1
        parts.append(word[:end] + "-")
        word = word[end:]
    return [*parts, word]


@cache
def _advances(*, bold: bool) -> tuple[Mapping[int, float], float]:
    """Of each character, in parts of the size; and of what the font lacks."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - see `alur.views.typeset`

    with TTFont(BOLD if bold else REGULAR, lazy=True) as font:
        unit, sizes = font["head"].unitsPerEm, font["hmtx"].metrics
        return {sign: sizes[name][0] / unit for sign, name in font.getBestCmap().items()}, sizes[".notdef"][0] / unit
