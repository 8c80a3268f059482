"""Which document a file is, by the words in its caption and name (DESIGN §7)."""

import re
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

from alur.workflow.model import Value

K = TypeVar("K", bound=Hashable)


class Candidate(Value, Generic[K]):
    key: K
    titles: tuple[str, ...]  # title and aliases
    period: str  # of its case
    is_asked: bool  # may be taken without a word; what is only replaceable may not


class Match(Value, Generic[K]):
    one: K | None = None  # the candidate that is meant beyond doubt
    several: tuple[K, ...] = ()  # else: those to choose from


def match(text: str, candidates: tuple[Candidate[K], ...], periods: Iterable[str] = ()) -> Match[K]:
    """One candidate is meant if it alone fits, or if one title or alias occurs in `text`: the longest wins, since
    "Undangan Rapat" stands inside "Konsep Undangan Rapat"; of several cases' documents of that name the one whose year is
    named. A year of another case makes it a question; `periods` are those of the cases in which nothing fits.
    """
    words = folded(text)
    all_keys = tuple(candidate.key for candidate in candidates)
    named = _named(words, candidates)
    if of_year := tuple(candidate for candidate in named if candidate.period in years(words)):
        named = of_year
    asked = tuple(candidate for candidate in candidates if candidate.is_asked)
    if len(named) == 1:
        found = named[0]
    elif not named and len(asked) == 1:
        found = asked[0]
    else:
        return Match(several=tuple(candidate.key for candidate in named) or all_keys)
    known = {candidate.period for candidate in candidates} | set(periods)
    others = years(words) & known
    if others and found.period not in others:
        return Match(several=all_keys)
    return Match(one=found.key)


def years(text: str) -> set[str]:
    """The years that a text names: they are the periods of cases."""
    return set(re.findall(r"\b20\d\d\b", folded(text)))


def folded(text: str) -> str:
    """Case, `_` and `-` do not count, nor does anything but letters and digits."""
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _named(words: str, candidates: tuple[Candidate[K], ...]) -> tuple[Candidate[K], ...]:
    longest: dict[K, int] = {}
    for candidate in candidates:
        lengths = [len(folded(title)) for title in candidate.titles if f" {folded(title)} " in f" {words} "]
        if lengths:
            longest[candidate.key] = max(lengths)
    best = max(longest.values(), default=None)
    return tuple(candidate for candidate in candidates if best and longest.get(candidate.key) == best)
