"""The roster in its tables, on both databases."""

from datetime import timedelta

from alur.storage import roster
from alur.workflow.office import Roster, decide
from alur.workflow.office.contact import LoseContact
from alur.workflow.office.events import replay
from alur.workflow.office.joining import Enrol, Invite

ACTS = (
    Invite(role="analis_sdm", name="Rina", sapaan="Ibu"),
    Enrol(account=7_000_000_001, invitation=1),
    Invite(role="unit_terkait", name="Joko", unit="Biro Umum"),
    Enrol(account=7_000_000_002, invitation=2),
    LoseContact(account=7_000_000_002),
    Invite(role="tata_usaha", name="Rina Wijaya"),
    Enrol(account=7_000_000_001, invitation=3),
    Invite(role="admin", name="Wulan"),
)


def test_what_the_events_say_is_what_is_read_again(database, at):
    told = Roster()
    for number, act in enumerate(ACTS):
        with database.write() as session:
            present = roster.lock(session)
            assert present == told
            decision = decide(present, act, at + timedelta(hours=number))
            for event in decision.events:
                roster.save(session, event, at=at, code=f"code-{number}")
        told = replay(decision.events, told)

    with database.read() as session:
        assert roster.load(session) == told
    assert [person.name for person in told.people] == ["Rina Wijaya", "Joko"]
