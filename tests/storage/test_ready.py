"""Statements that are run on the driver's own cursor say what SQLAlchemy says, and give up what is lost."""

import pytest
from sqlalchemy import bindparam, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from alur.storage import drivers
from alur.storage.database import is_transient
from alur.storage.members import MEMBERS
from alur.storage.statements import run

COUNT = select(MEMBERS.c.id).where(MEMBERS.c.id.in_(bindparam("numbers", expanding=True)))
ADD = insert(MEMBERS)


def siti(at, number=1):
    return {"id": number, "telegram_id": number, "name": "Siti", "reachable": True, "enrolled_at": at}


def test_an_error_of_the_driver_is_told_as_the_library_tells_it(database, at):
    with database.write() as session:
        run(session, ADD, **siti(at, 1))
        run(session, ADD, **siti(at, 2))
    for _ in range(2):
        with pytest.raises(IntegrityError), database.write() as session:
            run(session, ADD, **siti(at, 2))


@pytest.mark.parametrize("asked", [[], [1], [1, 2, 3], list(range(100))])
def test_an_in_of_any_length_finds_what_it_names(database, at, asked):
    with database.write() as session:
        for number in (1, 2):
            run(session, ADD, **siti(at, number))
        for _ in range(3):  # by the library first, then as it was made ready
            assert sorted(run(session, COUNT, numbers=asked).scalars()) == [one for one in (1, 2) if one in asked]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_connection_that_is_lost_is_given_up_and_the_next_transaction_has_another(database, at):
    with database.write() as session:
        run(session, ADD, **siti(at, 1))
        run(session, COUNT, numbers=[1])
    with pytest.raises(DBAPIError) as lost:
        _lose(database)
    assert lost.value.connection_invalidated
    assert is_transient(lost.value)
    assert drivers.of_postgresql(lost.value.orig) is not None
    with database.write() as session:
        assert list(run(session, COUNT, numbers=[1]).scalars()) == [1]
        assert session.connection().execute(text("SELECT 1")).scalar_one() == 1


def _lose(database):
    with database.write() as session:
        session.connection().connection.driver_connection.close()
        run(session, COUNT, numbers=[1])
