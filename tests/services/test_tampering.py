"""A thousand single changes to an office, in its tables, its files and its checkpoints, and each is found."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

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
