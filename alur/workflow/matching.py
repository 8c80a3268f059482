"""Which document a file is, by the words in its caption and name (DESIGN §7)."""

import re
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from alur.workflow.model import Value

PARTING = ",;&+/()\n"  # between two things that are named

K = TypeVar("K", bound=Hashable)


class Candidate(Value, Generic[K]):
    key: K
    titles: tuple[str, ...]  # title and aliases
    period: str  # of its case
    is_asked: bool  # may be taken without a word; what is only replaceable may not


class Match(Value, Generic[K]):
    one: K | None = None  # the candidate that is meant beyond doubt
    several: tuple[K, ...] = ()  # else: those to choose from


def match(
    text: str, candidates: tuple[Candidate[K], ...], periods: Iterable[str] = (), others: Iterable[str] = ()
) -> Match[K]:
    """One candidate is meant if it alone fits, or if one title or alias occurs in `text`: of those that overlap the longest
    wins, since "Undangan Rapat" stands inside "Konsep Undangan Rapat"; two that stand beside each other, as in "Konsep
    undangan dan Data capaian", make it a question. `others` are titles of documents that have no place now: one of them in
    the text makes it a question too, about what is asked for alone. Of several cases' documents of that name the one is
    meant whose year is named; a year of another case makes it a question; `periods` are those of the cases in which
    nothing fits.
    """
    all_keys = tuple(candidate.key for candidate in candidates)
    named, is_other = _named(text, candidates, others)
    if is_other:
        asked_for = tuple(candidate.key for candidate in candidates if candidate.is_asked)
        return Match(several=tuple(candidate.key for candidate in named) or asked_for)
    if of_year := tuple(candidate for candidate in named if candidate.period in years(text)):
        named = of_year
    asked = tuple(candidate for candidate in candidates if candidate.is_asked)
    if len(named) == 1:
        found = named[0]
    elif not named and len(asked) == 1:
        found = asked[0]
    else:
        return Match(several=tuple(candidate.key for candidate in named) or all_keys)
    known = {candidate.period for candidate in candidates} | set(periods)
    others = years(text) & known
    if others and found.period not in others:
        return Match(several=all_keys)
    return Match(one=found.key)


def years(text: str) -> set[str]:
    """The years that a text names: they are the periods of cases."""
    return set(re.findall(r"\b20\d\d\b", folded(text)))


def folded(text: str) -> str:
    """Case, `_` and `-` do not count, nor does anything but letters and digits."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _named(
    text: str, candidates: tuple[Candidate[K], ...], others: Iterable[str]
) -> tuple[tuple[Candidate[K], ...], bool]:
    """Those of which a title occurs in the words, whole, that no longer one of another overlaps; and whether one of `others`
    does so, which no title of a candidate overlaps that is as long.
    """
    own = [(title, candidate.key) for candidate in candidates for title in candidate.titles]
    found = [
        (place, key) for title, key in (*own, *((title, None) for title in others)) for place in _places(title, text)
    ]
    taken: list[range] = []
    named: set[K | None] = set()
    for place, key in sorted(found, key=lambda item: (-len(item[0]), item[1] is None)):
        longer = len(place) + (key is not None)
        if not any(len(other) >= longer and _overlap(other, place) for other in taken):
            taken.append(place)
            named.add(key)
    return tuple(candidate for candidate in candidates if candidate.key in named), None in named


def _places(title: str, text: str) -> tuple[range, ...]:
    """Where the title stands among the words of the text. A name does not reach over what parts things, but for what parts
    its own words.
    """
    pattern = "".join(rf"(?:{re.escape(item)} )?" if item in PARTING else f"{item} " for item in _words(title))
    found = re.finditer(rf"(?<!\S){pattern}", "".join(f"{item} " for item in _words(text))) if pattern else ()
    return tuple(range(*item.span()) for item in found if item.group())


def _words(text: str) -> list[str]:
    return re.findall(rf"[^\W_]+|[{re.escape(PARTING)}]", text.lower())


def _overlap(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
