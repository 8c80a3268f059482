"""*Tugaskan* and *Ubah*: who holds a role from when to when, entered in chat by administrators and whoever the SOPs let; and how it
is changed.
"""

from collections.abc import Iterable
from datetime import date

from alur.workflow.errors import NotHolder, Unknown
from alur.workflow.file_kinds import PAPER
from alur.workflow.forms import Field, Form, Option, Where, file_of
from alur.workflow.office.appointing import Appoint, ChangeAppointment, check_running
from alur.workflow.office.entitled import check_appoints
from alur.workflow.office.rooms.rule import Choices, StaffRule
from alur.workflow.office.roster import Person
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import Appointment, AppointmentKind, Stage
from alur.workflow.presses import On, known

MOST_SHOWN = 8  # people to tap: more than fit a phone's screen are found by typing
ANY_ROLE = ""  # no role in particular: whoever may enter any appointment
IS_PLH = Where(field="kind", values=(AppointmentKind.PLH.value,))
IS_ACTING = Where(field="kind", values=(AppointmentKind.PLH.value, AppointmentKind.PLT.value))


class AppointRule(StaffRule[Appoint]):
    name = "appoint"

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        check_appoints(s, by, ANY_ROLE)

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form:
        """The role first: it says who is likely to act in it, and whether it must be said in whose place."""
        roles = tuple(item for item in choices.roles if _may_appoint(s, by, item.value))
        several = tuple(item.value for item in roles if len(_holders(s, item.value)) > 1)
        kinds = tuple(Option(value=kind.value, label="") for kind in _KINDS)
        fields = (
            Field(name="role", kind="choice", options=roles),
            Field(name="member", kind="choice", options=_people(s, choices), by="role", most_shown=MOST_SHOWN),
            Field(name="kind", kind="choice", options=kinds),
            Field(
                name="in_place_of",
                kind="choice",
                options=_absent(s, several),
                by="role",
                only=(IS_PLH, Where(field="role", values=several)),
            ),
            Field(name="starts", kind="date", options=choices.days),
            *_term_and_order(choices),
        )
        return self.asking(on, fields=fields)

    def made(self, by: int, on: On, form: Form | None) -> Appoint:
        form = known(form, "form")
        answers = form.answers
        return Appoint(
            by=by,
            role=answers["role"],
            member=int(answers["member"]),
            kind=AppointmentKind(answers["kind"]),
            starts=date.fromisoformat(answers["starts"]),
            ends=_day(form, "ends"),
            order=answers.get("order"),
            order_date=_day(form, "order_date"),
            order_file=file_of(form, "order_file"),
            in_place_of=int(answers["in_place_of"]) if "in_place_of" in answers else None,
        )

    def outcome(self, s: OfficeSituation, form: Form) -> Appointment | None:
        act = self.made(0, form.on, form)
        person = s.roster.person(act.member)
        if person is None:
            return None
        named = {"name": person.name, "sapaan": person.sapaan, "unit": person.unit}
        return Appointment.model_validate(act.model_dump(exclude={"act", "by"}) | named)


class AmendRule(StaffRule[ChangeAppointment]):
    """Its days and its order, each as it is until it is changed; how it ends has a button of its own."""

    name, about = "amend", "appointment"

    def may(self, s: OfficeSituation, by: int, on: On) -> None:
        found = _appointment(s, on)
        check_appoints(s, by, found.role)
        check_running(s, found)

    def form(self, s: OfficeSituation, by: int, on: On, choices: Choices) -> Form:
        found = _appointment(s, on)
        title = next((item.label for item in choices.roles if item.value == found.role), "")
        said = {"role": title, "member": _called(found), "kind": ""}
        values = {"role": found.role, "member": str(found.member), "kind": found.kind.value}
        fixed = (
            Field(name=name, kind="choice", options=(Option(value=values[name], label=label),), fixed=True)
            for name, label in said.items()
        )
        term = (Field(name="starts", kind="date", options=choices.days), *_term_and_order(choices))
        fields = (*fixed, *(item.model_copy(update={"prefilled": True}) for item in term))
        file = found.order_file
        known_now = {
            "starts": found.starts and found.starts.isoformat(),
            "ends": found.ends and found.ends.isoformat(),
            "order": found.order,
            "order_date": found.order_date and found.order_date.isoformat(),
            "order_file": file and file.model_dump(mode="json"),
        }
        answers = values | {name: value for name, value in known_now.items() if value is not None}
        return self.asking(on, fields=fields, answers=answers)

    def made(self, by: int, on: On, form: Form | None) -> ChangeAppointment:
        form = known(form, "form")
        return ChangeAppointment(
            by=by,
            appointment=known(on.appointment, "appointment"),
            starts=_day(form, "starts"),
            ends=_day(form, "ends"),
            order=form.answers.get("order"),
            order_date=_day(form, "order_date"),
            order_file=file_of(form, "order_file"),
        )

    def outcome(self, s: OfficeSituation, form: Form) -> Appointment | None:
        found = s.roster.appointment(form.on.appointment)
        return None if found is None else self.made(0, form.on, form).changed(found)


_KINDS = (AppointmentKind.PLH, AppointmentKind.PLT, AppointmentKind.DEFINITIVE)  # as often as each is entered


def _term_and_order(choices: Choices) -> tuple[Field, ...]:
    """Behind the first day: a Plh has a last day, a Plh and a Plt an order."""
    return (
        Field(name="ends", kind="date", options=choices.days, by="starts", optional=True, needed=(IS_PLH,)),
        Field(name="order", kind="number", optional=True, needed=(IS_ACTING,)),
        Field(name="order_date", kind="date", options=choices.days_back, optional=True),
        Field(name="order_file", kind="file", accepts=PAPER, optional=True),
    )


def _may_appoint(s: OfficeSituation, by: int, role: str) -> bool:
    try:
        check_appoints(s, by, role)
    except NotHolder:
        return False
    return True


def _people(s: OfficeSituation, choices: Choices) -> tuple[Option, ...]:
    """Everybody, told apart by what he is. With a desk go those who hold another desk, with a role of units those of units."""
    titles = {item.value: item.label for item in choices.roles}
    found = []
    for person in sorted(s.roster.people, key=lambda item: item.name.casefold()):
        held = {
            item.role
            for item in s.roster.appointments
            if item.member == person.id and item.stage(s.today) is Stage.ACTIVE
        }
        fits = tuple(role for role in titles if role not in held and any(_is_like(s, role, own) for own in held))
        found.append(Option(value=str(person.id), label=_label(person, held, titles), fits=fits))
    return tuple(found)


def _label(person: Person, held: Iterable[str], titles: dict[str, str]) -> str:
    about = (person.unit,) if person.unit else tuple(title for role, title in titles.items() if role in held and title)
    return " · ".join((_called(person), *about))


def _called(somebody: Person | Appointment) -> str:
    """By name, as he is addressed."""
    return " ".join(filter(None, (somebody.sapaan, somebody.name)))


def _is_like(s: OfficeSituation, role: str, other: str) -> bool:
    return (role in s.rules.units) == (other in s.rules.units)


def _holders(s: OfficeSituation, role: str) -> dict[int, Appointment]:
    """Who holds the role from today on and is no Plh, each once: in whose place one may act."""
    held = s.roster.held(role, s.today, None)
    return {item.member: item for item in held if item.kind is not AppointmentKind.PLH}


def _absent(s: OfficeSituation, roles: tuple[str, ...]) -> tuple[Option, ...]:
    """Whoever holds one of the roles, once, and goes with those that he holds."""
    held: dict[int, tuple[Appointment, tuple[str, ...]]] = {}
    for role in roles:
        for number, item in _holders(s, role).items():
            held[number] = (item, (*held.get(number, (item, ()))[1], role))
    return tuple(Option(value=str(number), label=_called(item), fits=fits) for number, (item, fits) in held.items())


def _day(form: Form, name: str) -> date | None:
    answer = form.answers.get(name)
    return date.fromisoformat(answer) if answer else None


def _appointment(s: OfficeSituation, on: On) -> Appointment:
    found = s.roster.appointment(known(on.appointment, "appointment"))
    if found is None:
        raise Unknown(subject=f"a{on.appointment}")
    return found
