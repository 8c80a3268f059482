"""The roster in its tables, on both databases."""

from datetime import UTC, date, timedelta

from alur.storage import roster
from alur.workflow.files import FileRef
from alur.workflow.office import Roster, decide
from alur.workflow.office.appointing import Appoint, ChangeAppointment, EndAppointment, HandOverRole
from alur.workflow.office.contact import LoseContact
from alur.workflow.office.events import replay
from alur.workflow.office.joining import Enrol, Invite, WithdrawInvitation
from alur.workflow.office.persons import ChangePerson, Unlink
from alur.workflow.office.situation import OfficeRules
from alur.workflow.people import AppointmentKind

ACTS = (
    Invite(role="analis_sdm", name="Rina", sapaan="Ibu"),
    Enrol(account=7_000_000_001, invitation=1),
    Invite(role="unit_terkait", name="Joko", unit="Biro Umum"),
    Enrol(account=7_000_000_002, invitation=2),
    LoseContact(account=7_000_000_002),
    Invite(role="tata_usaha", name="Rina Wijaya"),
    Enrol(account=7_000_000_001, invitation=3),
    Invite(role="admin", name="Wulan"),
    WithdrawInvitation(invitation=4),
    Appoint(
        role="tata_usaha",
        member=2,
        kind=AppointmentKind.PLH,
        starts=date(2026, 12, 7),
        ends=date(2026, 12, 11),
        order="12/SPt/2026",
        order_date=date(2026, 12, 4),
        order_file=FileRef(sha256="0" * 64, name="surat perintah.pdf", size=9, mime="application/pdf"),
    ),
    ChangeAppointment(appointment=4, ends=date(2026, 12, 14)),
    ChangePerson(member=2, name="Joko <Susilo>", unit="Biro Hukum"),
    HandOverRole(appointment=3, to=2),
    EndAppointment(appointment=1, on=date(2026, 12, 31)),
    Unlink(member=2),
    Invite(member=2),
    Enrol(account=7_000_000_003, invitation=5),
)
RULES = OfficeRules(
    zone=UTC,
    roles=("analis_sdm", "unit_terkait", "tata_usaha", "admin"),
    units=frozenset({"unit_terkait"}),
)


def test_what_the_events_say_is_what_is_read_again(database, at):
    told = Roster()
    for number, act in enumerate(ACTS):
        with database.write() as session:
            present = roster.lock(session)
            assert present == told
            decision = decide(present, act, at + timedelta(hours=number), rules=RULES)
            for event in decision.events:
                roster.save(session, event, at=at, code=f"code-{number}")
        told = replay(decision.events, told)

    with database.read() as session:
        assert roster.load(session) == told
    assert [(person.name, person.account) for person in told.people] == [
        ("Rina", 7_000_000_001),
        ("Joko <Susilo>", 7_000_000_003),
    ]
    assert told.appointment(4).ends == date(2026, 12, 14)
