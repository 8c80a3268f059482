"""What an inspection notes: how much it saw, and what was wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.exc import NoResultFound

from alur.workflow.errors import AlurError

# What a value that nobody wrote so is answered with when it is read, replayed or compared.
UNREADABLE = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    RecursionError,
    AlurError,
    NoResultFound,
)

PEOPLE = "people"  # what is wrong with members, appointments and invitations
FOREIGN = "foreign"  # what was pasted and says nothing of this office


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """Something that is not as it must be."""

    where: str
    what: str  # a clause
    matter: str = ""  # PEOPLE or FOREIGN where it is one of theirs

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    findings: tuple[Finding, ...]
    entries: int
    cases: int
    files: int
    checkpoints: int  # those that are stored and those that were pasted

    @property
    def faults(self) -> tuple[str, ...]:
        return tuple(map(str, self.findings))

    @property
    def foreign(self) -> int:
        """How many of the faults are none of this office's."""
        return sum(finding.matter == FOREIGN for finding in self.findings)


@dataclass(kw_only=True)
class Notes:
    """Taken while the office is gone through."""

    findings: list[Finding] = field(default_factory=list)
    entries: int = 0
    cases: int = 0
    checkpoints: int = 0

    def tell(self, where: str, what: str, *, matter: str = "") -> None:
        self.findings.append(Finding(where=where, what=what, matter=matter))

    @contextmanager
    def reading(self, where: str, what: str = "it cannot be read", *, matter: str = "") -> Iterator[None]:
        """Inside, what cannot be read is noted, and ends it."""
        try:
            yield
        except UNREADABLE as error:
            self.tell(where, f"{what} ({type(error).__name__})", matter=matter)
