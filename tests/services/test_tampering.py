"""A thousand single changes to an office, in its tables, its files and its checkpoints, and each is found."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from alur.evidence import checkpoint
from alur.evidence.checkpoint import Checkpoint
from alur.evidence.note import Signer
from alur.services.evidence.inspection.whole import inspect
from alur.storage.file_store import FileStore
from tests.services.evidence_office import an_office
from tests.services.tampering_hand import Hand, NoChange
from tests.unguarded import unguarded

GROUPS, EACH = 8, 125
ON_POSTGRESQL = 10  # of each group: the same hand, and the same inspection


@pytest.fixture(scope="module")
def office(shared_database, tmp_path_factory):
    store = FileStore(tmp_path_factory.mktemp("evidence") / "files")
    return an_office(shared_database, store), store


class Undone(Exception):
    """So that the transaction leaves nothing."""


def found_by(session, store, pasted):
    return inspect(session, store, pasted=pasted).faults


def changes(database, office, store, seed, wanted):
    """What each change was and what was found, with the guards down and the transaction rolled back."""
    pasted, is_sqlite = office.pasted, database.dialect == "sqlite"
    seen = []
    with pytest.raises(Undone), database.write() as session, unguarded(session):  # noqa: PT012 - one transaction
        connection = session.connection()
        relaxed = "PRAGMA defer_foreign_keys = ON" if is_sqlite else "SET LOCAL session_replication_role = replica"
        connection.execute(text(relaxed))
        guards = found_by(session, store, pasted)
        assert len(guards) == 3
        hand = Hand(session, store, pasted, seed)
        while len(seen) < wanted:
            connection.execute(text("SAVEPOINT before"))
            try:
                what = hand.change()
            except (NoChange, DBAPIError):
                what = None
            if what is not None:
                seen.append((what, [fault for fault in found_by(session, store, hand.pasted) if fault not in guards]))
            hand.undo()
            connection.execute(text("ROLLBACK TO SAVEPOINT before"))
        assert found_by(session, store, pasted) == guards
        raise Undone
    return seen


def test_an_untouched_office_is_whole(shared_database, office):
    made, store = office
    with shared_database.read() as session:
        report = inspect(session, store, pasted=made.pasted)
    assert report.faults == ()
    assert report.cases == 2
    assert report.checkpoints == 4
    assert report.entries > 70
    assert report.files > 15


@pytest.mark.parametrize("seed", range(GROUPS))
def test_each_of_a_thousand_changes_is_found(shared_database, office, seed):
    made, store = office
    wanted = EACH if shared_database.dialect == "sqlite" else ON_POSTGRESQL
    seen = changes(shared_database, made, store, seed, wanted)
    assert len(seen) == wanted
    assert [what for what, found in seen if not found] == []


def test_a_checkpoint_of_this_folders_key_is_judged_though_the_office_tells_of_the_key_no_more(shared_database, office):
    """As in an office that was put back to before the key began."""
    _, store = office
    stranger = Signer("alur-audit-three", b"\x03" * 32)
    unknown = checkpoint.signed(Checkpoint(origin="alur-audit-three", size=3, root=b"\x00" * 32), stranger)
    with shared_database.read() as session:
        (refused,) = inspect(session, store, pasted=[unknown]).faults
        judged = inspect(session, store, pasted=[unknown], own=stranger.verifier).faults
    assert "it is another office's (alur-audit-three): it says nothing of this one" in refused
    assert any("are not those that were signed" in fault for fault in judged)


def test_with_a_case_named_the_others_are_left_alone_and_the_tree_is_still_the_whole_one(shared_database, office):
    made, store = office
    with pytest.raises(Undone), shared_database.write() as session:  # noqa: PT012 - one transaction
        session.connection().execute(text("UPDATE cases SET state = '[' WHERE code = 'ip-asn-2027'"))
        assert inspect(session, store, code="ip-asn-2026", pasted=made.pasted).faults == ()
        (fault,) = inspect(session, store, code="ip-asn-2027").faults
        assert fault.startswith("ip-asn-2027: its state cannot be read")
        session.connection().execute(text("UPDATE audit_tree SET size = size - 1"))
        assert any(fault.startswith("trail: ") for fault in inspect(session, store, code="ip-asn-2026").faults)
        raise Undone


NONSENSE = {
    "a state that is no JSON": "UPDATE cases SET state = 'x'",
    "a state of an unknown shape": "UPDATE cases SET shape = 99",
    "a state of another kind": "UPDATE cases SET state = '{\"code\": 1}'",
    "an entry that is no JSON": "UPDATE audit SET entry = '{'",
    "an entry that is no object": "UPDATE audit SET entry = '[]'",
    "an entry without an act": "UPDATE audit SET entry = '{}'",
    "an entry nested without end": f"UPDATE audit SET entry = '{'[' * 100_000}'",
    "no number": "UPDATE audit SET entry = '{\"act\":NaN}'",
    "events of nothing": 'UPDATE audit SET entry = \'{"act":{"act":"x"},"events":[{"event":"x"}]}\'',
    "an SOP that is none": "UPDATE sops SET body = '[]'",
    "a hash that is none": "UPDATE audit SET hash = 'x'",
    "a root that is none": "UPDATE checkpoints SET root = ''",
    "a note that is none": "UPDATE checkpoints SET note = ''",
    "a key that is none": "UPDATE checkpoints SET key = 'x'",
    "no office": "DELETE FROM office",
    "no tree": "DELETE FROM audit_tree",
    "a tree of less than nothing": "UPDATE audit_tree SET size = -1",
    "a code of somebody else's": "UPDATE invites SET code = 'x'",
    "a file by no hash": "UPDATE versions SET sha256 = '../../etc/passwd'",
}


@pytest.mark.parametrize("what", NONSENSE)
def test_what_nobody_would_write_is_a_fault_and_ends_nothing(shared_database, office, what):
    made, store = office
    with pytest.raises(Undone), shared_database.write() as session, unguarded(session):  # noqa: PT012 - one transaction
        guards = inspect(session, store, pasted=made.pasted).faults
        session.connection().exec_driver_sql(NONSENSE[what])
        assert set(inspect(session, store, pasted=made.pasted).faults) - set(guards)
        raise Undone
