"""Codes that enrolled nobody, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from alur.storage import wrong_codes

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
ACCOUNT, OTHER = 7_000_000_002, 7_000_000_003
MINUTE = timedelta(minutes=1)


@pytest.fixture
def session(database):
    with database.write() as session:
        yield session


def test_an_accounts_last_codes_are_found_and_nobody_elses(session):
    for minute in (4, 1, 3, 2):
        wrong_codes.add(session, ACCOUNT, at=AT + minute * MINUTE)
    wrong_codes.add(session, OTHER, at=AT)

    assert wrong_codes.last(session, ACCOUNT, 3) == tuple(AT + minute * MINUTE for minute in (4, 3, 2))
    assert wrong_codes.last(session, OTHER, 3) == (AT,)


def test_two_of_one_second_are_two(session):
    wrong_codes.add(session, ACCOUNT, at=AT)
    wrong_codes.add(session, ACCOUNT, at=AT)

    assert wrong_codes.last(session, ACCOUNT, 5) == (AT, AT)


def test_old_ones_are_forgotten(session):
    wrong_codes.add(session, ACCOUNT, at=AT)
    wrong_codes.add(session, ACCOUNT, at=AT + MINUTE)

    assert wrong_codes.clear(session, AT + MINUTE) == 1
    assert wrong_codes.last(session, ACCOUNT, 5) == (AT + MINUTE,)
