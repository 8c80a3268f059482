"""One person alone who holds what needs two: found on the day, and when an appointment would bring it about."""

from datetime import date

import pytest

from alur.workflow.office.conflicts import ConflictKind, arising, conflicts
from alur.workflow.people import Appointment, AppointmentKind, Office
from tests.factories import CALENDAR, MEMO, SOP
from tests.workflow.walk import wib

HADI, RINA, SEKAR, DEWI, TONO, ANDI = range(1, 7)
NAMES = {HADI: "Hadi", RINA: "Rina", SEKAR: "Sekar", DEWI: "Dewi", TONO: "Tono", ANDI: "Andi"}
TODAY = date(2026, 12, 1)
POSTS = (("sekretaris", SEKAR), ("kabag_umum", HADI), ("analis_sdm", RINA), ("tata_usaha", TONO), ("biro_sdm", ANDI))


def held(number, role, member, **term):
    return Appointment(id=number, member=member, role=role, name=NAMES[member], **term)


def plh(number, role, member, first=7, last=11, **more):
    days = {"starts": date(2026, 12, first), "ends": date(2026, 12, last)}
    return held(number, role, member, kind=AppointmentKind.PLH, order="12", **days, **more)


def an_office(*more, but=()):
    posts = (held(number, *post) for number, post in enumerate(POSTS, start=1) if post[0] not in but)
    return Office(calendar=CALENDAR, appointments=(*posts, *more))


def found(office, at="2026-12-08 10:00", sop=SOP):
    return [(item.kind, item.role, item.other, item.steps, item.member) for item in conflicts(sop, office, wib(at))]


STUCK = (ConflictKind.STUCK, "kabag_umum", "analis_sdm", (3, 6, 10), RINA)


def test_an_office_in_which_everybody_holds_one_post_has_none():
    assert found(an_office()) == []


def test_whoever_prepares_and_acts_for_whoever_decides_leaves_nobody_to_decide():
    assert found(an_office(plh(9, "kabag_umum", RINA))) == [STUCK]


def test_it_is_so_on_the_days_of_the_order_alone():
    office = an_office(plh(9, "kabag_umum", RINA))
    assert [bool(found(office, at)) for at in ("2026-12-06 23:59:59", "2026-12-07 00:00:00")] == [False, True]
    assert [bool(found(office, at)) for at in ("2026-12-11 23:59:59", "2026-12-12 00:00:00")] == [True, False]


def test_it_is_the_same_whichever_of_the_two_posts_came_second():
    hadi = held(9, "analis_sdm", HADI, kind=AppointmentKind.PLT, order="13")
    assert found(an_office(hadi, but=("analis_sdm",))) == [(*STUCK[:4], HADI)]


@pytest.mark.parametrize("beside", ["kabag_umum", "analis_sdm"])
def test_a_second_holder_of_either_post_can_decide_or_draft(beside):
    both = (held(8, "kabag_umum", RINA), held(9, beside, DEWI))
    assert found(an_office(*both, but=("kabag_umum",))) == []


def test_a_desk_that_nobody_holds_is_no_conflict():
    assert found(an_office(but=("kabag_umum", "analis_sdm"))) == []


def test_what_is_returned_must_reach_another_than_whoever_returned_it():
    assert found(an_office(plh(9, "kabag_umum", SEKAR))) == [
        (ConflictKind.SAME, "sekretaris", "kabag_umum", (7,), SEKAR)
    ]


def test_one_of_several_who_decide_together_is_enough_where_the_procedure_says_so():
    """Step 4 of the memo wants the Kabag or Biro SDM, step 3 both; step 6 is the Kabag's alone."""
    steps = [item for item in found(an_office(plh(9, "kabag_umum", RINA)), sop=MEMO) if item[0] is ConflictKind.STUCK]
    assert steps == [(ConflictKind.STUCK, "kabag_umum", "analis_sdm", (3, 6), RINA)]


def test_an_appointment_is_judged_on_its_own_days_beside_those_that_are_entered_for_them():
    """Until Dewi comes as a second Analis on the 10th."""
    dewi = held(8, "analis_sdm", DEWI, starts=date(2026, 12, 10))
    judged = arising((SOP,), an_office(dewi), plh(None, "kabag_umum", RINA), TODAY)
    assert [(item.kind, item.member) for item in judged] == [(ConflictKind.STUCK, RINA)]
    assert arising((SOP,), an_office(dewi), plh(None, "kabag_umum", RINA, first=10), TODAY) == ()


def test_what_begins_in_the_middle_of_it_counts_too():
    """Rina is the one Analis only when Dewi has left."""
    dewi = held(8, "analis_sdm", DEWI, ends=date(2026, 12, 8))
    assert len(arising((SOP,), an_office(dewi), plh(None, "kabag_umum", RINA), TODAY)) == 1
    assert arising((SOP,), an_office(dewi), plh(None, "kabag_umum", RINA, last=8), TODAY) == ()


def test_what_is_so_without_it_is_not_brought_about_by_it():
    rina = held(8, "kabag_umum", RINA)
    office = an_office(rina, but=("kabag_umum",))
    assert arising((SOP,), office, plh(None, "tata_usaha", DEWI), TODAY) == ()


def test_a_change_is_judged_in_the_place_of_what_it_changes():
    known = plh(9, "kabag_umum", RINA)
    office = an_office(known)
    assert len(arising((SOP,), office, known.model_copy(update={"ends": date(2026, 12, 18)}), TODAY)) == 1


def test_what_is_over_before_today_is_not_judged():
    past = plh(None, "kabag_umum", RINA).model_copy(update={"ends": date(2026, 11, 20), "starts": date(2026, 11, 16)})
    assert arising((SOP,), an_office(), past, TODAY) == ()
