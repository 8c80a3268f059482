"""What is asked before somebody is invited, ended, handed over or unlinked, and of whom: the office's rooms."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alur.workflow.errors import AppointmentRefused, MemberRefused, NotHolder, Unknown
from alur.workflow.form_moves import chosen, proceeded, seeking, typed
from alur.workflow.forms import Option
from alur.workflow.office import Invitation, Person, Roster, decide
from alur.workflow.office.appointing import EndAppointment, HandOverRole
from alur.workflow.office.joining import VALID_FOR, Invite
from alur.workflow.office.rooms import STAFF_RULES, Choices, staff_rule
from alur.workflow.office.situation import OfficeRules, OfficeSituation
from alur.workflow.people import ADMIN, Appointment, AppointmentKind
from alur.workflow.presses import On
from tests.factories import CALENDAR
from tests.workflow.walk import wib

NOW = wib("2026-12-01 09:00")
TODAY = date(2026, 12, 1)
RULES = OfficeRules(
    zone=CALENDAR.zone,
    roles=("sekretaris", "kabag_umum", "unit_terkait", "tata_usaha", ADMIN),
    appoint=frozenset({"tata_usaha"}),
    units=frozenset({"unit_terkait"}),
)
EKO, HADI, SARI, TONO, DEWI = range(1, 6)  # Dewi holds nothing, and has no phone
POSTS = {EKO: ADMIN, HADI: "kabag_umum", SARI: "unit_terkait", TONO: "tata_usaha"}
NAMES = {EKO: "Eko", HADI: "Hadi", SARI: "Sari", TONO: "Tono", DEWI: "Dewi"}
CHOICES = Choices(
    roles=tuple(Option(value=role, label=role.title()) for role in RULES.roles),
    days=(Option(value="2026-12-01", label=""), Option(value="2026-12-02", label="")),
    open_tasks={"kabag_umum": 3},
)
OPEN, OVER, USED = 1, 2, 3


@pytest.fixture
def s():
    people = tuple(
        Person(
            id=number,
            account=None if number == DEWI else 7000 + number,
            name=name,
            sapaan="Bapak",
            unit="Direktorat Teknik" if number == SARI else None,
        )
        for number, name in NAMES.items()
    )
    held = tuple(
        Appointment(id=number, member=number, role=role, name=NAMES[number], sapaan="Bapak")
        for number, role in POSTS.items()
    )
    known = {"name": "Rina", "sapaan": "Ibu"}
    invitations = (
        Invitation(id=OPEN, role="unit_terkait", unit="Direktorat Gas", expires_at=NOW + VALID_FOR, **known),
        Invitation(id=OVER, role="kabag_umum", expires_at=NOW - timedelta(hours=1), **known),
        Invitation(id=USED, role="sekretaris", used_by=7002, expires_at=NOW + VALID_FOR, **known),
    )
    roster = Roster(people=people, appointments=held, invitations=invitations)
    return OfficeSituation(roster=roster, rules=RULES, at=NOW, now=NOW)


def form(s, name, *, by=EKO, **on):
    rule = staff_rule(name)
    rule.may(s, by, On(**on))
    return rule.form(s, by, On(**on), CHOICES)


def made(moved, by=EKO):
    return staff_rule(moved.kind).made(by, moved.on, moved)


def answering(moved, *answers):
    """Each answer chosen, or typed; None skips the question."""
    for answer in answers:
        if answer is None:
            moved = proceeded(moved)
        elif moved.asked.kind == "choice":
            moved = chosen(moved, moved.asking, answer)
        else:
            moved = typed(moved, answer, today=TODAY, zone=CALENDAR.zone)
    return moved


def with_appointments(s, *more):
    return replace(s, roster=s.roster.model_copy(update={"appointments": (*s.roster.appointments, *more)}))


# --- Who may


@pytest.mark.parametrize("rule", [rule for rule in STAFF_RULES if rule.name not in ("appoint", "amend")])
def test_whoever_administers_nothing_may_do_nothing(s, rule):
    on = On(member=SARI, appointment=HADI, invitation=OPEN)
    for by in (HADI, SARI, DEWI):
        with pytest.raises(NotHolder):
            rule.may(s, by, on)
        assert not rule.offers(s, by, on)


@pytest.mark.parametrize("rule", [rule for rule in STAFF_RULES if rule.about is not None])
def test_what_is_not_there_is_unknown_and_never_number_0(s, rule):
    for on in (On(), On(member=99, appointment=99, invitation=99)):
        with pytest.raises(Unknown):
            rule.may(s, EKO, on)


def test_tata_usaha_invites_units_and_withdraws_their_invitations_alone(s):
    offered = [item.value for item in form(s, "invite", by=TONO).field("role").options]
    assert offered == ["unit_terkait"]
    withdraw = staff_rule("withdraw_invite")
    assert withdraw.offers(s, TONO, On(invitation=OPEN))
    assert not withdraw.offers(s, TONO, On(invitation=OVER))
    assert not any(
        staff_rule(name).offers(s, TONO, On(member=SARI, appointment=SARI))
        for name in ("change_person", "hand_over_role", "end", "unlink", "relink")
    )


@pytest.mark.parametrize(
    ("name", "on", "reason"),
    [
        ("withdraw_invite", {"invitation": USED}, "used"),
        ("invite_again", {"invitation": USED}, "joined"),
        ("relink", {"member": HADI}, "linked"),
        ("unlink", {"member": DEWI}, "unlinked"),
    ],
)
def test_a_button_that_would_be_refused_is_not_offered(s, name, on, reason):
    with pytest.raises(MemberRefused) as refused:
        staff_rule(name).may(s, EKO, On(**on))
    assert refused.value.facts["reason"] == reason
    assert not staff_rule(name).offers(s, EKO, On(**on))


@pytest.mark.parametrize(("name", "on"), [("end", {"appointment": EKO}), ("unlink", {"member": EKO})])
def test_the_last_administrator_is_not_offered_to_be_removed_until_there_is_another(s, name, on):
    with pytest.raises(AppointmentRefused) as refused:
        staff_rule(name).may(s, EKO, On(**on))
    assert refused.value.facts["reason"] == "last"

    two = with_appointments(s, Appointment(id=9, member=HADI, role=ADMIN, name="Hadi"))
    assert staff_rule(name).offers(two, EKO, On(**on))


# --- Inviting


def test_a_free_post_asks_for_a_name_and_how_he_is_addressed(s):
    moved = answering(form(s, "invite"), "sekretaris", "Rina", None)
    assert moved.asking is None
    assert made(moved) == Invite(by=EKO, role="sekretaris", name="Rina")


def test_a_post_that_is_held_asks_whom_the_newcomer_replaces_or_stands_beside(s):
    asked = chosen(form(s, "invite"), "role", "kabag_umum")
    assert asked.asking == "beside"
    instead = answering(asked, f"replaces:{HADI}:kabag_umum", "Rina", "Ibu")
    assert made(instead) == Invite(by=EKO, role="kabag_umum", name="Rina", sapaan="Ibu", replaces=HADI)
    beside = answering(asked, "also:kabag_umum", "Rina", "Ibu")
    assert made(beside).also
    assert decide(s.roster, made(beside), NOW, rules=RULES).events


def test_a_role_of_units_asks_for_the_unit_of_those_that_are_known(s):
    moved = answering(form(s, "invite"), "unit_terkait", "Rina", "Ibu")
    assert moved.asking == "unit"
    assert [item.value for item in moved.field("unit").options] == ["Direktorat Gas", "Direktorat Teknik"]
    assert made(answering(moved, "Direktorat Gas")).unit == "Direktorat Gas"


@pytest.mark.parametrize(("taken", "unit"), [("same", "Direktorat Teknik"), ("new", "Direktorat Teknikk")])
def test_a_unit_that_is_nearly_another_is_asked_about_after_it_was_refused(s, taken, unit):
    moved = answering(form(s, "invite"), "unit_terkait", "Rina", "Ibu", "Direktorat Teknikk")
    refusal = decide(s.roster, made(moved), NOW, rules=RULES).refusal
    asked = staff_rule("invite").asked_after(moved, refusal)
    assert asked.asking == "same_unit"

    act = made(answering(asked, f"{taken}:{unit}"))
    assert (act.unit, act.is_new_unit) == (unit, taken == "new")
    assert decide(s.roster, act, NOW, rules=RULES).events[0].invitation.unit == unit


def test_another_refusal_asks_nothing(s):
    moved = answering(form(s, "invite"), "unit_terkait", "Rina", "Ibu", "Direktorat Gas")
    assert staff_rule("invite").asked_after(moved, NotHolder(role=ADMIN)) == moved


def test_another_unit_drops_the_question_that_the_first_one_raised(s):
    moved = answering(form(s, "invite"), "unit_terkait", "Rina", "Ibu", "Direktorat Teknikk")
    refusal = decide(s.roster, made(moved), NOW, rules=RULES).refusal
    asked = answering(staff_rule("invite").asked_after(moved, refusal), "new:Direktorat Teknikk")
    other = asked.model_copy(update={"is_changing": True, "asking": "unit", "is_writing": True})
    act = made(answering(other, "Biro Hukum"))
    assert (act.unit, act.is_new_unit) == ("Biro Hukum", False)


def test_who_came_too_late_is_invited_anew_with_all_that_was_said_of_him(s):
    moved = form(s, "invite_again", invitation=OVER)
    assert moved.asking == "beside"
    assert made(answering(moved, "also:kabag_umum")) == Invite(
        by=EKO, role="kabag_umum", name="Rina", sapaan="Ibu", also=True
    )
    whole = form(s, "invite_again", invitation=OPEN)
    assert whole.asking is None


def test_whoever_lost_his_phone_is_invited_under_his_own_number(s):
    assert made(form(s, "relink", member=DEWI)) == Invite(by=EKO, member=DEWI)


# --- A person and what he holds


def test_a_persons_data_stand_there_and_what_is_not_changed_changes_nothing(s):
    moved = form(s, "change_person", member=SARI)
    assert moved.asking is None
    assert moved.answers == {"name": "Sari", "sapaan": "Bapak", "unit": "Direktorat Teknik"}
    assert decide(s.roster, made(moved), NOW, rules=RULES).events == ()


def test_an_appointment_ends_at_once_or_on_a_day(s):
    moved = form(s, "end", appointment=HADI)
    assert made(answering(moved, "now")) == EndAppointment(by=EKO, appointment=HADI)
    assert made(answering(moved, "day", "2 Desember 2026")).on == date(2026, 12, 2)


def test_one_that_has_not_begun_is_withdrawn_without_a_question(s):
    later = Appointment(
        id=8, member=DEWI, role="kabag_umum", name="Dewi", kind=AppointmentKind.PLT, starts=date(2026, 12, 7)
    )
    assert form(with_appointments(s, later), "end", appointment=8).asking is None


def test_a_post_is_handed_over_to_another_with_a_phone_and_says_how_much_goes_along(s):
    moved = form(s, "hand_over_role", appointment=HADI)
    assert moved.answers["tasks"] == "3"
    assert {item.value for item in moved.field("to").options} == {str(EKO), str(SARI), str(TONO)}
    act = made(answering(moved, str(SARI), "12/SK/2026", None))
    assert act == HandOverRole(by=EKO, appointment=HADI, to=SARI, order="12/SK/2026")


def test_a_part_of_a_name_finds_the_person(s):
    moved = seeking(form(s, "hand_over_role", appointment=HADI), "sa")
    assert moved.sought == "sa"


def test_what_is_held_for_another_is_not_handed_over(s):
    plh = Appointment(
        id=8, member=DEWI, role="kabag_umum", name="Dewi", kind=AppointmentKind.PLH, starts=TODAY, ends=TODAY
    )
    with pytest.raises(AppointmentRefused) as refused:
        staff_rule("hand_over_role").may(with_appointments(s, plh), EKO, On(appointment=8))
    assert refused.value.facts["reason"] == "acting"


def test_a_post_that_nobody_could_take_is_not_offered_to_be_handed_over(s):
    alone = replace(s, roster=s.roster.model_copy(update={"people": s.roster.people[:1]}))
    with pytest.raises(AppointmentRefused) as refused:
        staff_rule("hand_over_role").may(alone, EKO, On(appointment=EKO))
    assert refused.value.facts["reason"] == "nobody"
