"""The log of what the bot called, newest last; the control API hands it out with a cursor."""

from collections import deque
from fnmatch import fnmatchcase
from typing import Any

KEPT = 20_000


class CallLog:
    """In memory, the last 20,000 calls; numbers count from 1 since the process started."""

    def __init__(self) -> None:
        self._calls: deque[dict[str, Any]] = deque(maxlen=KEPT)
        self._last = 0

    def add(
        self, *, method: str, parameters: dict[str, Any], answer: dict[str, Any] | None, effect: Any, at: str
    ) -> None:
        """Answer is the JSON body, None when a fault left the bot without one; `effect` is the method's result all the
        same, None where it did nothing.
        """
        self._last += 1
        call = {"method": method, "parameters": parameters, "answer": answer, "effect": effect}
        self._calls.append({"number": self._last, "at": at, **call})

    def since(self, number: int, *, pattern: str = "*") -> list[dict[str, Any]]:
        """Those after the number whose method matches the shell pattern."""
        return [call for call in self._calls if call["number"] > number and fnmatchcase(call["method"], pattern)]
