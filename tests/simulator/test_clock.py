"""The clock: forward only, and everything dated by it."""

from datetime import UTC, datetime, timedelta

import pytest

from simulator import Options, SimulatorRefusedError

START = datetime(2031, 3, 3, 1, 0, tzinfo=UTC)


@pytest.fixture
def options():
    return Options(start=START)


async def test_it_starts_at_the_given_moment_and_runs(telegram):
    first, second = await telegram.clock(), await telegram.clock()

    assert START <= first < second < START + timedelta(minutes=1)


async def test_messages_and_edits_are_dated_by_it(api, rina, telegram):
    message = await api("sendMessage", chat_id=rina.id, text="x")
    await telegram.advance(timedelta(hours=3))

    edited = await api("editMessageText", chat_id=rina.id, message_id=message["message_id"], text="y")

    assert datetime.fromtimestamp(message["date"], UTC) - START < timedelta(minutes=1)
    assert timedelta(hours=2, minutes=59) < timedelta(seconds=edited["edit_date"] - message["date"])


async def test_it_moves_to_a_moment_but_never_back(telegram):
    moved = await telegram.move_clock(START + timedelta(days=2))

    assert moved - START >= timedelta(days=2)
    with pytest.raises(SimulatorRefusedError, match="forward only"):
        await telegram.move_clock(START)
    with pytest.raises(SimulatorRefusedError, match="forward only"):
        await telegram.advance(timedelta(seconds=-1))
    with pytest.raises(SimulatorRefusedError, match="offset"):
        await telegram.ask("POST", "/clock", {"to": "2032-01-01T00:00:00"})
