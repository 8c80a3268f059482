"""What the log never says."""

import json
import logging
from io import StringIO

import pytest
import structlog
from sqlalchemy.exc import IntegrityError

from alur.storage.notices import NOTICES
from alur.workflow.case import Letter
from bot.logs import configure

SECRET = "rahasia"


@pytest.fixture
def logged(monkeypatch):
    """The lines that were written, as they would be in production."""
    kept, written = structlog.get_config(), StringIO()
    handlers, level = logging.root.handlers[:], logging.root.level
    monkeypatch.setattr("sys.stderr", written)
    configure("INFO")
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    structlog.configure(**kept)
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


def test_a_failing_row_is_not_quoted(database, logged):
    row = {"chat_id": 7, "template": None, "about": {"text": SECRET}}
    try:
        with database.write() as session:
            session.execute(NOTICES.insert(), row)
    except IntegrityError:
        structlog.get_logger().exception("an update failed")

    (line,) = logged()
    assert "IntegrityError" in line["exception"]
    assert SECRET not in json.dumps(line)


def test_a_value_that_does_not_fit_is_not_quoted(logged):
    try:
        Letter(number="1", dated=SECRET)
    except ValueError:
        structlog.get_logger().exception("an update failed")

    (line,) = logged()
    assert "Letter" in line["exception"]
    assert SECRET not in json.dumps(line).replace(f"dated={SECRET.upper()}", "")
