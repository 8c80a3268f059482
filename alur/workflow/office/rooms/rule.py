"""A rule of the office is the room of one act about people, as a button and a form do it in chat: who may, what is asked, and the
act that the answers make. What follows from the act stands in `decide`, for the command line too.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

from alur.workflow.errors import Refusal
from alur.workflow.forms import Form, Option, begun
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import Appointment
from alur.workflow.presses import On

A = TypeVar("A")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a form of the office may offer to be tapped."""

    roles: tuple[Option, ...]  # each under its title
    days: tuple[Option, ...]  # the next working days
    days_back: tuple[Option, ...] = ()  # the last ones, the latest first


class StaffRule(Generic[A]):
    name: ClassVar[str]  # of the button, and of the form that it begins
    about: ClassVar[str | None] = (
        None  # of `On`: what its button names: member, appointment or invitation; None: nothing
    )
    answer: ClassVar[str] = "people_changed"  # the name of what is said to the press
    destroys: ClassVar[bool] = False  # asked with *Ya, Batalkan* or *Tidak Jadi*

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        """Raises the `Refusal` that says why the member may not do this now."""
        raise NotImplementedError

    def offers(self, s: OfficeSituation, by: int, on: On) -> bool:
        """Whether a screen shows the button."""
        try:
            self.may(s, by, on)
        except Refusal:
            return False
        return True

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form | None:
        """The form that a press begins; None where nothing is to be asked."""
        raise NotImplementedError

    def made(self, by: int, on: On, form: Form | None) -> A:
        """The act of a press, or of a form's answers."""
        raise NotImplementedError

    def outcome(self, s: OfficeSituation, form: Form) -> Appointment | None:
        """The appointment as it will be by the answers, where they are all there; None where they are about something else."""
        return None

    def asking(self, on: On, **parts: Any) -> Form:
        """A form of this rule's own with its first question; `parts` are its fields, and what is known already."""
        return begun(Form(kind=self.name, on=on, **parts))
