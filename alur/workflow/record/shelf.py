"""Where a file lies, in the parts that an archive's list has: room, shelf, box, folder, as its location says them in one text."""

import re
from dataclasses import dataclass

# What begins a part, and which it is; what is said of none of them belongs to the part before it, at first to the room.
SAID = {
    "room": ("gedung", "lantai", "ruang", "ruangan", "record", "depo", "gudang"),
    "shelf": ("rak", "lemari", "almari", "lajur", "baris", "laci", "filing", "cabinet", "kabinet", "roll"),
    "box": ("boks", "box", "bok", "kotak", "dus", "kardus"),
    "folder": ("folder", "map", "bundel", "ordner", "sampul", "odner"),
}
PART_OF = {word: part for part, words in SAID.items() for word in words}
NAME = rf"(?:{'|'.join(PART_OF)})(?![^\W\d_])"  # also in "Rak-3" and "Boks12", not in "Raker"
# What stands between parts: a slash does where a part begins behind it, not in "Boks 12/2026".
PIECES = re.compile(rf"[,;\n]+|/(?=\s*{NAME})", re.IGNORECASE)
NAMED = re.compile(NAME, re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    room: str = ""
    shelf: str = ""
    box: str = ""
    folder: str = ""


def shelved(location: str) -> Shelf:
    """Every word of the location in one of the parts, as it was written."""
    found: dict[str, list[str]] = {part: [] for part in SAID}
    part = "room"
    for piece in PIECES.split(location):
        run = list[str]()
        for word in piece.split():
            begun = NAMED.match(word)
            named = PART_OF.get(begun[0].casefold()) if begun else None
            if named is not None and named != part:
                _put(found[part], run)
                part, run = named, []
            run.append(word)
        _put(found[part], run)
    return Shelf(**{name: ", ".join(runs) for name, runs in found.items()})


def _put(runs: list[str], run: list[str]) -> None:
    if run:
        runs.append(" ".join(run))
