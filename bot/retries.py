"""How often, and after what pause, each thing is tried again: one value for each, and no other number of tries or pause of
that kind anywhere. Read by whoever tries, as `retries.NAME`.
"""

from dataclasses import dataclass
from datetime import timedelta

SECOND = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Retry:
    """After a failure comes a `pause`, twice as long each time up to `longest`, where there is one. It is never given up."""

    pause: timedelta
    longest: timedelta | None = None

    def seconds(self, failures: int = 1) -> float:
        """The pause after so many failures in a row."""
        if self.longest is None:
            return self.pause.total_seconds()
        return min(self.longest, self.pause * 2.0 ** min(failures - 1, 20)).total_seconds()


@dataclass(frozen=True, kw_only=True)
class Counted(Retry):
    """It is given up after so many `tries` in all."""

    tries: int


@dataclass(frozen=True, kw_only=True)
class Bounded(Retry):
    """It is given up where the next try would come too late."""

    within: timedelta  # of the first


class Growing:
    """The pauses between the tries of one thing, one after the other."""

    def __init__(self, retry: Retry) -> None:
        self._retry, self._failures = retry, 0

    def take(self) -> float:
        self._failures += 1
        return self._retry.seconds(self._failures)

    def reset(self) -> None:
        self._failures = 0


# What fails through a fault of ours, an update or an outgoing row; then it is set aside (`alur.services.trouble`).
OWN_FAULT = Counted(tries=5, pause=SECOND / 2)
# What a database, a disk or a network that is away kept from being done: an update, and writing down what was sent.
MACHINE = Retry(pause=SECOND / 2)
# An outgoing row that Telegram did not take, or may not have taken.
SENDING = Retry(pause=SECOND / 2, longest=60 * SECOND)
# What Telegram answered with 429 and that concerns everybody, the poll, or the start: who asks too late loses presses.
SLOWED = Retry(pause=SECOND, longest=30 * SECOND)
# The answer to a press, for as long as a press lives at Telegram.
ANSWER = Bounded(pause=SECOND / 2, longest=8 * SECOND, within=150 * SECOND)
# A file that a person sent; what concerns its case waits meanwhile.
DOWNLOAD = Bounded(pause=2 * SECOND, within=60 * SECOND)
# A look into a file, whose process somebody ended, or which had no time; then its sender is asked for it again.
INSPECTION = Counted(tries=2, pause=0 * SECOND)
# Telegram itself, where it does not answer the questions at the start, or does not take a webhook.
TELEGRAM = Retry(pause=SECOND)
# The poll for updates, which did not come or could not be stored; where the token is rejected, or another program polls,
# somebody has to mend it.
POLL = Retry(pause=SECOND)
TOKEN_REJECTED = Retry(pause=30 * SECOND)
ANOTHER_POLLS = Retry(pause=5 * SECOND)
# A database that does not answer at the start, and the lead that another process has.
STAND_BY = Retry(pause=2 * SECOND)
# The connection that hears the bell.
BELL = Retry(pause=2 * SECOND)
