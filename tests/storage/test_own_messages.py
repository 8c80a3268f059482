"""What people's own messages were taken as, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest

from alur.storage import own_messages
from alur.workflow.taken import AsAct, AsAnswer, AsNothing, AsUpload

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
CHAT, MESSAGE = 7_000_000_002, 41


@pytest.fixture
def session(database):
    with database.write() as session:
        yield session


def remember(session, taken, *, words="x", file=None, at=AT, number=MESSAGE, said_at=AT):
    own_messages.remember(session, CHAT, number, words=words, file=file, taken=taken, at=at, said_at=said_at)


def test_what_was_written_before_is_found_newest_first_with_its_length_and_moment(session):
    later = AT + timedelta(seconds=2)
    remember(session, AsNothing(), words="x" * 4096)
    remember(session, AsAct(), words="yy", number=MESSAGE + 3, said_at=later)
    remember(session, AsNothing(), number=MESSAGE + 5)
    found = own_messages.before(session, CHAT, MESSAGE + 5, most=5)
    assert [(item.message_id, item.length, item.said_at, item.taken) for item in found] == [
        (MESSAGE + 3, 2, later, AsAct()),
        (MESSAGE, 4096, AT, AsNothing()),
    ]
    assert own_messages.before(session, CHAT, MESSAGE + 5, most=1) == found[:1]
    assert own_messages.before(session, CHAT + 1, MESSAGE + 5, most=5) == ()


@pytest.mark.parametrize(
    "taken",
    [AsAnswer(form=3, field="text", parts={"text": "Ya"}), AsUpload(upload=4), AsAct(), AsNothing()],
    ids=lambda taken: taken.taken,
)
def test_what_it_was_taken_as_is_read_back(session, taken):
    remember(session, taken)
    assert own_messages.get(session, CHAT, MESSAGE).taken == taken
    assert own_messages.get(session, CHAT, MESSAGE + 1) is None
    assert own_messages.get(session, CHAT + 1, MESSAGE) is None


def test_it_says_the_same_while_words_and_file_are_the_same(session):
    remember(session, AsNothing(), words="Konsep \ud83d", file="AQAD")
    found = own_messages.get(session, CHAT, MESSAGE)
    assert found.says("Konsep \ud83d", "AQAD")
    assert not found.says("Konsep", "AQAD")
    assert not found.says("Konsep \ud83d", "AQAE")
    assert "Konsep" not in found.words


def test_who_was_told_once_stays_told_whatever_it_says_later(session):
    remember(session, AsNothing())
    own_messages.told(session, CHAT, MESSAGE, at=AT)
    remember(session, AsAct(), words="y")
    found = own_messages.get(session, CHAT, MESSAGE)
    assert (found.told_at, found.taken, found.says("y", None)) == (AT, AsAct(), True)


def test_taken_as_something_else_it_still_says_what_it_said(session):
    own_messages.retake(session, CHAT, MESSAGE, AsAct())  # not of record
    assert own_messages.get(session, CHAT, MESSAGE) is None
    remember(session, AsUpload(upload=4), file="AQAD")
    own_messages.retake(session, CHAT, MESSAGE, AsNothing())
    found = own_messages.get(session, CHAT, MESSAGE)
    assert (found.taken, found.says("x", "AQAD")) == (AsNothing(), True)


def test_what_was_taken_long_ago_is_no_longer_remembered(session):
    remember(session, AsNothing())
    assert own_messages.clear(session, AT) == 0
    assert own_messages.clear(session, AT + timedelta(seconds=1)) == 1
    assert own_messages.get(session, CHAT, MESSAGE) is None
