"""*Tugaskan* and *Ubah*: what their forms ask, what one answer makes of the next question, and the acts that they make."""

from datetime import date

import pytest

from alur.workflow.errors import NobodyNamed, NotHolder, Unknown
from alur.workflow.form_moves import changing, chosen, correcting, filed, proceeded, seeking, typed
from alur.workflow.forms import Option, named_option, offered
from alur.workflow.offers import days_ahead, days_back
from alur.workflow.office.appointing import Appoint, ChangeAppointment, EndAppointment
from alur.workflow.office.persons import ChangePerson
from alur.workflow.office.rooms import Choices
from alur.workflow.office.rooms.appoint import AmendRule, AppointRule
from alur.workflow.office.roster import Person
from alur.workflow.office.situation import OfficeSituation
from alur.workflow.people import ADMIN, Appointment, AppointmentKind
from alur.workflow.presses import On
from tests.factories import CALENDAR, SOP, WIB, a_file
from tests.workflow.test_appointing import DEWI, HADI, NOW, RINA, RULES, SEKAR, TODAY, TONO, WULAN, Staffed, day

TITLES = {role.id: role.title for role in SOP.roles}
CHOICES = Choices(
    roles=tuple(Option(value=role, label=TITLES.get(role, "")) for role in RULES.roles),
    days=days_ahead(CALENDAR, NOW, also=TODAY),
    days_back=days_back(CALENDAR, TODAY),
)


@pytest.fixture
def staffed():
    return Staffed()


def situation(staffed):
    return OfficeSituation(roster=staffed.roster, rules=RULES, at=NOW, now=NOW)


def begun(staffed, by=TONO):
    return AppointRule().form(situation(staffed), by, On(), CHOICES)


def filled(form, *answers):
    """Each tapped where it is one of the options, else typed; None skips."""
    for answer in answers:
        field = form.asked
        if answer is None:
            form = proceeded(form)
        elif answer in {item.value for item in field.options}:
            form = chosen(form, field.name, answer)
        else:
            form = typed(form, answer, today=TODAY, zone=WIB)
    return form


def a_plh(staffed, *more):
    return filled(
        begun(staffed), "kabag_umum", str(DEWI), "plh", "2026-12-07", "11 Des 2026", "Nomor: 12/SPt/2026", *more
    )


def shown(form):
    return [item.label for _, item in offered(form, form.asked)]


def crowded(staffed, count):
    """So many more in units, all with their first names counted."""
    people = tuple(Person(id=100 + n, account=9000 + n, name=f"Sari {n:03d}", unit="Ditjen") for n in range(count))
    held = tuple(
        Appointment(id=100 + n, member=item.id, role="unit_terkait", name=item.name) for n, item in enumerate(people)
    )
    roster = staffed.roster
    staffed.roster = roster.model_copy(
        update={"people": (*roster.people, *people), "appointments": (*roster.appointments, *held)}
    )
    return staffed


# Who may


def test_whoever_the_procedures_let_may_and_nobody_else(staffed):
    rule, s = AppointRule(), situation(staffed)
    assert [rule.offers(s, member, On()) for member in (TONO, WULAN, HADI, RINA, SEKAR)] == [
        True,
        True,
        False,
        False,
        False,
    ]
    with pytest.raises(NotHolder) as refused:
        rule.may(s, HADI, On())
    assert refused.value.facts == {"role": "tata_usaha"}  # whom to ask


def test_administrators_alone_appoint_an_administrator(staffed):
    roles = {by: [item.value for item in begun(staffed, by).field("role").options] for by in (TONO, WULAN)}
    assert roles[WULAN] == [*roles[TONO], ADMIN]


# What is asked


def test_a_plh_is_asked_for_both_days_and_the_order(staffed):
    form = a_plh(staffed, None, None)

    assert form.is_ready
    assert AppointRule().made(TONO, On(), form) == Appoint(
        by=TONO,
        role="kabag_umum",
        member=DEWI,
        kind=AppointmentKind.PLH,
        starts=day(7),
        ends=day(11),
        order="12/SPt/2026",
    )


def test_the_orders_day_and_its_file_go_with_it(staffed):
    form = filled(a_plh(staffed), "2026-11-30")
    form = filed(form, a_file("Surat Perintah.pdf"))

    act = AppointRule().made(TONO, On(), form)

    assert (act.order_date, act.order_file.name) == (date(2026, 11, 30), "Surat Perintah.pdf")


@pytest.mark.parametrize(("kind", "may_skip"), [("plh", []), ("plt", ["ends"]), ("definitif", ["ends", "order"])])
def test_what_may_be_skipped_follows_from_the_kind(staffed, kind, may_skip):
    form = filled(begun(staffed), "kabag_umum", str(DEWI), kind, "2026-12-07")
    skipped = []
    for name in ("ends", "order"):
        assert form.asking == name
        if form.may_skip(form.asked):
            skipped.append(name)
            form = proceeded(form)
        else:
            with pytest.raises(Unknown):
                proceeded(form)
            form = filled(form, {"ends": "2026-12-11", "order": "12"}[name])
    assert skipped == may_skip


def test_a_kind_that_is_changed_asks_for_what_it_needs_and_forgets_what_it_does_not(staffed):
    form = filled(begun(staffed), "kabag_umum", str(DEWI), "definitif", "2026-12-07", None, None, None, None)
    assert form.is_ready

    form = filled(correcting(changing(form), "kind"), "plh")
    assert form.asking == "ends"
    form = filled(form, "2026-12-11")
    assert form.asking == "order"
    form = filled(form, "12")

    assert form.is_ready
    assert not form.is_changing


def test_in_whose_place_is_asked_of_a_plh_where_several_hold_the_role(staffed):
    crowded(staffed, 2)
    one = filled(begun(staffed), "kabag_umum", str(DEWI), "plh")
    several = filled(begun(staffed), "unit_terkait", str(DEWI), "plh")
    definitive = filled(begun(staffed), "unit_terkait", str(DEWI), "definitif")

    assert [form.asking for form in (one, several, definitive)] == ["starts", "in_place_of", "starts"]
    assert shown(several) == ["Sari 000", "Sari 001"]
    form = filled(several, "101", "2026-12-07", "2026-12-11", "12", None, None)
    assert AppointRule().made(TONO, On(), form).in_place_of == 101


def test_another_role_forgets_in_whose_place(staffed):
    crowded(staffed, 2)
    form = filled(begun(staffed), "unit_terkait", str(DEWI), "plh", "101", "2026-12-07", "2026-12-11", "12", None, None)

    form = filled(correcting(changing(form), "role"), "kabag_umum")

    assert form.is_ready
    assert AppointRule().made(TONO, On(), form).in_place_of is None


def test_a_holder_of_another_role_cannot_be_the_absent_one(staffed):
    crowded(staffed, 2)
    second = Appointment(id=50, member=SEKAR, role="kabag_umum", name="Sekar")
    roster = staffed.roster
    staffed.roster = roster.model_copy(update={"appointments": (*roster.appointments, second)})
    form = filled(begun(staffed), "kabag_umum", str(DEWI), "plh")

    with pytest.raises(Unknown):
        chosen(form, "in_place_of", "101")


def test_a_last_day_before_the_first_is_not_offered(staffed):
    form = filled(begun(staffed), "kabag_umum", str(DEWI), "plh", "2026-12-09")

    assert [item.value for _, item in offered(form, form.asked)] == [
        "2026-12-09",
        "2026-12-10",
        "2026-12-11",
        "2026-12-14",
    ]
    assert [place for place, _ in offered(form, form.asked)] == [6, 7, 8, 9]  # a press means what was shown


# Whom


def test_people_of_the_fitting_kind_come_first_and_the_holder_last(staffed):
    crowded(staffed, 1)
    desk, unit = (filled(begun(staffed), role) for role in ("kabag_umum", "unit_terkait"))

    assert shown(desk)[0] == "Rina · Analis SDM Aparatur"
    assert shown(desk).index("Hadi · Kepala Bagian Umum") > shown(desk).index("Tono · Tata Usaha")
    assert "Sari 000 · Ditjen" not in shown(unit)[:2]  # holds it already


def test_of_many_a_thumbful_is_shown_and_a_part_of_a_name_finds_the_others(staffed):
    form = filled(begun(crowded(staffed, 180)), "kabag_umum")
    assert len(shown(form)) == 8

    form = seeking(form, "sari 17")

    assert shown(form) == [f"Sari 17{n} · Ditjen" for n in range(8)]
    place, option = offered(form, form.asked)[3]
    assert form.asked.options[place] == option
    assert filled(form, option.value).answers["member"] == option.value


def test_a_name_that_is_one_persons_alone_is_taken_as_a_tap(staffed):
    form = filled(begun(crowded(staffed, 180)), "kabag_umum")
    said = {"dewi": str(DEWI), "Sari 042": "142", "analis": str(RINA), "sari 1": None, "": None, str(DEWI): None}
    assert {text: named_option(form.asked, text) for text in said} == said


def test_a_name_that_nobody_has_is_refused_and_nothing_moves(staffed):
    with pytest.raises(NobodyNamed):
        seeking(filled(begun(staffed), "kabag_umum"), "Zulkifli")


def test_two_of_one_name_are_told_apart(staffed):
    staffed.act(ChangePerson(member=TONO, name="Rina"))
    form = filled(begun(staffed, WULAN), "kabag_umum")
    assert {"Rina · Analis SDM Aparatur", "Rina · Tata Usaha"} <= set(shown(form))
    assert named_option(form.asked, "Rina") is None


# What is entered, and changed


def test_the_outcome_is_what_the_office_then_has(staffed):
    form = a_plh(staffed, None, None)
    will_be = AppointRule().outcome(situation(staffed), form)

    (event,) = staffed.act(AppointRule().made(TONO, On(), form)).events

    assert event.appointment == will_be.model_copy(update={"id": event.appointment.id, "in_place_of": HADI})


def test_a_change_begins_with_what_is_known_and_asks_nothing(staffed):
    staffed.act(staffed.plh())
    form = AmendRule().form(situation(staffed), TONO, On(appointment=6), CHOICES)

    assert form.is_ready
    assert [item.name for item in form.changeable] == ["starts", "ends", "order", "order_date", "order_file"]
    assert staffed.act(AmendRule().made(TONO, form.on, form)).events == ()


def test_a_part_that_is_changed_is_changed_alone(staffed):
    staffed.act(staffed.plh())
    form = AmendRule().form(situation(staffed), TONO, On(appointment=6), CHOICES)
    form = filled(correcting(changing(form), "ends"), "18 Des 2026")
    form = filed(correcting(changing(form), "order_file"), a_file("SPt.pdf"))
    was = staffed.roster.appointment(6)

    (event,) = staffed.act(AmendRule().made(TONO, form.on, form)).events

    changed = {"ends": date(2026, 12, 18), "order_file": a_file("SPt.pdf")}
    assert event.appointment == was.model_copy(update=changed) == AmendRule().outcome(situation(staffed), form)


def test_what_is_over_offers_no_change(staffed):
    staffed.act(staffed.plh())
    on = On(appointment=6)
    assert AmendRule().offers(situation(staffed), TONO, on)
    assert not AmendRule().offers(situation(staffed), RINA, on)
    staffed.act(EndAppointment(appointment=6))
    assert not AmendRule().offers(situation(staffed), TONO, on)


def test_an_appointment_that_is_not_there_is_unknown(staffed):
    with pytest.raises(Unknown):
        AmendRule().may(situation(staffed), TONO, On(appointment=77))


def test_a_change_keeps_what_it_does_not_name(staffed):
    staffed.act(staffed.plh(order_file=a_file("SPt.pdf")))
    staffed.act(ChangeAppointment(appointment=6, ends=day(14)))
    assert staffed.roster.appointment(6).order_file == a_file("SPt.pdf")
