"""Notices about a file that somebody sent."""

from typing import Any, ClassVar, Literal

from pydantic import model_validator

from alur.workflow.model import Value
from alur.workflow.notices.notice import AboutCase, Notice, Person
from alur.workflow.older_presses import with_place
from alur.workflow.presses import PlaceId


class FileReceived(AboutCase):
    template: ClassVar[str] = "file_received"
    version: int
    was: int | None = None  # the version of another document that the file had been


class FileRefused(Notice):
    template: ClassVar[str] = "file_refused"
    reason: str  # empty, size, download, voice, paper, or what its content was found to lack (`file_kinds.Fault`), or its kind
    name: str | None
    found: str | None = None  # the kind that it is, of `file_kinds`
    named: str | None = None  # the kind that its name told
    asked: Literal["file", "reason", "paper"] | None = None  # for what his open form asked


class FileKept(Notice):
    """It came before his open form asked for it, and has its place there."""

    template: ClassVar[str] = "file_kept"
    name: str
    form: str  # its kind
    field: str
    case_id: int | None = None  # that the form is about
    on: int | None = None

    def subject(self) -> dict[str, Any]:
        """A reply to it is about the form, not about the papers of its case."""
        return {}


class FileUnwanted(Notice):
    """No open step expects it: whom to ask, or what to do with it."""

    template: ClassVar[str] = "file_unwanted"
    name: str | None
    case_id: int | None = None
    roles: tuple[str, ...] = ()  # those on whose desk the only running case lies
    by_name: tuple[Person, ...] = ()
    may_return: bool = False  # it is probably his correction of a draft that lies before him
    is_second: bool = False  # his open form has its one file already
    is_own: bool = False  # the open step is his own
    may_correct: bool = False  # it may be the letter of that case as it should have been
    may_open: bool = False  # it may be the letter of a case that he has not opened yet

    @model_validator(mode="before")
    @classmethod
    def _of_one_role(cls, kept: Any) -> Any:
        """A row of a build by which a case had one open task."""
        if not isinstance(kept, dict) or "role" not in kept:
            return kept
        role = kept["role"]
        return {key: value for key, value in kept.items() if key != "role"} | {"roles": (role,) if role else ()}


class PlaceOffered(Value):
    """A place where the file may land, as its button names it."""

    case_id: int
    code: str
    place: PlaceId
    title: str
    signed: bool = False
    field: str | None = None  # of his open form, in the place of a case
    form: str | None = None  # its kind

    @model_validator(mode="before")
    @classmethod
    def _of_any_build(cls, kept: Any) -> Any:
        return with_place(kept)


class WhichDocument(Notice):
    template: ClassVar[str] = "which_document"
    upload: int
    name: str
    options: tuple[PlaceOffered, ...]
    is_cut: bool = False  # there are more than a question can name


class FileSettled(Notice):
    """In the place of that question: it is answered."""

    template: ClassVar[str] = "file_settled"
    name: str
    is_dropped: bool
