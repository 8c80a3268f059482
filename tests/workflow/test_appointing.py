"""Who is appointed to what: what stands beside what, who may enter it, and who acts on which day."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.workflow.errors import AppointmentRefused, MemberRefused, NotHolder, Refusal
from alur.workflow.office import Invitation, Person, Roster, decide
from alur.workflow.office.appointing import Appoint, ChangeAppointment, EndAppointment, HandOverRole
from alur.workflow.office.events import replay
from alur.workflow.office.joining import Enrol, Invite, WithdrawInvitation
from alur.workflow.office.persons import ChangePerson, Unlink
from alur.workflow.office.situation import OfficeRules
from alur.workflow.people import ADMIN, Appointment, AppointmentKind, Office, Stage
from tests.factories import CALENDAR
from tests.workflow.walk import wib

NOW = wib("2026-12-01 09:00")
TODAY = date(2026, 12, 1)
RULES = OfficeRules(
    zone=CALENDAR.zone,
    roles=("sekretaris", "kabag_umum", "analis_sdm", "unit_terkait", "tata_usaha", ADMIN),
    appoint=frozenset({"tata_usaha"}),
    units=frozenset({"unit_terkait"}),
)
HADI, DEWI, RINA, TONO, WULAN, SEKAR = range(1, 7)
NAMES = {HADI: "Hadi", DEWI: "Dewi", RINA: "Rina", TONO: "Tono", WULAN: "Wulan", SEKAR: "Sekar"}
POSTS = {HADI: "kabag_umum", RINA: "analis_sdm", TONO: "tata_usaha", WULAN: ADMIN, SEKAR: "sekretaris"}  # DEWI: none


def day(number):
    return date(2026, 12, number)


class Staffed:
    """An office with a person in each post, and one in none."""

    def __init__(self):
        people = tuple(Person(id=number, account=7000 + number, name=name) for number, name in NAMES.items())
        held = tuple(
            Appointment(id=place, member=member, role=role, name=NAMES[member])
            for place, (member, role) in enumerate(POSTS.items(), start=1)
        )
        self.roster, self.at = Roster(people=people, appointments=held), NOW

    def act(self, act, now=None):
        decision = decide(self.roster, act, self.at, rules=RULES, now=now)
        self.roster = replay(decision.events, self.roster)
        return decision

    def refusal(self, act):
        before, refusal = self.roster, self.act(act).refusal
        assert self.roster == before
        return refusal

    def plh(self, member=DEWI, role="kabag_umum", first=7, last=11, **changes):
        asked = {"kind": AppointmentKind.PLH, "order": "12/SPt/2026", "starts": day(first), "ends": day(last)}
        return Appoint(role=role, member=member, **asked | changes)

    def office(self):
        return Office(calendar=CALENDAR, appointments=self.roster.appointments)

    def acting(self, role, at):
        return [item.member for item in self.office().holders(role, at)]


@pytest.fixture
def staffed():
    return Staffed()


def reason(refusal):
    return (type(refusal), refusal.facts["reason"])


def test_a_plh_acts_from_the_first_second_of_his_first_day_to_the_last_of_his_last(staffed):
    staffed.act(staffed.plh())

    assert staffed.acting("kabag_umum", wib("2026-12-06 23:59:59")) == [HADI]
    assert staffed.acting("kabag_umum", wib("2026-12-07 00:00:00")) == [DEWI]
    assert staffed.acting("kabag_umum", wib("2026-12-11 23:59:59")) == [DEWI]
    assert staffed.acting("kabag_umum", wib("2026-12-12 00:00:00")) == [HADI]


def test_meanwhile_the_absent_holder_reads_and_does_not_act(staffed):
    staffed.act(staffed.plh())
    office, during, after = staffed.office(), wib("2026-12-09 10:00"), wib("2026-12-14 10:00")

    assert (office.roles(HADI, during), office.reads(HADI, during)) == ((), ("kabag_umum",))
    assert office.appointment(HADI, ("kabag_umum",), during) is None
    assert office.plh_of(HADI, "kabag_umum", during).member == DEWI
    assert (office.roles(HADI, after), office.reads(DEWI, after)) == (("kabag_umum",), ())


def test_a_person_who_is_appointed_keeps_her_name_and_what_she_holds(staffed):
    staffed.act(staffed.plh(member=RINA))

    during = wib("2026-12-09 10:00")
    assert staffed.office().roles(RINA, during) == ("analis_sdm", "kabag_umum")
    assert staffed.roster.person(RINA).name == "Rina"
    actor = staffed.office().appointment(RINA, ("kabag_umum",), during).actor()
    assert (actor.name, actor.kind, actor.order) == ("Rina", AppointmentKind.PLH, "12/SPt/2026")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"first": 11, "last": 7}, "days"),
        ({"starts": date(2026, 11, 2), "ends": date(2026, 11, 30)}, "over"),
        ({"order": None}, "order"),
        ({"order": "   "}, "order"),
        ({"ends": None}, "end"),
        ({"member": HADI}, "himself"),
    ],
)
def test_an_appointment_that_cannot_stand_is_refused_with_the_reason(staffed, changes, why):
    assert reason(staffed.refusal(staffed.plh(**changes))) == (AppointmentRefused, why)


@pytest.mark.parametrize(("first", "last"), [(1, 7), (11, 15), (8, 9), (1, 20), (7, 11)])
def test_a_second_plh_of_one_holder_on_any_of_the_days_is_refused(staffed, first, last):
    staffed.act(staffed.plh())

    refusal = staffed.refusal(staffed.plh(member=TONO, first=first, last=last))
    assert reason(refusal) == (AppointmentRefused, "overlap")
    assert refusal.facts["by"] == "Dewi"


def test_one_before_and_one_after_are_none_of_its_days(staffed):
    staffed.act(staffed.plh())

    assert staffed.act(staffed.plh(member=TONO, first=1, last=6)).events
    assert staffed.act(staffed.plh(member=TONO, first=12, last=15)).events


def test_a_plh_has_no_plh_in_no_role_of_his(staffed):
    staffed.act(staffed.plh(member=RINA))

    assert reason(staffed.refusal(staffed.plh(member=DEWI, role="analis_sdm"))) == (AppointmentRefused, "chain")


def test_whoever_is_absent_is_nobodys_plh(staffed):
    staffed.act(staffed.plh())

    assert reason(staffed.refusal(staffed.plh(member=HADI, role="sekretaris"))) == (AppointmentRefused, "absent")


def test_a_plt_is_for_a_post_that_is_vacant(staffed):
    plt = staffed.plh(kind=AppointmentKind.PLT, ends=None)
    assert reason(staffed.refusal(plt)) == (AppointmentRefused, "held")

    staffed.act(EndAppointment(appointment=1))
    assert staffed.act(plt).events
    assert staffed.acting("kabag_umum", wib("2026-12-07 08:00")) == [DEWI]


def test_an_appointment_that_ends_at_once_was_yesterdays(staffed):
    staffed.act(EndAppointment(appointment=1))

    assert staffed.roster.appointment(1).ends == day(1) - timedelta(days=1)
    assert staffed.acting("kabag_umum", NOW) == []


def test_one_that_has_not_begun_is_withdrawn_and_its_days_are_free(staffed):
    staffed.act(staffed.plh())
    number = staffed.roster.appointments[-1].id

    staffed.act(EndAppointment(appointment=number))
    assert staffed.roster.appointment(number).stage(TODAY) is Stage.WITHDRAWN
    assert staffed.act(staffed.plh(member=TONO)).events


def test_its_end_is_brought_forward_and_put_off_by_changing_it(staffed):
    staffed.act(staffed.plh())
    number = staffed.roster.appointments[-1].id

    staffed.act(EndAppointment(appointment=number, on=day(9)))
    assert staffed.acting("kabag_umum", wib("2026-12-10 08:00")) == [HADI]
    assert reason(staffed.refusal(EndAppointment(appointment=number, on=day(14)))) == (AppointmentRefused, "later")
    staffed.act(ChangeAppointment(appointment=number, ends=day(14)))
    assert staffed.acting("kabag_umum", wib("2026-12-14 08:00")) == [DEWI]


def test_what_is_over_is_changed_no_more(staffed):
    staffed.act(EndAppointment(appointment=1))

    assert reason(staffed.refusal(EndAppointment(appointment=1))) == (AppointmentRefused, "ended")
    assert reason(staffed.refusal(ChangeAppointment(appointment=1, ends=day(20)))) == (AppointmentRefused, "ended")


def test_a_post_is_handed_over_at_once_and_to_nobody_who_holds_it(staffed):
    assert reason(staffed.refusal(HandOverRole(appointment=1, to=HADI))) == (AppointmentRefused, "himself")

    staffed.act(HandOverRole(appointment=1, to=DEWI))
    assert staffed.acting("kabag_umum", NOW) == [DEWI]


@pytest.mark.parametrize(
    "end",
    [
        EndAppointment(appointment=4),
        HandOverRole(appointment=4, to=WULAN),
        ChangeAppointment(appointment=4, ends=day(3)),
        ChangeAppointment(appointment=4, starts=day(3)),
    ],
)
def test_the_last_administrator_stays(staffed, end):
    assert isinstance(staffed.refusal(end), AppointmentRefused)
    assert staffed.acting(ADMIN, NOW) == [WULAN]


@pytest.mark.parametrize("days", [{"ends": day(2)}, {"starts": day(2)}])
def test_a_change_of_days_does_not_remove_the_last_administrator_either(staffed, days):
    own = next(item.id for item in staffed.roster.appointments if item.role == ADMIN)
    assert reason(staffed.refusal(ChangeAppointment(by=WULAN, appointment=own, **days))) == (AppointmentRefused, "last")


def test_of_two_administrators_who_remove_each_other_the_second_stays(staffed):
    staffed.act(Invite(role=ADMIN, name="Dewi"))
    staffed.act(Enrol(account=7000 + DEWI, invitation=1))
    second = staffed.roster.appointments[-1].id

    assert staffed.act(EndAppointment(by=WULAN, appointment=second)).events
    assert isinstance(staffed.refusal(EndAppointment(by=DEWI, appointment=4)), NotHolder)


@pytest.mark.parametrize(
    ("by", "may"), [(None, True), (WULAN, True), (TONO, True), (HADI, False), (RINA, False), (DEWI, False), (99, False)]
)
def test_an_administrator_or_whoever_the_sop_lets_appoints(staffed, by, may):
    decision = staffed.act(staffed.plh(by=by))

    assert bool(decision.events) is may
    assert may or isinstance(decision.refusal, NotHolder)


def test_nobody_but_an_administrator_makes_an_administrator(staffed):
    about = {"role": ADMIN, "kind": AppointmentKind.DEFINITIVE, "ends": None}
    assert isinstance(staffed.refusal(staffed.plh(by=TONO, **about)), NotHolder)
    assert staffed.act(staffed.plh(by=WULAN, **about)).events


@pytest.mark.parametrize("by", [TONO, HADI, DEWI])
@pytest.mark.parametrize(
    "act",
    [
        Invite(role="kabag_umum", name="Baru", also=True),
        EndAppointment(appointment=1),
        HandOverRole(appointment=1, to=DEWI),
        ChangePerson(member=HADI, name="Lain"),
        Unlink(member=HADI),
    ],
)
def test_what_is_an_administrators_is_no_others(staffed, act, by):
    assert isinstance(staffed.refusal(act.model_copy(update={"by": by})), NotHolder)


def test_units_are_invited_by_whoever_appoints_too(staffed):
    assert staffed.act(Invite(by=TONO, role="unit_terkait", name="Joko", unit="Direktorat Pembinaan")).events
    assert staffed.act(WithdrawInvitation(by=TONO, invitation=1)).events
    assert isinstance(staffed.refusal(Invite(by=HADI, role="unit_terkait", name="Joko", unit="Biro")), NotHolder)


def test_an_invitation_to_a_post_that_is_held_says_whether_beside_or_in_his_place(staffed):
    refusal = staffed.refusal(Invite(role="kabag_umum", name="Dewi"))
    assert reason(refusal) == (MemberRefused, "held")
    assert refusal.facts["by"] == "Hadi"
    nobody = staffed.refusal(Invite(role="kabag_umum", name="Dewi", replaces=RINA))
    assert reason(nobody) == (MemberRefused, "no_holder")

    staffed.act(Invite(role="kabag_umum", name="Dewi", replaces=HADI))
    assert staffed.acting("kabag_umum", NOW) == [HADI]  # until it is redeemed
    staffed.act(Enrol(account=7000 + DEWI, invitation=1))
    assert staffed.acting("kabag_umum", NOW) == [DEWI]


def test_a_unit_is_needed_and_a_near_name_is_asked_about(staffed):
    staffed.act(Invite(role="unit_terkait", name="Joko", unit="Direktorat Pembinaan Program"))
    near = "Direktorat Pembinaan Progam"

    assert reason(staffed.refusal(Invite(role="unit_terkait", name="Ani"))) == (MemberRefused, "unit")
    refusal = staffed.refusal(Invite(role="unit_terkait", name="Ani", unit=near))
    assert reason(refusal) == (MemberRefused, "near")
    assert refusal.facts["unit"] == "Direktorat Pembinaan Program"
    assert staffed.act(Invite(role="unit_terkait", name="Ani", unit=near, is_new_unit=True)).events


def test_a_unit_that_differs_in_blanks_and_capitals_is_the_one_that_is_known(staffed):
    staffed.act(Invite(role="unit_terkait", name="Joko", unit="Direktorat Pembinaan Program"))
    staffed.act(Invite(role="unit_terkait", name="Ani", unit="direktorat  pembinaan program"))

    assert staffed.roster.invitations[-1].unit == "Direktorat Pembinaan Program"


def test_an_invitation_that_was_withdrawn_enrols_nobody(staffed):
    staffed.act(Invite(role="unit_terkait", name="Joko", unit="Biro"))
    staffed.act(WithdrawInvitation(invitation=1))

    assert staffed.refusal(Enrol(account=9, invitation=1)).facts == {"reason": "withdrawn"}


def test_an_unlinked_phone_is_nobodys_and_a_new_one_is_the_same_persons(staffed):
    staffed.act(Unlink(member=HADI))
    assert staffed.roster.with_account(7000 + HADI) is None
    assert staffed.acting("kabag_umum", NOW) == [HADI]  # he holds it still

    staffed.act(Invite(member=HADI))
    staffed.act(Enrol(account=9, invitation=1))
    assert staffed.roster.with_account(9).id == HADI
    assert len(staffed.roster.appointments) == len(POSTS)


def test_a_phone_is_one_persons(staffed):
    staffed.act(Unlink(member=HADI))
    staffed.act(Invite(member=HADI))

    assert staffed.refusal(Enrol(account=7000 + RINA, invitation=1)).facts == {"reason": "taken"}


def test_a_name_is_changed_everywhere_and_the_record_of_the_past_is_not_the_rosters(staffed):
    staffed.act(ChangePerson(member=HADI, name="Hadi <Santoso> & Co", sapaan="Bapak"))

    assert staffed.office().holders("kabag_umum", NOW)[0].actor().name == "Hadi <Santoso> & Co"


MEMBERS = st.integers(1, 7)
DAYS = st.integers(1, 20).map(day)
ACTS = st.one_of(
    st.builds(
        Appoint,
        role=st.sampled_from(RULES.roles),
        member=MEMBERS,
        kind=st.sampled_from(AppointmentKind),
        starts=DAYS,
        ends=st.one_of(st.none(), DAYS),
        order=st.just("12"),
        in_place_of=st.one_of(st.none(), MEMBERS),
    ),
    st.builds(ChangeAppointment, appointment=st.integers(1, 12), starts=st.one_of(st.none(), DAYS), ends=DAYS),
    st.builds(EndAppointment, appointment=st.integers(1, 12), on=st.one_of(st.none(), DAYS)),
    st.builds(HandOverRole, appointment=st.integers(1, 12), to=MEMBERS),
    st.builds(Unlink, member=MEMBERS),
    st.builds(
        Invite, role=st.sampled_from(RULES.roles), name=st.just("Baru"), also=st.booleans(), unit=st.just("Biro")
    ),
    st.builds(Enrol, account=st.integers(7001, 7009), invitation=st.integers(1, 5)),
)


@given(st.lists(st.tuples(ACTS, st.integers(0, 48)), max_size=12))
def test_whatever_is_done_nobody_holds_a_role_twice_and_a_plh_acts_alone(steps):
    staffed = Staffed()
    for act, hours in steps:
        staffed.at += timedelta(hours=hours)
        decision = staffed.act(act)
        assert decision.refusal is None or isinstance(decision.refusal, Refusal)

    office = staffed.office()
    for number in range(1, 28):
        at = datetime.combine(day(number), NOW.timetz())
        for role in RULES.roles:
            holders, absent = office.holders(role, at), office.absent(role, at)
            members = [item.member for item in (*holders, *absent)]
            assert len(members) == len(set(members))
            assert not absent or any(item.kind is AppointmentKind.PLH for item in holders)
    assert office.holders(ADMIN, staffed.at)


def test_an_invitation_of_another_build_is_read(staffed):
    assert Invitation.model_validate({"id": 1, "role": "admin", "name": "Wulan"}).member is None
