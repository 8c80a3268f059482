"""Timers are kept as the state wants them, and each is fired by one of however many that see it due."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from alur.storage import timers
from alur.storage.database import Database
from alur.storage.timers import TIMERS, Moved, Wanted
from alur.workflow.engine.standing import Standing
from alur.workflow.watched import Watched


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
        keys = dict(map(tuple, session.connection().execute(select(TIMERS.c.id, TIMERS.c.key))))
        return [keys[row.id] for row in timers.due(session, now=now, **{"limit": 50} | values)]


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
        assert timers.claim(session, {row.id: row.at}) == (row,)
        timers.move(session, [Moved(id=row.id, since=later(15), at=later(60))])
        assert timers.claim(session, {row.id: row.at}) == ()
        timers.end(session, [row.id])
        assert timers.claim(session, {row.id: later(60)}) == ()


def test_many_are_claimed_and_moved_together_each_to_its_own_moment(keep, database, later):
    rows = keep({f"task:{number}": ("a", 10) for number in range(1, 6)})
    seen = {row.id: row.at for row in rows.values()}
    seen[rows["task:5"].id] = later(9)  # has moved on

    with database.write() as session:
        claimed = timers.claim(session, seen)
        assert {row.key for row in claimed} == {"task:1", "task:2", "task:3", "task:4"}
        timers.move(session, [Moved(id=row.id, since=later(15), at=later(60 + row.id % 2)) for row in claimed])
        timers.end(session, [])

    after = keep({f"task:{number}": ("a", 10) for number in range(1, 6)})
    assert {key: row.at for key, row in after.items()} == {
        key: later(60 + row.id % 2) if key != "task:5" else later(10) for key, row in rows.items()
    }


def test_what_is_known_of_a_thing_is_kept_as_it_is_now_and_moves_nothing(keep, database, record, later):
    keep({"task:1": ("a", 10)})
    known = Watched(
        task=1,
        roles=((Standing.HOLDER, "sekretaris"),),
        superior=None,
        working_days=1,
        landed_at=later(0),
        arrived_at=later(0),
        due=None,
        is_owed=True,
    )

    with database.write() as session:
        timers.keep_in_step(session, record.id, {"task:1": Wanted(basis="a", at=later(60), watched=known)}, at=later(5))
        (row,) = timers.of(session, record.id)

    assert (row.watched, row.since, row.at) == (known, later(0), later(10))


def test_a_claim_that_was_not_committed_leaves_the_row_due(keep, database, later):
    row = keep({"task:1": ("a", 10)})["task:1"]

    def killed():
        with database.write() as session:
            timers.move(session, [Moved(id=row.id, since=later(15), at=later(60))])
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
            if timers.claim(session, {row.id: row.at}):
                got.append(handle)
                timers.move(session, [Moved(id=row.id, since=later(10), at=later(10) + timedelta(days=1))])

    threads = [Thread(target=take, args=(handle,)) for handle in (database, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    other.close()

    assert len(got) == 1
