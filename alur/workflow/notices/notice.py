"""What every notice is: a message that is sent once, as a value that says what it is about, never in which words.

A class has the name under which its rows stand in the outbox (`template`, also its template's file) and says what else its
words need. Services write notices, storage keeps them, `alur.views.notice` makes their words when they are sent.
"""

from enum import StrEnum
from typing import Any, ClassVar, Self

from pydantic import model_validator

from alur.workflow.model import Value


class Need(StrEnum):
    """What is looked up for the words of a notice when it is sent, beside its reader and the case that it names."""

    CASES = "cases"  # the page of cases that it shows
    CHOICE = "choice"  # what the cases are called from which its reader may choose on its page
    TRAIL = "trail"  # the case's trail
    PROOF = "proof"  # how far the case's trail goes, and the checkpoint that covers it
    STAFF = "staff"  # the people of the office and what they are appointed to
    AGENDA = "agenda"  # what its moment means for its reader now
    PEOPLE = "people"  # the people of the office, as far as he may see them
    CHECKPOINT = "checkpoint"  # the note, as it was signed
    BUNDLE = "bundle"  # what its part is called, and what the ZIPs leave out
    REPORTS = "reports"  # the year's report of each procedure that its reader reads whole
    CODE = "code"  # that of its invitation, while its link is still to be sent


SUBJECTS = ("case_id", "task", "version", "question", "document")


class Notice(Value):
    """A field with a default may be missing in a row: the default is what such a row means, and stays what it is."""

    template: ClassVar[str]
    needs: ClassVar[frozenset[Need]] = frozenset()

    on: int | None = None  # the message that it takes the place of
    anew: int | None = None  # the notice whose message it takes the place of, wherever that has come to stand

    @property
    def of_case(self) -> int | None:
        """The case that it names; its words are made from that as it is when they are made."""
        number: int | None = getattr(self, "case_id", None)
        return number

    def again(self, _row: int, on: int | None) -> Self:
        """The same once more, in the place of the message `on`; before it was told by that row."""
        return self.model_copy(update={"anew": None, "on": on})

    def subject(self) -> dict[str, Any]:
        """What a reply to its message is about."""
        named = {name: getattr(self, name, None) for name in SUBJECTS}
        return {name: value for name, value in named.items() if value is not None}

    def kept(self) -> dict[str, Any]:
        """The notice as its row keeps it, beside the template's name."""
        return self.model_dump(mode="json", exclude_defaults=True)


class AboutCase(Notice):
    case_id: int


class Person(Value):
    """Somebody whom a notice names to another."""

    name: str
    sapaan: str | None = None
    title: str | None = None  # the post, where it is said too

    @model_validator(mode="before")
    @classmethod
    def _of_name(cls, kept: Any) -> Any:
        """In a row of a build that kept the words alone they stand as they are."""
        return {"name": kept, "sapaan": ""} if isinstance(kept, str) else kept
