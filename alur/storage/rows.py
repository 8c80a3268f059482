"""What a statement gave back: its rows, all of them fetched, and how many it touched."""

from collections import namedtuple
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy.exc import MultipleResultsFound, NoResultFound

Make = Callable[..., Any]


@lru_cache(maxsize=1024)
def row_of(names: tuple[str, ...]) -> Make:
    """The kind of a row whose columns have these names: a tuple, with an attribute for each."""
    kind: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # noqa: PYI024 - the names are the statement's
    make: Make = kind._make
    return make


class Rows:
    """Of one statement. What asks for one row refuses others as SQLAlchemy's results do."""

    __slots__ = ("_make", "_processes", "_values", "names", "raw", "rowcount")

    def __init__(
        self,
        names: tuple[str, ...],
        raw: Sequence[Sequence[Any]],
        rowcount: int,
        processes: tuple[tuple[int, Callable[[Any], Any]], ...] = (),
    ) -> None:
        """`raw` are rows as the driver gave them, in the order of the names; `processes` make of a column what it stands for."""
        self.names, self.raw, self.rowcount, self._processes = names, raw, rowcount, processes
        self._values: Sequence[Sequence[Any]] | None = None if processes else raw
        self._make = row_of(names)

    @property
    def values(self) -> Sequence[Sequence[Any]]:
        if self._values is None:
            self._values = [self._processed(row) for row in self.raw]
        return self._values

    def __iter__(self) -> Iterator[Any]:
        return map(self._make, self.values)

    def all(self) -> list[Any]:
        return list(self)

    def first(self) -> Any:
        """None where there is no row."""
        return self._make(self.values[0]) if self.raw else None

    def one(self) -> Any:
        return self._make(self._only())

    def one_or_none(self) -> Any:
        return self._make(self._only()) if self.raw else None

    def scalars(self) -> Iterator[Any]:
        """The first column."""
        return (row[0] for row in self.values)

    def scalar_one(self) -> Any:
        return self._only()[0]

    def scalar_one_or_none(self) -> Any:
        return self._only()[0] if self.raw else None

    def named(self) -> Iterator[dict[str, Any]]:
        """Each row by the names of its columns."""
        return (dict(zip(self.names, row, strict=True)) for row in self.values)

    def only_named(self) -> dict[str, Any] | None:
        """The only row likewise; None if there is no row."""
        return dict(zip(self.names, self._only(), strict=True)) if self.raw else None

    def _processed(self, row: Sequence[Any]) -> Sequence[Any]:
        whole = list(row)
        for place, process in self._processes:
            whole[place] = process(whole[place])
        return whole

    def _only(self) -> Sequence[Any]:
        if len(self.raw) == 1:
            return self.values[0]
        if self.raw:
            raise MultipleResultsFound(f"{len(self.raw)} rows were found when exactly one was required")
        raise NoResultFound("No row was found when one was required")
