"""Notices about what was typed: its answer, where a press has a toast or an alert, and half-done inputs."""

from typing import Any, ClassVar, Self

from alur.workflow.errors import Refusal
from alur.workflow.model import Value
from alur.workflow.notices.notice import AboutCase, Notice


class Refused(Notice):
    template: ClassVar[str] = "refused"
    case_id: int | None = None
    refusal: str
    facts: dict[str, Any]

    @classmethod
    def by(cls, refusal: Refusal, *, case_id: int | None = None, on: int | None = None) -> Self:
        return cls(case_id=case_id, on=on, **refusal.as_notice())


class Recorded(AboutCase):
    """The receipt of a decision: which task it closed, how, and which role has the case then."""

    template: ClassVar[str] = "recorded"
    decided: int
    outcome: str
    to: str | None


class CardReply(AboutCase):
    """To a reply that decides nothing: which would."""

    template: ClassVar[str] = "card_reply"
    task: int


class Cancelled(Notice):
    template: ClassVar[str] = "cancelled"
    was: str | None  # the kind of the form; None where none was open


class NewForm(Value):
    """The button that begins the new form, as it is written."""

    act: str
    subject: str
    revision: int = 0
    argument: str | None = None


class ReplaceForm(Notice):
    """Whether the open form may give way to a new one."""

    template: ClassVar[str] = "replace_form"
    form: int
    old: str  # the open form's kind
    code: str | None  # of the case that it is about
    new: NewForm


class FormReplaced(Notice):
    """In the place of that question, as the next."""

    template: ClassVar[str] = "form_replaced"
    old: str


class FormKept(Notice):
    template: ClassVar[str] = "form_kept"
    old: str
