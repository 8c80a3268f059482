from datetime import date

import pytest

from alur.storage import appointments, invites, members
from alur.workflow.office import Invitation, Person
from alur.workflow.people import Appointment, AppointmentKind


def test_a_member_is_found_by_his_account_and_by_his_id(database, siti):
    with database.read() as session:
        assert members.by_telegram_id(session, 7_000_000_001) == siti
        assert members.get(session, siti.id) == siti
        assert members.by_telegram_id(session, 1) is None
        assert members.get(session, 99) is None


def test_a_person_is_saved_under_his_own_number_and_changed_there(database, siti, later):
    changed = Person(id=siti.id, account=siti.telegram_id, name="Siti Aminah", sapaan="Ibu", unit="Biro")
    with database.write() as session:
        members.save(session, changed, at=later(5))
        members.save(session, Person(id=siti.id + 1, account=2, name="Budi"), at=later(5))

    with database.read() as session:
        again, new = members.all_(session)
    assert (again.id, again.name, again.sapaan, again.unit) == (siti.id, "Siti Aminah", "Ibu", "Biro")
    assert again.enrolled_at == siti.enrolled_at
    assert (new.id, new.telegram_id, new.sapaan, new.reachable) == (siti.id + 1, 2, None, True)


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
        Appointment(id=1, member=budi.id, role="kabag_umum", name="Budi", sapaan="Ibu"),
        Appointment(
            id=2,
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


def an_invitation(number, role="analis_sdm", **named):
    return Invitation(id=number, role=role, **{"name": "Budi", "unit": "Biro", **named})


def test_of_a_code_only_its_hash_is_stored(database, later):
    with database.write() as session:
        invites.add(session, an_invitation(1, expires_at=later(60)), code="n0tAWord-atAll_2026xyz")
    with database.read() as session:
        stored = session.connection().exec_driver_sql("SELECT * FROM invites").one()
        assert invites.of_code(session, "n0tAWord-atAll_2026xyz") == 1
        assert invites.of_code(session, "n0tAWord-atAll_2026xyZ") is None
    assert "n0tAWord-atAll_2026xyz" not in map(str, stored)


def test_units_are_those_of_a_role_in_question_that_somebody_joined_from_or_still_may(database, at, later):
    with database.write() as session:
        for number, (role, unit) in enumerate(
            [("unit_terkait", "Arsip"), ("unit_terkait", "Biro"), ("unit_terkait", None), ("biro_sdm", "Biro SDM")], 1
        ):
            invitation = an_invitation(number, role, unit=unit, expires_at=later(60))
            invites.add(session, invitation, code=f"code-{number}")
        asked = ("unit_terkait", "tata_usaha")
        assert invites.standing(session, asked, at)[0] == ("Arsip", "Biro")
        assert invites.standing(session, (), at)[0] == ()
        assert invites.standing(session, asked, later(61))[0] == ()
        invites.use(session, 1, account=7, at=at)
        invites.withdraw(session, 2, at=at)
        left = invites.standing(session, asked, later(61))[0], invites.standing(session, asked, at)[0]
    assert [len(units) for units in left] == [1, 1]


def test_whoever_was_invited_is_known_until_he_joins_whatever_his_role(database, later):
    with database.write() as session:
        for number, role in enumerate(("kabag_umum", "unit_terkait", "unit_terkait"), 1):
            invitation = an_invitation(number, role, unit="Arsip" if number == 2 else None, expires_at=later(60))
            invites.add(session, invitation, code=f"code-{number}")
        invites.use(session, 2, account=7, at=later(1))
        units, invited = invites.standing(session, ("unit_terkait",), later(2))
        assert (units, [(item.id, item.role) for item in invited]) == (
            ("Arsip",),
            [(1, "kabag_umum"), (3, "unit_terkait")],
        )
        assert invites.of_role(session, "unit_terkait") == (2, 3)
