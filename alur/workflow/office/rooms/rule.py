"""A rule of the office is the room of one act about people, as a button and a form do it in chat: who may, what is asked, and the
act that the answers make. What follows from the act stands in `decide`, for the command line too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from alur.workflow.errors import Refusal, Unknown
from alur.workflow.forms import Field, Form, Option, begun
from alur.workflow.office.roster import Invitation, Person
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import Appointment
from alur.workflow.presses import On

A = TypeVar("A")


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What a form of the office may offer to be tapped, and what it may say of the work at hand."""

    roles: tuple[Option, ...]  # each under its title
    days: tuple[Option, ...]  # the next working days
    days_back: tuple[Option, ...] = ()  # the last ones, the latest first
    open_tasks: Mapping[str, int] = field(default_factory=dict)  # how many lie on the desk of a role


class StaffRule(Generic[A]):
    name: ClassVar[str]  # of the button, and of the form that it begins
    about: ClassVar[str | None] = (
        None  # of `On`: what its button names: member, appointment or invitation; None: nothing
    )
    answer: ClassVar[str] = "people_changed"  # the name of what is said to the press
    destroys: ClassVar[bool] = False  # asked in the words of the question, or with *Tidak Jadi*

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

    def asked_after(self, form: Form, refusal: Refusal) -> Form:
        """The form after its act was refused, with what is to be asked then; mostly as it was."""
        return form

    def asking(self, on: On, **parts: Any) -> Form:
        """A form of this rule's own with its first question; `parts` are its fields, and what is known already."""
        return begun(Form(kind=self.name, on=on, **parts))


# What a form is about, said above its questions.
PERSON = Field(name="person", kind="text", fixed=True)
POST = Field(name="post", kind="text", fixed=True)


def each(values: Iterable[str]) -> tuple[Option, ...]:
    """Options that are words themselves."""
    return tuple(Option(value=value, label=value) for value in values)


def called(somebody: Person | Appointment | Invitation) -> str:
    """Somebody by name, as he is addressed."""
    return " ".join(filter(None, (somebody.sapaan, somebody.name)))


def post_of(held: Appointment) -> str:
    """What he holds, as a form's answer names it: the kind and the role."""
    return f"{held.kind.value}:{held.role}"


def person_of(s: OfficeSituation, on: On) -> Person:
    found = s.roster.person(on.member)
    if found is None:
        raise Unknown(subject=f"m{on.member}")
    return found


def appointment_of(s: OfficeSituation, on: On) -> Appointment:
    found = s.roster.appointment(on.appointment)
    if found is None:
        raise Unknown(subject=f"a{on.appointment}")
    return found


def invitation_of(s: OfficeSituation, on: On) -> Invitation:
    found = s.roster.invitation(on.invitation)
    if found is None:
        raise Unknown(subject=f"i{on.invitation}")
    return found
