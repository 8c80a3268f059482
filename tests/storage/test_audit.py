import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from queue import Queue

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, NoResultFound

from alur.storage import audit, cases
from alur.storage.database import Database
from tests.unguarded import unguarded


@pytest.fixture
def trail(database, record, later):
    """Three entries of the case, one of them by the clock."""
    with database.write() as session:
        return [
            audit.append(session, case_id=record.id, at=later(n), member=member, entry={"act": "x", "n": n})
            for n, member in enumerate((7, None, 8))
        ]


def tamper(database, statement, **values):
    with database.write() as session, unguarded(session):
        assert session.connection().execute(text(statement), values).rowcount == 1


def faults(database, case_id):
    with database.read() as session:
        return audit.verify(session, case_id)


def test_entries_come_back_in_order(database, record, trail):
    with database.read() as session:
        assert list(audit.entries(session, record.id)) == trail
    assert [entry.seq for entry in trail] == [1, 2, 3]


def test_an_entry_can_be_checked_without_this_program(trail):
    second = trail[1]
    whole = {
        "at": "2026-07-06T08:01:00+00:00",
        "case": "ip-asn-2026",
        "entry": {"act": "x", "n": 1},
        "member": None,
        "prev": trail[0].hash,
        "seq": 2,
    }

    assert sha256(json.dumps(whole, separators=(",", ":")).encode()).hexdigest() == second.hash


def test_the_owner_holds_head_and_length(database, record, trail):
    with database.read() as session:
        owner = cases.get(session, record.id)

    assert (owner.audit_head, owner.audit_length) == (trail[-1].hash, 3)


def test_a_whole_chain_has_no_faults(database, record, trail):
    assert faults(database, record.id) == ()


@pytest.mark.parametrize("person", ["Zoë 😀", "half \ud83d", "nul \x00", 'quote "'])
def test_whatever_people_type_is_kept_as_it_was(database, record, at, person):
    with database.write() as session:
        audit.append(session, case_id=record.id, at=at, member=1, entry={"text": person})

    with database.read() as session:
        assert audit.entries(session, record.id)[0].entry == {"text": person}
    assert faults(database, record.id) == ()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ('UPDATE audit SET entry = \'{"act":"y"}\' WHERE seq = 2', "entry 2: altered"),
        ("UPDATE audit SET entry = '{' WHERE seq = 2", "entry 2: unreadable"),
        ("UPDATE audit SET actor = 9 WHERE seq = 2", "entry 2: altered"),
        ("UPDATE audit SET at = '2026-07-06 09:00:00.000000' WHERE seq = 3", "entry 3: altered"),
        ("UPDATE audit SET prev_hash = 'x' WHERE seq = 2", "entry 2: not bound to the one before"),
        ("DELETE FROM audit WHERE seq = 2", "entry 2: missing"),
        ("DELETE FROM audit WHERE seq = 3", "the chain ends with entry 2, its owner counts 3"),
        ("UPDATE cases SET audit_head = 'x'", "the chain's end is not the one that its owner holds"),
    ],
)
def test_tampering_is_found(database, record, trail, change, fault):
    tamper(database, change)

    assert fault in faults(database, record.id)


def test_an_entry_rewritten_with_its_hash_is_found_by_the_next(database, record, trail):
    second = trail[1]
    forged = audit.entry_hash(
        seq=2, at=second.at, case="ip-asn-2026", member=None, entry={"act": "forged"}, prev=second.prev
    )
    tamper(database, "UPDATE audit SET entry = :e, hash = :h WHERE seq = 2", e='{"act":"forged"}', h=forged)

    assert faults(database, record.id) == ("entry 3: not bound to the one before",)


def test_the_office_has_a_chain_of_its_own(database, record, trail, at):
    with database.write() as session:
        for name in ("enrolled", "refused"):
            audit.append(session, case_id=None, at=at, member=None, entry={"act": name})

    with database.read() as session:
        assert [entry.seq for entry in audit.entries(session, None)] == [1, 2]
    assert faults(database, None) == ()

    tamper(database, "DELETE FROM audit WHERE case_id IS NULL AND seq = 2")
    assert faults(database, None) == ("the chain ends with entry 1, its owner counts 2",)


def test_the_offices_chain_cannot_fork(database, at):
    with database.write() as session:
        audit.append(session, case_id=None, at=at, member=None, entry={})

    with pytest.raises(IntegrityError):
        tamper(
            database,
            "INSERT INTO audit (seq, at, entry, prev_hash, hash) VALUES (1, '2026-07-06 09:00:00.0', '{}', '', 'x')",
        )


def test_there_is_no_trail_of_a_case_that_does_not_exist(database, at):
    with pytest.raises(NoResultFound), database.write() as session:
        audit.append(session, case_id=99, at=at, member=None, entry={})


def test_concurrent_appends_make_one_chain(database, database_url, record, at):
    other = Database(database_url)

    def append(n):
        with (database, other)[n % 2].write() as session:
            audit.append(session, case_id=record.id, at=at, member=None, entry={"n": n})

    with ThreadPoolExecutor(max_workers=20) as pool:
        list(pool.map(append, range(80)))
    other.close()

    with database.read() as session:
        assert len(audit.entries(session, record.id)) == 80
    assert faults(database, record.id) == ()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_writes_of_the_office_beside_the_leader_stands_in_nobodys_way(database, database_url, record, at):
    """`alur appoint` locks the office, the leader writes of a case and then of the office: each waits for the other only where
    one holds the office and asks for the tree, and the other the other way round.
    """
    other, waits = Database(database_url), text("SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = :pid")
    pids = Queue()

    def appoint():
        with other.write() as session:
            pids.put(session.connection().execute(text("SELECT pg_backend_pid()")).scalar_one())
            audit.lock_office(session)
            return audit.append(session, case_id=None, at=at, member=None, entry={"by": "command"}).id

    with ThreadPoolExecutor(max_workers=1) as pool:
        with database.write() as session:
            audit.append(session, case_id=record.id, at=at, member=None, entry={"by": "leader"})
            command, pid = pool.submit(appoint), pids.get(timeout=10)
            while not command.done():
                with database.read() as looking:
                    if looking.connection().execute(waits, {"pid": pid}).scalar_one():
                        break
            audit.append(session, case_id=None, at=at, member=None, entry={"by": "leader"})
        assert command.result(timeout=10) == 3
    other.close()

    assert faults(database, None) == faults(database, record.id) == ()
