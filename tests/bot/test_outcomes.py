"""What becomes of each of Telegram's errors: one wrong reading loses a message or sends one for ever."""

import errno
from datetime import timedelta

import pytest
from jinja2 import TemplateNotFound, UndefinedError
from sqlalchemy.exc import DataError, InterfaceError
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from alur.storage.errors import LeadLost
from bot.telegram.network import NotBuilt, NotSent
from bot.telegram.outcomes import Kind, outcome_of, outcome_of_fault, written


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (BadRequest("Message is not modified: specified new message content…"), Kind.UNCHANGED),
        (BadRequest("Message to edit not found"), Kind.GONE),
        (BadRequest("Message can't be edited"), Kind.GONE),
        (BadRequest("There is no text in the message to edit"), Kind.GONE),
        (BadRequest("Chat not found"), Kind.UNREACHABLE),
        (Forbidden("Forbidden: bot was blocked by the user"), Kind.UNREACHABLE),
        (Forbidden("Forbidden: user is deactivated"), Kind.UNREACHABLE),
        (BadRequest("Wrong file identifier/HTTP URL specified"), Kind.FILE_LOST),
        (BadRequest("Can't parse entities: unsupported start tag"), Kind.PERMANENT),
        (ChatMigrated(-100), Kind.PERMANENT),
        (TimedOut(), Kind.AGAIN),
        (NetworkError("Bad Gateway"), Kind.AGAIN),
        (NotSent("connection refused"), Kind.AGAIN),
        (Conflict("terminated by other getUpdates request"), Kind.AGAIN),
        (InvalidToken(), Kind.AGAIN),
        (TelegramError("Invalid server response"), Kind.AGAIN),
        (NotBuilt("the request cannot be built, ValueError"), Kind.OURS),
        (NetworkError("Request Entity Too Large (413). Parsing the server response b'<html>' failed"), Kind.OURS),
    ],
)
def test_each_error_becomes_its_outcome(error, kind):
    assert outcome_of(error).kind is kind


@pytest.mark.parametrize("wait", [7, timedelta(seconds=7)])
def test_a_429_says_how_long_to_wait(wait, monkeypatch):
    monkeypatch.setenv("PTB_TIMEDELTA", "true")

    found = outcome_of(RetryAfter(wait))

    assert (found.kind, found.seconds) == (Kind.SLOW_DOWN, 7.0)


def test_a_rejected_token_is_never_quoted():
    assert "4242:SECRET" not in outcome_of(InvalidToken("The token `4242:SECRET` was rejected")).error


def test_only_an_answer_that_cannot_be_read_asks_whether_it_was_telegram_that_answered():
    assert outcome_of(TelegramError("Invalid server response")).is_unread
    assert not outcome_of(NetworkError("Bad Gateway")).is_unread
    assert not outcome_of(NotBuilt("x")).is_unread


@pytest.mark.parametrize(
    "error",
    [
        KeyError("result"),
        UndefinedError("x"),
        TemplateNotFound("cards/x.html"),
        ValueError(),
        DataError("", {}, ValueError()),
    ],
)
def test_what_our_own_code_raises_is_our_fault(error):
    assert outcome_of_fault(error).kind is Kind.OURS


@pytest.mark.parametrize(
    "error",
    [
        LeadLost(),
        OSError(errno.ENOSPC, "No space left on device"),
        TimeoutError(),
        MemoryError(),
        InterfaceError("", {}, ValueError(), connection_invalidated=True),
    ],
)
def test_what_the_machine_fails_at_is_not(error):
    assert outcome_of_fault(error) is None


def test_an_error_is_written_down_as_one_line_that_every_database_takes():
    assert written(ValueError("a\x00b\ud800\nDETAIL: a row")) == "ValueError: a b\ufffd"
