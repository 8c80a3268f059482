"""The office decides: who may join, who can be written to, and what its trail tells."""

from datetime import timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alur.workflow.errors import InviteRefused, NotMember
from alur.workflow.office import Roster, decide
from alur.workflow.office.contact import LoseContact, RegainContact
from alur.workflow.office.decide import TRANSITIONS, OfficeAct
from alur.workflow.office.events import replay
from alur.workflow.office.joining import VALID_FOR, Enrol, Invite
from alur.workflow.office.situation import OfficeRules
from alur.workflow.office.trail import OLDER, roster_of
from tests.workflow.walk import wib

NOW = wib("2026-12-01 09:00")
RULES = OfficeRules(zone=NOW.tzinfo, roles=("analis_sdm", "tata_usaha", "unit_terkait", "admin"))
RINA, SITI = 7_000_000_001, 7_000_000_002


class Office:
    """A roster that acts change, with the entries that they leave."""

    def __init__(self):
        self.roster, self.entries, self.at = Roster(), [], NOW

    def act(self, act):
        decision = decide(self.roster, act, self.at, rules=RULES)
        self.roster = replay(decision.events, self.roster)
        result = decision.refusal.record() if decision.refusal else {}
        events = [event.model_dump(mode="json") for event in decision.events]
        self.entries.append({"act": act.model_dump(mode="json"), **(result or {"events": events})})
        return decision

    def invite(self, role="analis_sdm", name="Rina", **named):
        self.act(Invite(role=role, name=name, **named))
        return self.roster.invitations[-1].id

    def enrol(self, account=RINA, **invited):
        return self.act(Enrol(account=account, invitation=self.invite(**invited)))


@pytest.fixture
def office():
    return Office()


def test_an_invitation_enrols_its_person_in_its_role(office):
    office.enrol(name="Rina", sapaan="Ibu", unit="Biro Umum")

    (person,) = office.roster.people
    (appointment,) = office.roster.appointments
    assert (person.id, person.account, person.name, person.sapaan, person.unit) == (1, RINA, "Rina", "Ibu", "Biro Umum")
    assert (appointment.member, appointment.role, appointment.name) == (1, "analis_sdm", "Rina")


def test_a_second_invitation_gives_a_known_person_another_role_and_leaves_her_name(office):
    office.enrol(name="Rina", sapaan="Ibu", unit="Biro Umum")
    office.enrol(role="tata_usaha", name="Rina Wijaya")

    (person,) = office.roster.people
    assert (person.name, person.sapaan, person.unit) == ("Rina", "Ibu", "Biro Umum")
    assert [(item.role, item.name) for item in office.roster.appointments] == [
        ("analis_sdm", "Rina"),
        ("tata_usaha", "Rina"),
    ]


def test_a_code_that_belongs_to_no_invitation_enrols_nobody(office):
    assert office.act(Enrol(account=RINA, invitation=None)).refusal == InviteRefused(reason="unknown")
    assert office.act(Enrol(account=RINA, invitation=9)).refusal == InviteRefused(reason="unknown")
    assert office.roster == Roster()


def test_an_invitation_is_good_once_and_its_own_person_may_send_it_again(office):
    number = office.invite()
    office.act(Enrol(account=RINA, invitation=number))
    before = office.roster

    assert office.act(Enrol(account=SITI, invitation=number)).refusal == InviteRefused(reason="used")
    again = office.act(Enrol(account=RINA, invitation=number))
    assert (again.events, again.refusal) == ((), None)
    assert office.roster == before


@pytest.mark.parametrize(
    ("late", "refusal"), [(timedelta(0), None), (timedelta(seconds=1), InviteRefused(reason="expired"))]
)
def test_an_invitation_is_good_for_seven_days_to_the_second(office, late, refusal):
    number = office.invite()
    office.at = NOW + VALID_FOR + late

    assert office.act(Enrol(account=RINA, invitation=number)).refusal == refusal


def test_a_lost_contact_is_told_once_and_so_is_its_return(office):
    office.enrol()

    assert office.act(LoseContact(account=RINA)).events
    assert not office.roster.people[0].reachable
    assert not office.act(LoseContact(account=RINA)).events
    assert office.act(RegainContact(account=RINA)).events
    assert office.roster.people[0].reachable
    assert not office.act(RegainContact(account=RINA)).events


@pytest.mark.parametrize("act", [LoseContact, RegainContact])
def test_of_a_stranger_it_is_not_told(office, act):
    assert office.act(act(account=SITI)).refusal == NotMember()


def test_every_act_of_the_office_has_its_transition():
    assert set(TRANSITIONS) == set(get_args(OfficeAct))


ACCOUNTS = st.sampled_from([RINA, SITI, 7_000_000_003])
ACTS = st.one_of(
    st.builds(
        Invite,
        role=st.sampled_from(["analis_sdm", "unit_terkait", "admin"]),
        name=st.sampled_from(["Rina", "Siti"]),
        sapaan=st.sampled_from([None, "Ibu"]),
        unit=st.sampled_from([None, "Biro Umum"]),
    ),
    st.builds(Enrol, account=ACCOUNTS, invitation=st.one_of(st.none(), st.integers(1, 4))),
    st.builds(LoseContact, account=ACCOUNTS),
    st.builds(RegainContact, account=ACCOUNTS),
)


@given(st.lists(st.tuples(ACTS, st.integers(0, 5 * 24))))
def test_the_trail_replays_to_the_roster_whatever_was_done(steps):
    office = Office()
    for act, hours in steps:
        office.at += timedelta(hours=hours)
        office.act(act)

    assert roster_of(office.entries) == office.roster
    accounts = [person.account for person in office.roster.people]
    assert len(accounts) == len(set(accounts))
    used = [item for item in office.roster.invitations if item.used_by]
    assert len(office.roster.appointments) == len(used)


def test_a_trail_of_the_first_release_tells_who_joined_and_who_was_lost():
    """As its entries were written: the act alone says what happened."""
    invited = {"act": "invite", "role": "unit_terkait", "name": "Joko", "unit": "Biro Umum"}
    enrolled = {"act": "enrol", "by": 4, "role": "unit_terkait", "name": "Joko", "unit": "Biro Umum"}
    stranger = {"act": {"act": "/start", "telegram_id": 9}, "refusal": "NotMember"}
    entries = [
        {"act": invited, "events": []},
        stranger,
        {"act": {"act": "enrol", "telegram_id": 9}, "refusal": "InviteRefused", "reason": "unknown"},
        {"act": enrolled, "events": [], "known": False},
        {"act": {"act": "unreachable", "by": 4}, "events": []},
    ]

    lost = roster_of(entries)
    (person,) = lost.people
    assert (person.id, person.name, person.unit, person.reachable) == (4, "Joko", "Biro Umum", False)
    assert [(item.member, item.role) for item in lost.appointments] == [(4, "unit_terkait")]
    assert [item.used_by is None for item in lost.invitations] == [False]
    back = roster_of([*entries, {"act": {"act": "reachable", "by": 4}, "events": []}])
    assert back.people[0].reachable
    assert set(OLDER) == {"invite", "enrol", "unreachable", "reachable"}
