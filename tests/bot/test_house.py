"""An update is done in one transaction with its claim: an update that was done before leaves nothing a second time."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from alur.storage import inbox
from bot.house import AlreadyDone, House
from tests.factories import a_calendar

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
EFFECT, UPDATE = 9, 5


@pytest.fixture
def house(database):
    house = House(database, watch=SimpleNamespace(now=lambda: NOW), calendar=a_calendar(), procedures=())
    yield house
    house.close()


def leave_a_trace(work):
    inbox.store(work.session, [(EFFECT, '{"message": {}}', None)], at=work.at)


def fail(work):
    leave_a_trace(work)
    raise ZeroDivisionError


async def pending(house):
    return {row.update_id for row in await house.read(lambda work: inbox.pending(work.session, 10))}


async def test_what_was_done_before_leaves_nothing_and_what_fails_stays_to_be_done(house):
    assert await house.win()
    await house.take_in([(UPDATE, '{"message": {}}', None)], at=NOW)
    (row,) = await house.read(lambda work: inbox.pending(work.session, 10))
    with pytest.raises(ZeroDivisionError):
        await house.apply(row, NOW, fail)
    assert await pending(house) == {UPDATE}
    await house.apply(row, NOW, lambda _: None)
    assert await pending(house) == set()
    with pytest.raises(AlreadyDone):
        await house.apply(row, NOW, leave_a_trace)
    assert await pending(house) == set()
