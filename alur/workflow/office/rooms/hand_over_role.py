"""*Serahkan Jabatan*: what one holds, another member holds from now on, with all that is open before the role."""

from datetime import date

from alur.workflow.forms import Field, Form, Option
from alur.workflow.office.appointing import HandOverRole, check_handed_over, successors
from alur.workflow.office.entitled import check_administers
from alur.workflow.office.rooms.rule import PERSON, POST, Choices, StaffRule, appointment_of, called, post_of
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import Appointment
from alur.workflow.presses import On, known

MOST_SHOWN = 8  # people that a thumb looks through; others are found by typing a part of the name
TASKS = Field(name="tasks", kind="text", fixed=True)
ORDER = Field(name="order", kind="number", optional=True)


class HandOverRoleRule(StaffRule[HandOverRole]):
    name, about = "hand_over_role", "appointment"

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        check_administers(s, by)
        check_handed_over(s, appointment_of(s, on))

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form | None:
        """With how many tasks go along."""
        found = appointment_of(s, on)
        to = Field(name="to", kind="choice", options=_options(s, found), most_shown=MOST_SHOWN)
        dated = Field(name="order_date", kind="date", options=choices.days_back, optional=True)
        count = choices.open_tasks.get(found.role, 0)
        said = {"person": called(found), "post": post_of(found)} | ({"tasks": str(count)} if count else {})
        return self.asking(on, fields=(PERSON, POST, TASKS, to, ORDER, dated), answers=said)

    def made(self, by: int, on: On, form: Form | None) -> HandOverRole:
        answers = form.answers if form else {}
        dated = answers.get("order_date")
        return HandOverRole(
            by=by,
            appointment=known(on.appointment, "appointment"),
            to=int(answers["to"]),
            order=answers.get("order"),
            order_date=date.fromisoformat(dated) if dated else None,
        )


def _options(s: OfficeSituation, found: Appointment) -> tuple[Option, ...]:
    """Those first who hold nothing else."""
    busy = {item.member for item in s.roster.appointments if item.is_in_force(s.today)}
    by_name = sorted(successors(s, found), key=lambda item: (item.id in busy, item.name.casefold(), item.id))
    return tuple(Option(value=str(item.id), label=called(item)) for item in by_name)
