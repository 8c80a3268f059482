"""Whom a long transaction is laid to: the service, or the database that it waited for."""

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from bot.slowness import AT_ONCE, LIMIT, Stopwatch, TooSlow


@pytest.fixture
def clock(monkeypatch):
    now = [0.0]
    monkeypatch.setattr("bot.slowness.monotonic", lambda: now[0])
    return now


@pytest.fixture
def during(database, clock):
    """Runs a transaction as `bot.house` does; each statement takes so long."""

    def run(service, *, statement=0.0, update_id=7):
        def takes(*_):
            clock[0] += statement

        stopwatch = Stopwatch(database.writer)
        event.listen(database.writer, "before_cursor_execute", takes)
        with database.write() as session:
            session.connection()
            with stopwatch.measuring(session, service, update_id):
                service(session)

    return run


def asks(session):
    session.connection().execute(text("SELECT 1"))


def test_work_that_takes_too_long_is_refused(during, clock):
    def service(_session):
        clock[0] += LIMIT + 0.1

    with pytest.raises(TooSlow, match=r"service took 3\.1 s"):
        during(service)


def test_statements_that_take_long_in_a_database_that_answers_at_once_are_refused(during, clock):
    def service(session):
        asks(session)
        clock[0] += LIMIT

    with pytest.raises(TooSlow):
        during(service, statement=AT_ONCE / 2)


def test_a_database_that_is_slow_for_everybody_is_waited_for(during, clock):
    def service(session):
        for _ in range(4):
            asks(session)

    during(service, statement=1.0)


def test_a_database_that_went_away_is_not_laid_to_the_service(during, clock):
    def service(session):
        with pytest.raises(OperationalError):
            session.connection().execute(text("SELECT * FROM nowhere"))
        raise OperationalError("SELECT", {}, Exception("the server is gone"))

    with pytest.raises(Exception, match=r"gone|nowhere"):
        during(service, statement=LIMIT + 1)


def test_an_error_after_long_work_is_laid_to_the_service(during, clock):
    def service(_session):
        clock[0] += LIMIT + 4
        raise OperationalError("SELECT", {}, Exception("terminating connection due to idle-in-transaction timeout"))

    with pytest.raises(TooSlow):
        during(service)


def test_a_transaction_of_the_office_itself_is_only_named(during, clock):
    def service(_session):
        clock[0] += LIMIT + 1

    during(service, update_id=None)
