"""Timers are kept as the state wants them, and each is fired by one of however many that see it due."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from alur.storage import timers
from alur.storage.database import Database
from alur.storage.timers import Wanted


@pytest.fixture
def keep(database, record, later):
    """Keeps the case's timers as wanted, at that minute: {key: (basis, minute)}."""

    def keep_in_step(wanted, *, minute=0, case_id=record.id):
        rows = {key: Wanted(basis=basis, at=None if at is None else later(at)) for key, (basis, at) in wanted.items()}
        with database.write() as session:
            timers.keep_in_step(session, case_id, rows, at=later(minute))
            return {row.key: row for row in timers.of(session, case_id)}

    return keep_in_step


def due(database, now, **values):
    with database.read() as session:
        return [row.key for row in timers.due(session, now=now, **{"limit": 50} | values)]


def test_a_new_need_gets_its_row_and_an_ended_one_loses_it(keep, later):
    assert keep({"task:1": ("a", 10)})["task:1"].at == later(10)

    assert set(keep({"task:2": ("a", 20), "meeting:4": ("b", 30)}, minute=5)) == {"task:2", "meeting:4"}
    assert keep({}) == {}


def test_what_is_wanted_as_before_keeps_its_place_also_a_moment_that_is_due(keep, later):
    keep({"task:1": ("a", 10)})

    row = keep({"task:1": ("a", 60)}, minute=20)["task:1"]

    assert (row.since, row.at) == (later(0), later(10))


def test_another_basis_begins_anew(keep, later):
    keep({"task:1": ("a", 10)})

    row = keep({"task:1": ("b", 60)}, minute=20)["task:1"]

    assert (row.since, row.at) == (later(20), later(60))


def test_where_nothing_is_to_come_what_is_due_already_stays_due_and_no_row_is_made(keep, later):
    keep({"meeting:4": ("a", 10)})

    assert keep({"meeting:4": ("a", None), "task:1": ("b", None)}, minute=20)["meeting:4"].at == later(10)
    assert keep({"meeting:4": ("another", None)}, minute=21) == {}


def test_the_office_s_timers_and_a_case_s_are_kept_apart(keep, later):
    keep({"task:1": ("a", 10)})
    keep({"year:ip-asn": ("year", 10)}, case_id=None)

    assert set(keep({}, case_id=None)) == set()
    assert set(keep({"task:1": ("a", 10)})) == {"task:1"}


def test_the_longest_due_comes_first_in_batches_without_what_is_to_be_skipped(keep, database, later):
    rows = keep({"task:1": ("a", 30), "task:2": ("a", 10), "task:3": ("a", 20), "task:4": ("a", 90)})

    assert due(database, later(40)) == ["task:2", "task:3", "task:1"]
    assert due(database, later(40), limit=2) == ["task:2", "task:3"]
    assert due(database, later(40), skip={rows["task:2"].id, rows["task:3"].id}) == ["task:1"]
    assert due(database, later(9)) == []
    assert due(database, later(10)) == ["task:2"]


def test_the_nearest_of_all_is_known(keep, database, later):
    with database.read() as session:
        assert timers.nearest(session) is None
    keep({"task:1": ("a", 30)})
    keep({"year:ip-asn": ("year", 10)}, case_id=None)

    with database.read() as session:
        assert timers.nearest(session) == later(10)


def test_a_row_that_has_moved_on_or_is_gone_is_claimed_by_nobody(keep, database, later):
    row = keep({"task:1": ("a", 10)})["task:1"]

    with database.write() as session:
        assert timers.claim(session, row.id, row.at) == row
        timers.move(session, row.id, since=later(15), at=later(60))
        assert timers.claim(session, row.id, row.at) is None
        timers.end(session, row.id)
        assert timers.claim(session, row.id, later(60)) is None


def test_a_claim_that_was_not_committed_leaves_the_row_due(keep, database, later):
    row = keep({"task:1": ("a", 10)})["task:1"]

    def killed():
        with database.write() as session:
            timers.move(session, row.id, since=later(15), at=later(60))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        killed()

    assert due(database, later(20)) == ["task:1"]


def test_of_two_that_see_a_row_due_at_the_same_time_one_gets_it(keep, database, database_url, later):
    row = keep({"task:1": ("a", 10)})["task:1"]
    other, barrier, got = Database(database_url), Barrier(2), []

    def take(handle):
        barrier.wait()
        with handle.write() as session:
            if timers.claim(session, row.id, row.at):
                got.append(handle)
                timers.move(session, row.id, since=later(10), at=later(10) + timedelta(days=1))

    threads = [Thread(target=take, args=(handle,)) for handle in (database, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    other.close()

    assert len(got) == 1
