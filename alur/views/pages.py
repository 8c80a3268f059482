"""Pages of texts that are to be read whole: each text is one part or, where a page cannot hold it, several. Called by
`alur.views.notice.history`.

A page is named by the last of its parts, so that new texts at the end move none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alur.views import limits

MARKS = 20  # units that a part's marks and its line break may take
PART = 3400  # units; a part alone always fits on a page


@dataclass(frozen=True, kw_only=True)
class Part:
    act: int  # whose text it is, from 1
    text: str
    is_first: bool
    is_last: bool

    @property
    def size(self) -> int:
        return limits.units(self.text) + MARKS


def parts(texts: Iterable[str]) -> tuple[Part, ...]:
    found = []
    for act, text in enumerate(texts, start=1):
        pieces = limits.pieces(text, PART)
        last = len(pieces) - 1
        found += [
            Part(act=act, text=piece, is_first=index == 0, is_last=index == last) for index, piece in enumerate(pieces)
        ]
    return tuple(found)


def first_of(found: Sequence[Part], last: int, *, most: int, room: int) -> int:
    """How many parts lie before the page that ends with the `last` of them; it has at least one, at most `most` parts."""
    first, used = last, 0
    while first > 0 and last - first < most and (first == last or used + found[first - 1].size <= room):
        first -= 1
        used += found[first].size
    return first


def end_after(found: Sequence[Part], last: int, *, most: int, room: int) -> int:
    """Where the page ends that follows the one that ends with the `last` of them: pages are cut from the newest part, so that
    none repeats what another shows, whichever way one turns them.
    """
    end = len(found)
    while (first := first_of(found, end, most=most, room=room)) > last:
        end = first
    return end
