"""*Akhiri Penugasan*: at once, or with a last day."""

from datetime import date, timedelta

from alur.workflow.forms import Field, Form, Option, Where
from alur.workflow.office.appointing import EndAppointment, check_administrator_stays, check_running
from alur.workflow.office.entitled import check_administers, check_appoints
from alur.workflow.office.rooms.rule import PERSON, POST, Choices, StaffRule, appointment_of, called, post_of
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import Stage
from alur.workflow.presses import On, known

NOW, DAY = "now", "day"
WHEN = Field(name="when", kind="choice", options=(Option(value=NOW, label=""), Option(value=DAY, label="")))


class EndRule(StaffRule[EndAppointment]):
    name, about, destroys = "end", "appointment", True

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        found = appointment_of(s, on)
        if found.is_acting:
            check_appoints(s, by, found.role)
        else:
            check_administers(s, by)
        check_running(s, found)
        check_administrator_stays(s, found.model_copy(update={"ends": s.today - timedelta(days=1)}))

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form | None:
        """One that has not begun is withdrawn: there is no day to ask for."""
        found = appointment_of(s, on)
        day = Field(name="date", kind="date", options=choices.days, only=(Where(field="when", values=(DAY,)),))
        asked = () if found.stage(s.today) is Stage.SCHEDULED else (WHEN, day)
        return self.asking(on, fields=(PERSON, POST, *asked), answers={"person": called(found), "post": post_of(found)})

    def made(self, by: int, on: On, form: Form | None) -> EndAppointment:
        day = form.answers.get("date") if form else None
        last = date.fromisoformat(day) if day else None
        return EndAppointment(by=by, appointment=known(on.appointment, "appointment"), on=last)
