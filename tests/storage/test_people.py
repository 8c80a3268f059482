from datetime import date

import pytest

from alur.storage import appointments, invites, members
from alur.storage.invites import Invitation, Unredeemable
from alur.workflow.people import Appointment, AppointmentKind


def test_a_member_is_found_by_his_account_and_by_his_id(database, siti):
    with database.read() as session:
        assert members.by_telegram_id(session, 7_000_000_001) == siti
        assert members.get(session, siti.id) == siti
        assert members.by_telegram_id(session, 1) is None
        assert members.get(session, 99) is None


def test_enrolling_a_known_account_renews_what_is_given(database, siti, later):
    with database.write() as session:
        again = members.enrol(
            session, telegram_id=siti.telegram_id, name="Siti Aminah", sapaan=None, unit="Biro", at=later(5)
        )

    assert (again.id, again.name, again.sapaan, again.unit) == (siti.id, "Siti Aminah", "Ibu", "Biro")
    assert again.enrolled_at == siti.enrolled_at


def test_becoming_unreachable_is_noticed_once(database, siti, budi):
    with database.write() as session:
        assert members.set_reachable(session, siti.id, False)
        assert not members.set_reachable(session, siti.id, False)
        assert [member.id for member in members.unreachable(session)] == [siti.id]
        assert members.set_reachable(session, siti.id, True)
        assert members.unreachable(session) == ()


def test_a_naive_moment_is_refused(database, at):
    with pytest.raises(Exception, match="has no time zone"), database.write() as session:
        members.enrol(session, telegram_id=1, name="A", sapaan=None, unit=None, at=at.replace(tzinfo=None))


def test_appointments_carry_their_members_name(database, siti, budi):
    with database.write() as session:
        appointments.add(session, member_id=budi.id, role="kabag_umum")
        appointments.add(
            session,
            member_id=siti.id,
            role="sekretaris",
            kind=AppointmentKind.PLH,
            order="SP-1",
            starts=date(2026, 7, 1),
            ends=date(2026, 7, 3),
        )
        both = appointments.all_(session)

    assert both == (
        Appointment(member=budi.id, role="kabag_umum", name="Budi", sapaan="Ibu"),
        Appointment(
            member=siti.id,
            role="sekretaris",
            name="Siti",
            sapaan="Ibu",
            kind=AppointmentKind.PLH,
            order="SP-1",
            starts=date(2026, 7, 1),
            ends=date(2026, 7, 3),
        ),
    )


@pytest.fixture
def code(database, at):
    with database.write() as session:
        return invites.create(session, role="analis_sdm", name="Budi", sapaan="Bapak", unit="Biro", at=at)


def test_a_code_fits_a_deep_link_and_is_nowhere_stored(database, code):
    assert len(code) == 22
    assert set(code) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
    with database.read() as session:
        stored = session.connection().exec_driver_sql("SELECT * FROM invites").one()
    assert code not in map(str, stored)


def test_a_code_enrols_once(database, code, at):
    with database.write() as session:
        assert invites.redeem(session, code, at=at, telegram_id=1) == Invitation(
            role="analis_sdm", name="Budi", sapaan="Bapak", unit="Biro"
        )
        assert invites.redeem(session, code, at=at, telegram_id=2) is Unredeemable.USED
        assert invites.redeem(session, code, at=at, telegram_id=1) is Unredeemable.USED_BY_YOURSELF


def test_a_code_is_valid_for_seven_days(database, code, later):
    week = 7 * 24 * 60
    with database.write() as session:
        assert invites.redeem(session, code, at=later(week + 1), telegram_id=1) is Unredeemable.EXPIRED
        assert isinstance(invites.redeem(session, code, at=later(week), telegram_id=1), Invitation)


def test_an_unknown_code_enrols_nobody(database, code, at):
    with database.write() as session:
        assert invites.redeem(session, code + "x", at=at, telegram_id=1) is Unredeemable.UNKNOWN


def test_units_are_those_that_were_ever_invited_to_a_role_in_question(database, code, at):
    with database.write() as session:
        for unit in ("Arsip", "Biro", None):
            invites.create(session, role="unit_terkait", name="C", sapaan=None, unit=unit, at=at)
        invites.create(session, role="biro_sdm", name="D", sapaan=None, unit="Biro SDM", at=at)
        assert invites.units(session, ("unit_terkait", "tata_usaha")) == ("Arsip", "Biro")
        assert invites.units(session, ()) == ()
