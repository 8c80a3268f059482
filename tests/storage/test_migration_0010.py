"""Messages of the version before stay what they are about; which file they brought is not known."""

import pytest
from sqlalchemy import text

from alur.storage import messages
from alur.storage.messages import CaseFile
from alur.storage.migrations import migrate

CHAT = 7_000_000_001


@pytest.fixture
def older(at_version):
    database = at_version("0009")
    with database.writer.begin() as connection:
        insert = "INSERT INTO messages (chat_id, message_id, about) VALUES (:chat, 5, :about)"
        connection.execute(text(insert), {"chat": CHAT, "about": '{"case_id":1,"version":2}'})
    return database


def test_a_file_that_was_sent_before_is_not_held_to_stand_there(older):
    migrate(older)
    with older.write() as session:
        assert messages.about(session, CHAT, 5) == {"case_id": 1, "version": 2}
        assert messages.files(session, CHAT, 1) == ()
        messages.record(session, CHAT, 6, {}, file=CaseFile(case_id=1, sha256="a" * 64, name="a.pdf"))
        assert [item.message_id for item in messages.files(session, CHAT, 1)] == [6]
