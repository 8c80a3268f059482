"""Rows as they must be, held against rows as they stand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


def differences(told: Sequence[Row], stored: Sequence[Row], keys: Sequence[str], table: str) -> Iterator[str]:
    """A clause for each row that is missing, one too many or other than it was told. Columns that are not told may be as they
    like.
    """
    must, stands = _by(told, keys), _by(stored, keys)
    for key in must.keys() | stands.keys():
        place = f"{table} ({', '.join(f'{name} {value}' for name, value in zip(keys, key, strict=True))})"
        if key not in stands:
            yield f"{place} is missing"
        elif key not in must:
            yield f"{place} is there, and nothing tells of it"
        elif wrong := other(must[key], stands[key]):
            yield f"{place} is not as the trail tells: {wrong}"


def other(told: Row, stored: Row) -> str:
    """The columns that differ; nothing where none does."""
    return ", ".join(name for name, value in told.items() if stored[name] != value)


def _by(rows: Sequence[Row], keys: Sequence[str]) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[name] for name in keys): row for row in rows}
