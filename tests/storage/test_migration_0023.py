"""The entries of the version before get numbers without gaps, in the order in which they were written; nothing else of them
changes, and the next one takes the next number.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import inspect, text

from alur.evidence.tree import root_of
from alur.storage import audit, cases, guards, sops
from alur.storage.columns import canonical
from alur.storage.database import Database
from alur.storage.migrations import migrate
from tests.unguarded import unguarded

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
ENTRY = text(
    "INSERT INTO audit (id, case_id, seq, at, actor, entry, prev_hash, hash)"
    " VALUES (:id, :case_id, :seq, :at, :actor, :entry, :prev, :hash)"
)
SOP = text("INSERT INTO sops (hash, sop_id, body, stored_at) VALUES ('h', 'ip-asn', '{}', :at)")
CASE = text(
    "INSERT INTO cases (id, code, sop_id, period, sop_hash, state, shape, revision, opened_at, audit_head, audit_length)"
    " VALUES (:id, :code, 'ip-asn', :period, 'h', '{}', 1, 1, :at, '', 0)"
)
OWNERS = {
    None: text("UPDATE office SET audit_head = :head, audit_length = :length"),
    1: text("UPDATE cases SET audit_head = :head, audit_length = :length WHERE id = 1"),
    2: text("UPDATE cases SET audit_head = :head, audit_length = :length WHERE id = 2"),
}
# Number and case; two transactions that were rolled back have left a gap each, a third one many.
WRITTEN = [(1, None), (2, 1), (4, None), (5, 2), (6, 1), (8, 2), (9, None), (41, 1), (1000, 2), (70000, None)]


class GivenUp(Exception):
    pass


@pytest.fixture
def older(at_version, request):
    """Three chains, the offices' and two cases', whose entries were written in turn."""
    return filled(at_version("0022"), getattr(request, "param", WRITTEN))


def filled(database, written):
    ends = dict.fromkeys(OWNERS, ("", 0))
    with database.writer.begin() as connection:
        connection.execute(SOP, {"at": AT})
        for case in (1, 2):
            connection.execute(CASE, {"id": case, "code": f"ip-asn-{case}", "period": str(case), "at": AT})
        for number, case in written:
            (prev, length), at, entry = ends[case], AT + timedelta(seconds=number), {"n": number}
            facts = {"seq": length + 1, "at": at, "prev": prev}
            digest = audit.entry_hash(case=case and f"ip-asn-{case}", member=None, entry=entry, **facts)
            values = {"id": number, "case_id": case, "actor": None, "entry": canonical(entry), "hash": digest}
            connection.execute(ENTRY, facts | values)
            ends[case] = (digest, length + 1)
        for case, (head, length) in ends.items():
            connection.execute(OWNERS[case], {"head": head, "length": length})
    return database


def rows(database):
    with database.read() as session:
        found = session.connection().execute(
            text("SELECT id, case_id, seq, at, actor, entry, prev_hash, hash FROM audit ORDER BY id")
        )
        return [tuple(row) for row in found]


def test_the_numbers_have_no_gaps_and_the_order_stays(older):
    before = rows(older)
    assert [row[0] for row in before] == [number for number, _ in WRITTEN]

    migrate(older)

    after = rows(older)
    assert [row[0] for row in after] == list(range(1, len(WRITTEN) + 1))
    assert [row[1:] for row in after] == [row[1:] for row in before]


@pytest.mark.parametrize("older", [WRITTEN, [], [(7, None)], [(1, None), (2, 1)]], indirect=True)
def test_the_tree_stands_over_all_of_them_and_grows_on(older):
    before = rows(older)
    migrate(older)
    with older.read() as session:
        assert (audit.tree_size(session).size, audit.tree_size(session).wanted) == (len(before), 0)
        leaves = list(audit.leaves(session, upto=len(before)))
        assert leaves == [bytes.fromhex(row[-1]) for row in before]

    with older.write() as session:
        added = audit.append(session, case_id=2, at=AT, member=1, entry={"n": "new"})

    assert added.id == len(before) + 1
    with older.read() as session:
        assert audit.tree_size(session).size == len(before) + 1
        grown = audit.leaves(session, upto=len(before) + 1)
        assert root_of(grown) == root_of([*leaves, bytes.fromhex(added.hash)])
        for chain in (None, 1, 2):
            assert audit.verify(session, chain) == ()


def test_the_guards_stand_and_the_sequence_is_gone(older):
    migrate(older)
    with older.read() as session:
        assert guards.missing(session) == ()
        if older.dialect == "postgresql":
            assert "audit_id_seq" not in inspect(session.connection()).get_sequence_names()
            (number,) = (item for item in inspect(session.connection()).get_columns("audit") if item["name"] == "id")
            assert number["default"] is None


def test_the_same_migration_on_a_large_trail(at_version):
    """A thousand entries each with a gap before it: the new numbers run through the old ones."""
    database = filled(at_version("0022"), [(3 * number, None) for number in range(1, 1001)])
    before = rows(database)

    migrate(database)

    assert [row[0] for row in rows(database)] == list(range(1, 1001))
    assert [row[1:] for row in rows(database)] == [row[1:] for row in before]


@pytest.fixture
def two_cases(database, sop, new_case, at):
    with database.write() as session:
        sops.store(session, sop, "hash-1", at)
        return [cases.create(session, new_case(period)).id for period in ("2026", "2027")]


def test_two_that_append_to_different_cases_at_once_leave_no_gap(database, database_url, two_cases, at):
    other, start = Database(database_url), Barrier(2)

    def append(place):
        door, case = ((database, two_cases[0]), (other, two_cases[1]))[place]
        start.wait()
        for number in range(30):
            with suppress(GivenUp), door.write() as session:
                audit.append(session, case_id=case, at=at, member=None, entry={"n": number})
                if number % 3 == 2:
                    raise GivenUp

    with ThreadPoolExecutor(max_workers=2) as pool:
        list(pool.map(append, range(2)))
    other.close()

    found = rows(database)
    assert [row[0] for row in found] == list(range(1, 41))
    assert {row[1] for row in found} == set(two_cases)
    with database.read() as session:
        assert audit.tree_size(session).size == 40
        assert [audit.verify(session, case) for case in two_cases] == [(), ()]


def test_what_is_rolled_back_leaves_no_number(database, at):
    with suppress(GivenUp), database.write() as session:
        assert audit.append(session, case_id=None, at=at, member=None, entry={"n": 1}).id == 1
        raise GivenUp

    with database.write() as session:
        assert audit.append(session, case_id=None, at=at, member=None, entry={"n": 2}).id == 1
    with database.read() as session:
        assert audit.tree_size(session).size == 1


def test_a_part_that_is_rolled_back_leaves_no_number(database, at):
    with database.write() as session:
        with suppress(GivenUp), session.begin_nested():
            assert audit.append(session, case_id=None, at=at, member=None, entry={"n": 1}).id == 1
            raise GivenUp
        assert audit.append(session, case_id=None, at=at, member=None, entry={"n": 2}).id == 1


def test_leaves_end_before_the_first_that_is_missing_or_has_no_hash(database, at):
    with database.write() as session:
        for number in range(5):
            audit.append(session, case_id=None, at=at, member=None, entry={"n": number})
    with database.read() as session:
        assert len(list(audit.leaves(session, upto=5))) == 5
        assert len(list(audit.leaves(session, upto=3, after=1))) == 2
        assert list(audit.leaves(session, upto=5, after=5)) == []

    for change, left in (("UPDATE audit SET hash = 'x' WHERE id = 4", 3), ("DELETE FROM audit WHERE id = 2", 1)):
        with database.write() as session, unguarded(session):
            session.connection().execute(text(change))
        with database.read() as session:
            assert len(list(audit.leaves(session, upto=5))) == left
