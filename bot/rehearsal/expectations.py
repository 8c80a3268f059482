"""What a script expects, and whether it held: collected to the end, since one failure should not hide the next."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Expectation:
    part: str
    sentence: str
    held: bool
    seen: str = ""  # what was there instead


class CannotGoOn(Exception):
    """What has to happen next is impossible: the script ends here."""


@dataclass(kw_only=True)
class Expectations:
    part: str = ""
    all: list[Expectation] = field(default_factory=list)

    def check(self, sentence: str, held: object, *, seen: object = "") -> bool:
        """Notes whether it held; `seen` says what was there if it did not."""
        told = "" if held else str(seen)
        self.all.append(Expectation(part=self.part, sentence=sentence, held=bool(held), seen=told))
        return bool(held)

    def equal(self, sentence: str, found: object, wanted: object) -> bool:
        return self.check(sentence, found == wanted, seen=f"{found!r} instead of {wanted!r}")

    def says(self, whose: str, text: str | None, parts: Iterable[str]) -> None:
        """Each of `parts` stands in the text."""
        for part in parts:
            self.check(f"{whose} says “{part}”", part in (text or ""), seen=repr(text))

    @property
    def failed(self) -> tuple[Expectation, ...]:
        return tuple(item for item in self.all if not item.held)
