"""Faults on order: rules that make the next calls of a method fail in a chosen way; asked by `bot_api` per call.

kinds: `too_many` answers 429 with `retry_after`; `server_error` answers `status`; `cut_before` and `cut_after` close
the connection without an answer, before or after the call has had its effect; `silence` never has the effect and
says nothing for `seconds`, then closes; `late` has the effect and answers after `seconds`; `garbled` has the effect and
answers 200 with what nobody can read. Of downloads alone: `short` sends a whole answer that lacks half of the file, `page` a
proxy's page with status 200.
"""

import random
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any


class FaultKind(StrEnum):
    TOO_MANY = "too_many"
    SERVER_ERROR = "server_error"
    CUT_BEFORE = "cut_before"
    CUT_AFTER = "cut_after"
    SILENCE = "silence"
    LATE = "late"
    SHORT = "short"
    PAGE = "page"
    GARBLED = "garbled"


@dataclass(kw_only=True)
class Fault:
    """One rule: the next `times` calls (None: all) of the methods that match the shell pattern, to `chat_id` if given.

    Each such call fails with the probability `chance`, by a generator of its own seeded with `seed`; only calls that
    fail are counted.
    """

    kind: FaultKind
    method: str = "*"
    times: int | None = 1
    chat_id: int | None = None
    chance: float = 1.0
    seed: int = 0
    retry_after: int = 1
    status: int = 502
    seconds: float = 5.0
    hits: int = 0
    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.kind = FaultKind(self.kind)
        self._random = random.Random(self.seed)  # noqa: S311 - a repeatable fault, no secret

    def strikes(self, method: str, chat_id: object) -> bool:
        if self.times is not None and self.hits >= self.times:
            return False
        if not fnmatchcase(method, self.method) or (self.chat_id is not None and self.chat_id != chat_id):
            return False
        if self.chance < 1.0 and self._random.random() >= self.chance:
            return False
        self.hits += 1
        return True

    def view(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}


class Faults:
    """The rules in the order in which they were given; the first that strikes decides."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._rules.append(fault)

    def clear(self) -> None:
        self._rules.clear()

    def pick(self, method: str, chat_id: object) -> Fault | None:
        return next((rule for rule in self._rules if rule.strikes(method, chat_id)), None)

    def view(self) -> list[dict[str, Any]]:
        return [rule.view() for rule in self._rules]
