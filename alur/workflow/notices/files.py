"""Notices about a file that somebody sent."""

from typing import Any, ClassVar

from pydantic import model_validator

from alur.workflow.model import Value
from alur.workflow.notices.notice import AboutCase, Notice
from alur.workflow.older_presses import with_place
from alur.workflow.presses import PlaceId


class FileReceived(AboutCase):
    template: ClassVar[str] = "file_received"
    version: int


class FileRefused(Notice):
    template: ClassVar[str] = "file_refused"
    reason: str  # kind, empty, size or download
    name: str | None


class FileUnwanted(Notice):
    """No open step expects it: whom to ask, or what to do with it."""

    template: ClassVar[str] = "file_unwanted"
    name: str | None
    case_id: int | None = None
    roles: tuple[str, ...] = ()  # those on whose desk the only running case lies
    by_name: tuple[str, ...] = ()
    may_return: bool = False  # it is probably his correction of a draft that lies before him
    is_second: bool = False  # his open form has its one file already
    is_own: bool = False  # the open step is his own

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
