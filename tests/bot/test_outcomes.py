"""What becomes of each of Telegram's errors: one wrong reading loses a message or sends one for ever."""

from datetime import timedelta

import pytest
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

from bot.telegram.network import NotSent
from bot.telegram.outcomes import Kind, outcome_of


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
