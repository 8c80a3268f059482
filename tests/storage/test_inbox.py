import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from alur.storage import inbox
from alur.storage.database import Database


def body(number, kind="message"):
    return json.dumps({"update_id": number, kind: {}})


@pytest.fixture
def receive(database, at):
    def store(*updates):
        with database.write() as session:
            return inbox.store(session, [(number, body(number), sender) for number, sender in updates], at=at)

    return store


@pytest.fixture
def pending(database):
    def numbers(limit=10, **busy):
        with database.read() as session:
            return [row.update_id for row in inbox.pending(session, limit, **busy)]

    return numbers


def test_an_update_is_stored_as_it_was_received(database, at):
    with database.write() as session:
        inbox.store(session, [(2**40, body(2**40, "callback_query"), 7_000_000_001)], at=at)
        (row,) = inbox.pending(session, 1)

    assert (row.update_id, row.sender, row.kind, row.received_at) == (2**40, 7_000_000_001, "callback_query", at)
    assert row.body == body(2**40, "callback_query")


def test_an_update_is_stored_once(receive, pending):
    assert receive((1, 7), (2, 7)) == (1, 2)
    assert receive((2, 7), (3, 7)) == (3,)
    assert receive() == ()
    assert pending(senders_busy=()) == [1]


@pytest.mark.parametrize("raw", ["", "null", "[]", "7", '"x"', "{}"])
def test_an_update_that_cannot_be_read_is_stored_all_the_same(database, at, raw):
    with database.write() as session:
        assert inbox.store(session, [(1, raw, None)], at=at) == (1,)
        assert inbox.pending(session, 1)[0].kind == "unknown"


def test_each_sender_has_his_oldest_update_worked_first(receive, pending):
    receive((1, 7), (2, 7), (3, 8), (4, 8), (5, None), (6, None))

    assert pending() == [1, 3, 5, 6]
    assert pending(limit=2) == [1, 3]
    assert pending(senders_busy=[7], updates_busy=[5]) == [3, 6]


def test_a_done_update_lets_the_next_one_through(database, receive, pending, at):
    receive((1, 7), (2, 7))

    with database.write() as session:
        assert inbox.claim(session, 1, at=at)

    assert pending() == [2]


def test_an_update_is_claimed_once(database, receive, at):
    receive((1, 7))

    with database.write() as session:
        assert [inbox.claim(session, 1, at=at) for _ in range(2)] == [True, False]
        assert not inbox.claim(session, 99, at=at)


def test_of_many_claims_at_once_one_succeeds(database, database_url, receive, at):
    receive((1, 7))
    other = Database(database_url)

    def claim(where):
        with where.write() as session:
            return inbox.claim(session, 1, at=at)

    with ThreadPoolExecutor(max_workers=8) as pool:
        outcomes = list(pool.map(claim, [database, other] * 20))
    other.close()

    assert sum(outcomes) == 1


def test_a_claim_that_is_rolled_back_can_be_made_again(database, receive, at):
    receive((1, 7))

    def claim_and_fail():
        with database.write() as session:
            inbox.claim(session, 1, at=at)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        claim_and_fail()

    with database.write() as session:
        assert inbox.claim(session, 1, at=at)


def test_failures_are_counted_and_a_parked_update_blocks_nobody(database, receive, pending, at):
    receive((1, 7), (2, 7))

    with database.write() as session:
        assert [inbox.failed(session, 1, "boom") for _ in range(3)] == [1, 2, 3]
        inbox.park(session, 1, "boom", at)
        assert not inbox.claim(session, 1, at=at)
        assert inbox.failed(session, 1, "boom") == 0

    assert pending() == [2]


def test_the_oldest_pending_update_says_how_long_people_wait(database, receive, at):
    with database.read() as session:
        assert inbox.oldest_pending(session) is None

    receive((1, 7))

    with database.read() as session:
        assert inbox.oldest_pending(session) == at


def test_bodies_of_what_was_done_are_cleared_in_time(database, receive, pending, at, later):
    receive((1, 7), (2, 8), (3, 9))
    with database.write() as session:
        inbox.claim(session, 1, at=at)
        inbox.park(session, 2, "boom", at)

    with database.write() as session:
        assert inbox.clear_bodies(session, at) == 0
        assert inbox.clear_bodies(session, later(1)) == 2
        assert inbox.clear_bodies(session, later(1)) == 0
        assert inbox.pending(session, 1)[0].body == body(3)


def test_a_senders_undone_updates_stand_in_their_order(database, receive, at):
    receive((4, 7), (2, 7), (3, 8), (9, 7))
    with database.write() as session:
        assert inbox.claim(session, 4, at=at)
        assert [row.update_id for row in inbox.of_sender(session, 7, 10)] == [2, 9]
        assert [row.update_id for row in inbox.of_sender(session, 7, 1)] == [2]


def test_the_later_of_two_updates_is_told_by_its_receipt_and_only_then_by_its_number(database, at):
    with database.write() as session:
        inbox.store(session, [(900, body(900), 7), (901, body(901), 7)], at=at)
        inbox.store(session, [(5, body(5), 7)], at=at + timedelta(days=8))  # the numbers have begun anew

        assert inbox.is_later(session, 901, 900)
        assert not inbox.is_later(session, 900, 901)
        assert inbox.is_later(session, 5, 901)
        assert not inbox.is_later(session, 900, 900)
        assert not inbox.is_later(session, 1, 900)
