"""Notices about what was typed: its answer, where a press has a toast or an alert, and half-done inputs."""

from typing import Annotated, Any, ClassVar, Self

from pydantic import BeforeValidator

from alur.workflow.errors import Refusal
from alur.workflow.notices.notice import AboutCase, Notice
from alur.workflow.older_presses import begins
from alur.workflow.presses import BeginningPress


class Refused(Notice):
    template: ClassVar[str] = "refused"
    case_id: int | None = None
    task: int | None = None  # whose card was replied to
    refusal: str
    facts: dict[str, Any]
    of_form: str | None = None  # the kind of the form to whose question it was the answer

    @classmethod
    def by(
        cls, refusal: Refusal, *, case_id: int | None = None, on: int | None = None, of_form: str | None = None
    ) -> Self:
        return cls(case_id=case_id, on=on, of_form=of_form, **refusal.as_notice())


def roles_of_any_build(kept: Any) -> Any:
    """A row of a build by which a case had one open task names one role, or none."""
    return () if kept is None else (kept,) if isinstance(kept, str) else kept


class Recorded(AboutCase):
    """The receipt of a decision: which task it closed, how, which roles have the case then, for which of them the step still
    waits, and which of those that it was to reach nobody held.
    """

    template: ClassVar[str] = "recorded"
    decided: int | None = None  # a row of the first releases does not name it
    outcome: str
    to: Annotated[tuple[str, ...], BeforeValidator(roles_of_any_build)] = ()
    awaits: tuple[str, ...] = ()
    vacant: tuple[str, ...] = ()


class CardReply(AboutCase):
    """To a reply that decides nothing: which would."""

    template: ClassVar[str] = "card_reply"
    task: int


class Cancelled(Notice):
    template: ClassVar[str] = "cancelled"
    was: str | None  # the kind of the form; None where none was open


class MessageChanged(Notice):
    """A change inside a message that was sent does not count any more."""

    template: ClassVar[str] = "message_changed"
    is_file: bool  # it has one
    is_version: bool = False  # which became a version
    is_recorded: bool = False  # it was a decision, an answer, or part of one


class ReplaceForm(Notice):
    """Whether the open form may give way to a new one."""

    template: ClassVar[str] = "replace_form"
    form: int
    old: str  # the open form's kind
    code: str | None  # of the case that it is about
    new: Annotated[BeginningPress, BeforeValidator(begins)]
    begun_on: int | None = None  # the message that was pressed for it; a row of an earlier build does not name it


class FormReplaced(Notice):
    """In the place of that question, as the next."""

    template: ClassVar[str] = "form_replaced"
    old: str


class FormKept(Notice):
    template: ClassVar[str] = "form_kept"
    old: str
