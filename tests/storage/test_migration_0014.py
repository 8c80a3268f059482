"""Of a form that was open in the version before, the prompt beside it goes with the next change."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from alur.storage import forms
from alur.storage.migrations import migrate

AT = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
COLUMNS = "id, member_id, kind, answers, wanted, shown, ring, rung, queued_at, older, attempts, message_id, prompt_id"


@pytest.fixture
def older(at_version):
    """Of three people, one is asked by a prompt, one was, one is not."""
    database = at_version("0013")
    with database.writer.begin() as connection:
        for number in (1, 2, 3):
            person = {"id": number, "telegram_id": 7_000_000_000 + number, "at": AT}
            connection.execute(text(MEMBER), person)
            row = {"id": number, "at": AT, "prompt": 40 + number if number < 3 else None}
            connection.execute(text(FORM), row | {"ended": AT if number == 2 else None})
    return database


MEMBER = (
    "INSERT INTO members (id, telegram_id, name, reachable, enrolled_at) VALUES (:id, :telegram_id, 'x', true, :at)"
)
FORM = (
    f"INSERT INTO forms ({COLUMNS}, ended_at) "
    "VALUES (:id, :id, 'ask', '{}', 1, 1, 1, 1, :at, '[7]', 0, 30, :prompt, :ended)"
)


def test_the_prompt_of_an_open_form_is_among_the_copies_that_go(older):
    migrate(older)
    with older.read() as session:
        assert [forms.get(session, number).older for number in (1, 2, 3)] == [(7, 41), (7,), (7,)]
