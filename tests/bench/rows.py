"""The rows of `make bench`: what is compared with what, and how much is wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import ge, le
from statistics import median
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Row:
    name: str
    what: str
    ratios: tuple[float, ...]  # one of each round
    target: float
    at_least: bool = False  # else at most
    is_spoiled: bool = False  # by what no ratio makes good

    @property
    def ratio(self) -> float:
        return median(self.ratios)

    @property
    def is_met(self) -> bool:
        return not self.is_spoiled and (ge if self.at_least else le)(self.ratio, self.target)

    @property
    def goal(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.target:g}"

    @property
    def spread(self) -> tuple[float, float]:
        return min(self.ratios), max(self.ratios)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "ratio": round(self.ratio, 3),
            "spread": [round(end, 3) for end in self.spread],
            "target": self.goal,
            "met": self.is_met,
        }


def ratios(own: Sequence[float], others: Sequence[float]) -> tuple[float, ...]:
    return tuple(one / other for one, other in zip(own, others, strict=True))
