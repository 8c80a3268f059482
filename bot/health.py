"""Whether the house is well: what `/healthz` says of the database, of Telegram, and of what waits too long."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime

from alur.services.work import Work
from alur.storage import inbox, outbox, timers
from bot import metrics
from bot.office import Office
from bot.telegram.hook import Hook

PATIENCE = 3.0  # seconds for the database, and for Telegram
QUIET = 60.0  # seconds without a word from Telegram after which it is asked; a long poll is answered within 25
LATE = {"inbox": 60.0, "outbox": 300.0, "timers": 120.0}  # seconds that the oldest of each may wait


@dataclass(frozen=True, kw_only=True)
class Health:
    """Ages are seconds, None where nothing waits. `telegram` is None in a process that stands by: it asks nobody.
    `webhook_error` says why Telegram cannot bring updates, where it has told us.
    """

    leads: bool
    database: bool
    telegram: bool | None
    inbox: float | None = None
    outbox: float | None = None
    timers: float | None = None
    webhook_error: str | None = None

    @property
    def is_good(self) -> bool:
        ages = ((limit, getattr(self, name)) for name, limit in LATE.items())
        late = self.leads and any(age is not None and age > limit for limit, age in ages)
        return self.database and self.telegram is not False and not late and self.webhook_error is None

    def view(self) -> dict[str, object]:
        return {"status": "good" if self.is_good else "not good", **asdict(self)}


class Pulse:
    """When Telegram last answered, on the monotonic clock."""

    def __init__(self) -> None:
        self._heard = float("-inf")

    def beat(self) -> None:
        self._heard = time.monotonic()

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self._heard < QUIET


async def examine(office: Office, pulse: Pulse, hook: Hook, greet: Callable[[], Awaitable[object]] | None) -> Health:
    """`greet` asks Telegram something cheap; None where this process may not."""
    leads = office.lead.is_sure
    try:
        async with asyncio.timeout(PATIENCE):
            waiting = await office.read(_waiting)
    except Exception:  # noqa: BLE001 - whatever it is, the database did not answer, and that is what is asked here
        return Health(leads=leads, database=False, telegram=None, webhook_error=hook.error)
    now = office.watch.now()
    ages = {name: None if since is None else (now - since).total_seconds() for name, since in waiting.items()}
    metrics.LEADS.set(leads)
    for name, age in ages.items():
        metrics.AGES.labels(name).set(age or 0)
    telegram = await _answers(pulse, greet) if leads else None
    return Health(leads=leads, database=True, telegram=telegram, webhook_error=hook.error, **ages)


async def _answers(pulse: Pulse, greet: Callable[[], Awaitable[object]] | None) -> bool:
    if not pulse.is_fresh and greet is not None:
        try:
            async with asyncio.timeout(PATIENCE):
                await greet()
        except Exception:  # noqa: BLE001 - the same, of Telegram
            return False
    return pulse.is_fresh


def _waiting(work: Work) -> dict[str, datetime | None]:
    """Since when the oldest of each waits. Nobody is reminded outside office hours: then no timer is late."""
    nearest = timers.nearest(work.session) if work.calendar.is_open(work.now) else None
    return {
        "inbox": inbox.oldest_pending(work.session),
        "outbox": outbox.oldest_unsent(work.session),
        "timers": nearest if nearest is not None and nearest <= work.now else None,
    }
